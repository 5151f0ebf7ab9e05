#include "tests/faults/signed_releases.h"

#include <fmt/format.h>

#include <fstream>

#include "base/files.h"
#include "fleet/trust/chain.h"
#include "fleet/trust/metadata.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBytesMax = 1'000'000;
const Instant kNow = *parse_rfc3339("2027-01-01T00:00:00Z");

std::string poster(const std::string& name) {
  return fmt::format("[[item]]\nid = \"{0}\"\nposter = \"{0}.png\"\n", name);
}

std::string bytes_of(const std::string& name) {
  std::string bytes;
  while (bytes.size() < 20'000) bytes += name + fmt::format(" {} ", bytes.size());
  return bytes;
}

// As it is asked for: "3.targets.json", but "timestamp.json" and "1.root.json" as they are.
std::string served_name(const std::string& name, const std::string& bytes) {
  if (name == "timestamp.json" || name.ends_with("root.json")) return name;
  const std::int64_t version = name == "snapshot.json"
                                   ? parse_snapshot(bytes).value().content.head.version
                                   : parse_targets(bytes).value().content.head.version;
  return fmt::format("{}.{}", version, name);
}

std::optional<std::string> wrong_blob(const fs::path& store) {
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(store / "blobs", none)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = read_file(entry.path(), kBytesMax);
    if (!bytes || to_hex(sha256(*bytes)) != entry.path().filename()) {
      return "torn blob " + entry.path().filename().string();
    }
  }
  return std::nullopt;
}

}  // namespace

SignedReleases::SignedReleases(fs::path folder) : folder_(std::move(folder)) {
  put("root.json", repository_.root());
  put("display.toml", "id = \"bus-1\"\nsize = [320, 180]\ntimezone = \"UTC\"\n");
}

void SignedReleases::put(const std::string& name, std::string_view bytes) const {
  fs::create_directories((folder_ / name).parent_path());
  std::ofstream out(folder_ / name, std::ios::binary);
  out << bytes;
}

void SignedReleases::serve(int release) {
  const std::string names[] = {fmt::format("a{}", release), fmt::format("a{}", release + 1)};
  repository_.set_campaign(
      "seoul", "spring", poster(names[0]) + poster(names[1]),
      {{names[0] + ".png", bytes_of(names[0])}, {names[1] + ".png", bytes_of(names[1])}});
  blobs_.push_back(
      {repository_.manifest("seoul", "spring"), bytes_of(names[0]), bytes_of(names[1])});
  const GenerationFiles files = repository_.release();
  for (const auto& [name, bytes] : files) {
    if (name != "timestamp.json") put("repo/metadata/" + served_name(name, bytes), bytes);
  }
  const auto targets = parse_targets(files.find("seoul.json")->second).value();
  for (const auto& [path, file] : targets.content.targets) {
    put("repo/targets/seoul/" + to_hex(file.sha256) + "." + path.substr(path.find('/') + 1),
        blobs_.back().front());
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string hash = to_hex(sha256(bytes_of(names[i])));
    put("repo/targets/seoul/" + hash + "." + hash.substr(0, 16) + "." + names[i] + ".png",
        bytes_of(names[i]));
  }
  put("repo/metadata/timestamp.json", files.find("timestamp.json")->second);
}

std::vector<std::string> SignedReleases::sync_command(const fs::path& store) const {
  return {NOSEON_BIN_DIR "/noseon-sync",
          "--once",
          "--store",
          store.string(),
          "--root",
          (folder_ / "root.json").string(),
          "--display",
          (folder_ / "display.toml").string(),
          "--run",
          (folder_ / "run").string(),
          "--source",
          "file://" + (folder_ / "repo").string()};
}

Result<int> SignedReleases::release_in(const fs::path& store, Which which) const {
  const StoreReader reader(store);
  if (!reader.number_of(which)) return 0;
  ASSIGN_OR_RETURN(const Generation generation, reader.read(which));
  ASSIGN_OR_RETURN(const VerifiedRelease release,
                   verify_release(repository_.root(), generation.files, kNow, Expiry::ignored, {}));
  const auto number = static_cast<std::size_t>(release.versions.timestamp);
  for (const std::string& bytes : blobs_.at(number - 1)) {
    TRY(reader.read_blob({sha256(bytes), bytes.size()}));
  }
  return static_cast<int>(number);
}

std::optional<std::string> SignedReleases::wrong_with(const fs::path& store, int least) const {
  const auto current = release_in(store, Which::current);
  if (!current) return "current: " + current.error().message;
  if (*current < least) return fmt::format("current is release {}, not {}", *current, least);
  const auto previous = release_in(store, Which::previous);
  if (!previous) return "previous: " + previous.error().message;
  return wrong_blob(store);
}

}  // namespace noseon::faults
