#include "media/prepared_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "base/checksum.h"
#include "base/files.h"
#include "base/handle.h"
#include "media/sniff.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// A file: these eight bytes, the checksum of what follows it, what follows it.
constexpr std::string_view kMagic = "Nprepd02";
constexpr std::size_t kHeadBytes = kMagic.size() + std::tuple_size_v<Checksum>;
constexpr std::string_view kEnding = ".prepared";
constexpr std::string_view kPartEnding = ".part";
constexpr std::time_t kPartSecondsMax = 3600;  // older ones were left by somebody who died

std::string_view bytes_of(const Checksum& sum) {
  return {reinterpret_cast<const char*>(sum.data()), sum.size()};
}

fs::path path_of(const fs::path& folder, const Sha256& key) {
  return folder / (to_hex(key) + std::string(kEnding));
}

bool read_all(const Fd& fd, char* to, std::size_t size) {
  for (std::size_t had = 0; had < size;) {
    const ssize_t got = ::pread(fd.get(), to + had, size - had, static_cast<off_t>(had));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    had += static_cast<std::size_t>(got);
  }
  return true;
}

// Nothing where it is not, to the byte, what was written. Memory is written once: a frame has
// megabytes, and a start waits for it.
std::optional<KeptBytes> read_intact(const Fd& fd) {
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return std::nullopt;
  const auto size = static_cast<std::size_t>(info.st_size);
  if (size <= kHeadBytes || size > kHeadBytes + kPreparedLimits.bytes_max) return std::nullopt;
  PixelMemory memory(size);
  if (!read_all(fd, memory.data(), size)) return std::nullopt;
  const std::string_view all(memory.data(), size);
  const bool is_intact =
      all.starts_with(kMagic) && all.substr(kMagic.size(), kHeadBytes - kMagic.size()) ==
                                     bytes_of(checksum({all.substr(kHeadBytes)}));
  if (!is_intact) return std::nullopt;
  return KeptBytes(std::move(memory), kHeadBytes);
}

// Unlike any other process' or thread's.
fs::path part_path(const fs::path& path) {
  static std::atomic<std::uint64_t> count{0};
  return fmt::format("{}.{}.{}{}", path.string(), ::getpid(), ++count, kPartEnding);
}

struct Entry {
  fs::path path;
  std::uint64_t bytes = 0;
  timespec used{};
};

bool is_earlier(const timespec& a, const timespec& b) {
  return std::pair(a.tv_sec, a.tv_nsec) < std::pair(b.tv_sec, b.tv_nsec);
}

std::vector<Entry> entries_of(const fs::path& folder) {
  std::vector<Entry> entries;
  const Result<std::vector<std::string>> names = list_folder(folder);
  if (!names) return entries;
  for (const std::string& name : *names) {
    if (!name.ends_with(kEnding) && !name.ends_with(kPartEnding)) continue;  // not ours
    struct stat info {};
    const fs::path path = folder / name;
    if (::lstat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    entries.push_back({path, static_cast<std::uint64_t>(info.st_size), info.st_mtim});
  }
  return entries;
}

// The least recently used first.
std::vector<Entry> entries_by_use(const fs::path& folder) {
  std::vector<Entry> entries = entries_of(folder);
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return is_earlier(a.used, b.used); });
  return entries;
}

// Files' times are the file system's, so its clock is the one to compare with.
void remove_old_parts(std::vector<Entry>& entries) {
  timespec newest{};
  for (const Entry& entry : entries) {
    if (is_earlier(newest, entry.used)) newest = entry.used;
  }
  std::erase_if(entries, [&newest](const Entry& entry) {
    const bool is_old = entry.path.string().ends_with(kPartEnding) &&
                        newest.tv_sec - entry.used.tv_sec > kPartSecondsMax;
    if (is_old) ::unlink(entry.path.c_str());
    return is_old;
  });
}

fs::path from_environment(const char* variable, const char* below) {
  const char* const value = std::getenv(variable);
  if (value == nullptr || *value != '/') return {};
  return fs::path(value) / below;
}

}  // namespace

PreparedCache::PreparedCache(fs::path folder, std::uint64_t bytes_max)
    : folder_(std::move(folder)), bytes_max_(bytes_max) {}

std::optional<KeptBytes> PreparedCache::find(const Sha256& key, CountsAsUsed counts) const {
  if (folder_.empty()) return std::nullopt;
  const fs::path path = path_of(folder_, key);
  const Result<Fd> fd = open_file(path);
  if (!fd) return std::nullopt;
  std::optional<KeptBytes> kept = read_intact(*fd);
  if (!kept) {
    ::unlink(path.c_str());
  } else if (counts == CountsAsUsed::yes) {
    ::futimens(fd->get(), nullptr);
  }
  return kept;
}

void PreparedCache::keep(const Sha256& key, std::string_view head, std::string_view rest) const {
  if (folder_.empty() || bytes_on_disk(head.size() + rest.size()) > bytes_max_) return;
  std::error_code error;
  fs::create_directories(folder_, error);
  const fs::path path = path_of(folder_, key);
  const fs::path part = part_path(path);
  {
    const Fd fd(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (!fd.is_open()) return;
    const Checksum sum = checksum({head, rest});
    const auto is_written_with = [&](std::string_view bytes) {
      return write_all(fd, part, bytes).has_value();
    };
    const bool is_written = is_written_with(kMagic) && is_written_with(bytes_of(sum)) &&
                            is_written_with(head) && is_written_with(rest);
    if (!is_written || ::rename(part.c_str(), path.c_str()) != 0) ::unlink(part.c_str());
  }
  make_room();
}

std::uint64_t PreparedCache::bytes_on_disk(std::uint64_t bytes) {
  return kHeadBytes + bytes;
}

std::vector<PreparedCache::File> PreparedCache::files() const {
  std::vector<File> files;
  if (folder_.empty()) return files;
  for (const Entry& entry : entries_by_use(folder_)) {
    const std::string name = entry.path.filename().string();
    if (!name.ends_with(kEnding)) continue;
    const auto key = sha256_from_hex(name.substr(0, name.size() - kEnding.size()));
    if (key) files.push_back({*key, entry.bytes});
  }
  return files;
}

void PreparedCache::remove(const Sha256& key) const {
  if (!folder_.empty()) ::unlink(path_of(folder_, key).c_str());
}

void PreparedCache::make_room() const {
  std::vector<Entry> entries = entries_by_use(folder_);
  remove_old_parts(entries);
  std::uint64_t bytes = 0;
  for (const Entry& entry : entries) bytes += entry.bytes;
  for (const Entry& entry : entries) {
    if (bytes <= bytes_max_) return;
    ::unlink(entry.path.c_str());
    bytes -= entry.bytes;
  }
}

fs::path default_prepared_cache() {
  fs::path named = from_environment("NOSEON_PREPARED_CACHE", "");
  if (!named.empty()) return named;
  named = from_environment("XDG_CACHE_HOME", "noseon/prepared");
  if (!named.empty()) return named;
  return from_environment("HOME", ".cache/noseon/prepared");
}

}  // namespace noseon
