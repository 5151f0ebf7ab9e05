// What a play costs on the disk, and what it takes to verify a month of them. In the folder that
// NOSEON_BENCH_DISK names, else in the folder for temporary files: a figure is that disk's.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <memory>

#include "tests/player/journal_rig.h"

namespace noseon {
namespace {

std::filesystem::path disk() {
  const char* named = std::getenv("NOSEON_BENCH_DISK");
  const auto folder =
      named != nullptr ? std::filesystem::path(named) : std::filesystem::temp_directory_path();
  return folder / ("noseon-journal-bench-" + std::to_string(::getpid()));
}

struct BenchFolder {
  std::filesystem::path path = disk();
  BenchFolder() { std::filesystem::create_directories(path); }
  ~BenchFolder() { std::filesystem::remove_all(path); }
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
};

void a_play_until_it_is_on_the_disk(benchmark::State& state) {
  const BenchFolder folder;
  Journal journal(testing::options_in(folder.path));
  std::int64_t i = 0;
  for (auto _ : state) {
    CHECK(journal.append(testing::play_at(std::chrono::seconds{8} * ++i)) ==
          Acknowledged::recorded);
  }
}
BENCHMARK(a_play_until_it_is_on_the_disk)->Unit(benchmark::kMicrosecond)->UseRealTime();

// What the player's loop waits for.
void telling_the_journal(benchmark::State& state) {
  const BenchFolder folder;
  Journal journal(testing::options_in(folder.path));
  std::int64_t i = 0;
  for (auto _ : state) journal.record(testing::play_at(std::chrono::seconds{8} * ++i));
}
BENCHMARK(telling_the_journal)->Unit(benchmark::kMicrosecond)->Iterations(4000);

void verifying_300000_rows(benchmark::State& state) {
  const BenchFolder folder;
  constexpr std::int64_t kRows = 300'000;
  {
    JournalOptions options = testing::options_in(folder.path);
    options.parked_max = kRows;
    Journal journal(options);
    for (std::int64_t i = 0; i < kRows; ++i) {
      journal.record(testing::play_at(std::chrono::seconds{8} * i));
    }
    CHECK(journal.end(testing::moment(std::chrono::seconds{8} * kRows), std::chrono::minutes{10}));
  }
  const auto file = folder.path / "plays.db";
  for (auto _ : state) CHECK(testing::verified(file).is_good());
  state.counters["bytes_a_row"] = static_cast<double>(std::filesystem::file_size(file)) / kRows;
}
BENCHMARK(verifying_300000_rows)->Unit(benchmark::kMillisecond)->Iterations(1);

}  // namespace
}  // namespace noseon
