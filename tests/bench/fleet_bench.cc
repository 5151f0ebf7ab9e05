// What a display does before it plays a release: 50 agencies, 2,500 blobs, every signature and hash
// of the metadata. Beside it the machine's limit: the same signatures and the same bytes hashed,
// and nothing else.
#include <benchmark/benchmark.h>

#include <fmt/format.h>

#include <vector>

#include "base/check.h"
#include "base/sha256.h"
#include "fleet/trust/keys.h"
#include "tests/support/repository_simulator.h"

namespace noseon {
namespace {

constexpr Instant kNow = std::chrono::sys_days{std::chrono::year{2027} / 2 / 25};
constexpr int kAgencies = 50;
constexpr int kBlobsOfEach = 50;

RepositorySimulator fifty_agencies() {
  RepositorySimulator repository(kNow);
  for (int i = 0; i < kAgencies; ++i) {
    const std::string agency = fmt::format("agency-{}", i);
    repository.delegate("targets", agency, {agency + "/*"}).is_terminating = true;
    for (int k = 0; k < kBlobsOfEach; ++k) {
      const std::string bytes = fmt::format("{} {}", i, k);
      const std::string path = k == 0 ? agency + "/campaign-spring.json"
                                      : fmt::format("{}/{}.poster-{}.png", agency,
                                                    to_hex(sha256(bytes)).substr(0, 16), k);
      repository.add_target(agency, path, bytes);
    }
  }
  repository.publish();
  return repository;
}

void verifying_a_release_of_50_agencies_and_2500_blobs(benchmark::State& state) {
  const RepositorySimulator repository = fifty_agencies();
  const MetadataFiles files = repository.generation();
  std::size_t bytes = 0;
  for (const auto& [name, file] : files) bytes += file.size();
  for (auto _ : state) {
    const auto release =
        verify_release(repository.first_root(), files, kNow, Expiry::judged, AcceptedVersions{});
    CHECK(release && release->targets.size() == kAgencies * kBlobsOfEach);
  }
  state.counters["kB"] = static_cast<double>(bytes) / 1000;
}
BENCHMARK(verifying_a_release_of_50_agencies_and_2500_blobs)->Unit(benchmark::kMillisecond);

// One ed25519 signature over each file as it lies there, and one SHA-256 of it.
void its_signatures_and_hashes_alone(benchmark::State& state) {
  const SigningKey key = SigningKey::generate().value();
  struct SignedFile {
    std::string bytes;
    std::string hex;
  };
  std::vector<SignedFile> files;
  for (const auto& [name, bytes] : fifty_agencies().generation()) {
    files.push_back({bytes, key.sign(bytes).value().hex});
  }
  for (auto _ : state) {
    for (const SignedFile& file : files) {
      CHECK(verifies(key.public_key(), file.bytes, file.hex));
      benchmark::DoNotOptimize(sha256(file.bytes));
    }
  }
  state.counters["files"] = static_cast<double>(files.size());
}
BENCHMARK(its_signatures_and_hashes_alone)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace noseon
