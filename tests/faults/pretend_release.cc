#include "tests/faults/pretend_release.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "base/files.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = 4000;
constexpr std::uint64_t kBytesMax = 100'000;

std::string blob(int number) {
  // Around the size of a sector, and of more than one.
  static constexpr std::size_t kSizes[] = {1, 512, 513, 6000, 9000, 20'000};
  std::string bytes;
  for (int i = 0; bytes.size() < kSizes[number % 6]; ++i) bytes += fmt::format("{}/{} ", number, i);
  bytes.resize(kSizes[number % 6]);
  return number % 6 == 0 ? std::string(1, static_cast<char>('a' + number / 6)) : bytes;
}

std::string seal_of(const GenerationFiles& files) {
  std::string all;
  for (const auto& [name, bytes] : files) {
    if (name != "seal") all += fmt::format("{} {} {}", name, bytes.size(), bytes);
  }
  return to_hex(sha256(all));
}

BlobId id_of(const std::string& bytes) {
  return {sha256(bytes), bytes.size()};
}

std::set<Sha256> hashes_of(int release) {
  std::set<Sha256> hashes;
  for (const std::string& bytes : blobs_of_release(release)) hashes.insert(sha256(bytes));
  return hashes;
}

Status fetch(Store& store, const std::string& bytes) {
  ASSIGN_OR_RETURN(PartialBlob part, store.continue_blob(id_of(bytes)));
  // As HTTP does it, by Range: from where it came to.
  for (std::size_t at = part.length(); at < bytes.size(); at += kPieceBytes) {
    TRY(part.append(std::string_view(bytes).substr(at, kPieceBytes)));
  }
  return part.commit();
}

void leave_half(const Store& store, const std::string& bytes) {
  const fs::path part = store.reader().root() / "parts" / (to_hex(sha256(bytes)) + ".part");
  std::ofstream(part, std::ios::binary) << bytes.substr(0, bytes.size() / 2);
}

Status fetch_missing(Store& store, int release, const std::function<void(const std::string&)>& say,
                     PullBug bug) {
  for (const std::string& bytes : blobs_of_release(release)) {
    if (store.has_blob(id_of(bytes))) continue;
    const std::string is_there = fmt::format("blob {}\n", to_hex(sha256(bytes)));
    if (bug == PullBug::says_early) say(is_there);
    Status fetched = fetch(store, bytes);
    // A part that a power cut tore is found out at its end, and fetched anew.
    if (!fetched && fetched.error().kind == ErrorKind::bad_format) fetched = fetch(store, bytes);
    if (!fetched && bug == PullBug::leaves_its_half) leave_half(store, bytes);
    if (bug != PullBug::swallows_errors) TRY(fetched);
    if (bug != PullBug::says_early) say(is_there);
  }
  return {};
}

std::optional<std::string> wrong_blob(const fs::path& root) {
  std::error_code none;
  for (const auto& entry : fs::recursive_directory_iterator(root / "blobs", none)) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = read_file(entry.path(), kBytesMax);
    if (!bytes || to_hex(sha256(*bytes)) != entry.path().filename()) {
      return "torn blob " + entry.path().filename().string();
    }
  }
  return std::nullopt;
}

std::optional<std::string> wrong_with_words(const StoreReader& reader, const std::string& said,
                                            int& least) {
  std::istringstream lines(said);
  std::string what;
  std::string value;
  while (lines >> what >> value) {
    if (what == "release") least = std::max(least, std::stoi(value));
    if (what != "blob") continue;
    if (!fs::is_regular_file(reader.blob_path(sha256_from_hex(value).value()))) {
      return "lost blob " + value + ", which had been said to be there";
    }
  }
  return std::nullopt;
}

// What was taken away to make room does not come back, or the next blobs are one quota too many.
std::optional<std::string> wrong_weight(const fs::path& root, const std::string& said) {
  std::istringstream lines(said);
  std::string what;
  std::string value;
  while (lines >> what >> value) {
    if (what != "weighs") continue;
    const auto store = Store::open(root);
    const auto bytes = store ? store->bytes_used() : Result<std::uint64_t>(fail(store.error()));
    if (!bytes) return "its weight: " + bytes.error().message;
    if (*bytes > std::stoull(value)) {
      return fmt::format("weighs {} bytes, and {} had been said", *bytes, value);
    }
  }
  return std::nullopt;
}

std::optional<std::string> wrong_with_generations(const StoreReader& reader, int least, int most) {
  const auto current = release_in(reader, Which::current);
  const bool is_none =
      !current && current.error().kind == ErrorKind::not_found && !reader.number_of(Which::current);
  if (!current && !(is_none && least == 0)) return "current: " + current.error().message;
  if (current && (*current < least || *current > most)) {
    return fmt::format("current is release {}, not {} to {}", *current, least, most);
  }
  if (!reader.number_of(Which::previous)) return std::nullopt;
  const auto previous = release_in(reader, Which::previous);
  if (!previous) return "previous: " + previous.error().message;
  return std::nullopt;
}

std::optional<std::string> wrong_with_next_run(const fs::path& root, int release) {
  auto store = Store::open(root);
  if (!store) return "the next run: " + store.error().message;
  const auto pulled = pull_release(*store, release, [](const std::string&) {});
  if (!pulled) return "the next run: " + pulled.error().message;
  const auto current = release_in(store->reader(), Which::current);
  if (!current) return "after the next run: " + current.error().message;
  if (*current != release) return fmt::format("after the next run: release {}", *current);
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string name = entry.path().filename();
    if (name.ends_with(".part") || name.starts_with('.')) return "left over: " + name;
  }
  return wrong_blob(root);
}

// 0 where there is none, or it is damaged; that the disk refuses now says nothing of it.
Result<int> release_or_none(const StoreReader& reader, Which which) {
  const auto release = release_in(reader, which);
  if (release) return *release;
  const ErrorKind kind = release.error().kind;
  if (kind == ErrorKind::not_found || kind == ErrorKind::bad_format) return 0;
  return fail(release.error());
}

}  // namespace

std::vector<std::string> blobs_of_release(int release) {
  std::vector<std::string> blobs;
  for (int i = 0; i < 6; ++i) blobs.push_back(blob(release * 3 + i));
  return blobs;
}

GenerationFiles files_of_release(int release) {
  GenerationFiles files;
  files["release"] = std::to_string(release);
  for (const std::string& bytes : blobs_of_release(release)) {
    files["needs"] += fmt::format("{} {}\n", to_hex(sha256(bytes)), bytes.size());
  }
  files["seal"] = seal_of(files);
  return files;
}

PullBug pull_bug_named(std::string_view name) {
  if (name == "says-early") return PullBug::says_early;
  if (name == "swallows-errors") return PullBug::swallows_errors;
  return name == "leaves-its-half" ? PullBug::leaves_its_half : PullBug::none;
}

Status pull_release(Store& store, int release, const std::function<void(const std::string&)>& say,
                    PullBug bug) {
  const std::set<Sha256> needed = hashes_of(release);
  TRY(store.sweep_parts(needed));
  TRY(fetch_missing(store, release, say, bug));
  ASSIGN_OR_RETURN(const int before, release_or_none(store.reader(), Which::current));
  if (before != release) {
    ASSIGN_OR_RETURN(const std::uint64_t number, store.add_generation(files_of_release(release)));
    TRY(store.make_current(number));
  }
  say(fmt::format("release {}\n", release));
  ASSIGN_OR_RETURN(const int previous, release_or_none(store.reader(), Which::previous));
  std::set<Sha256> kept = needed;
  if (previous != 0) kept.merge(hashes_of(previous));
  TRY(store.collect(0, kept));
  ASSIGN_OR_RETURN(const std::uint64_t bytes, store.bytes_used());
  say(fmt::format("weighs {}\n", bytes));
  return {};
}

Result<int> release_in(const StoreReader& reader, Which which, Reads how) {
  ASSIGN_OR_RETURN(const Generation generation, reader.read(which));
  const GenerationFiles& files = generation.files;
  if (!files.contains("release") || !files.contains("seal") ||
      files.find("seal")->second != seal_of(files)) {
    return fail(ErrorKind::bad_format, fmt::format("torn generation {}", generation.number));
  }
  std::istringstream lines(files.find("needs")->second);
  std::string hex;
  for (BlobId id; lines >> hex >> id.bytes;) {
    id.sha256 = sha256_from_hex(hex).value();
    if (how == Reads::hashed) {
      TRY(reader.read_blob(id));
    } else if (std::error_code gone; fs::file_size(reader.blob_path(id.sha256), gone) != id.bytes) {
      return fail(ErrorKind::bad_format, "a blob of another length");
    }
  }
  return std::stoi(files.find("release")->second);
}

std::optional<std::string> wrong_with_store(const fs::path& root, const std::string& said,
                                            int least, int most) {
  const StoreReader reader(root);
  if (auto wrong = wrong_with_words(reader, said, least)) return wrong;
  if (auto wrong = wrong_with_generations(reader, least, most)) return wrong;
  if (auto wrong = wrong_blob(root)) return wrong;
  // From here on it is written to.
  if (auto wrong = wrong_weight(root, said)) return wrong;
  return wrong_with_next_run(root, most);
}

}  // namespace noseon::faults
