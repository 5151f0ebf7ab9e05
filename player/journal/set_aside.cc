#include "player/journal/set_aside.h"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>

#include "player/journal/disk.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMark = ".corrupt-";

std::string compact(Instant time) {
  return fmt::format("{:%Y%m%dT%H%M%S}Z", std::chrono::floor<std::chrono::seconds>(time));
}

fs::path log_of(const fs::path& file) {
  return file.string() + "-wal";
}

fs::path index_of(const fs::path& file) {
  return file.string() + "-shm";
}

// Under both names on the disk before it loses the first; nothing where there is none.
Status move(const fs::path& from, const fs::path& to) {
  if (::link(from.c_str(), to.c_str()) != 0) {
    return errno == ENOENT ? Status() : fail(disk_error(errno, from));
  }
  TRY(sync_folder_of(from));
  if (::unlink(from.c_str()) != 0) return fail(disk_error(errno, from));
  return sync_folder_of(from);
}

// By their names, which are times.
std::optional<fs::path> newest_aside(const fs::path& file) {
  const std::string begin = file.filename().string() + kMark;
  std::optional<fs::path> newest;
  std::error_code error;
  for (fs::directory_iterator it(file.parent_path(), error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    const bool is_database =
        name.starts_with(begin) && !name.ends_with("-wal") && !name.ends_with("-shm");
    if (is_database && (!newest || *newest < it->path())) newest = it->path();
  }
  return newest;
}

}  // namespace

fs::path free_name(const fs::path& file, Instant time) {
  const std::string base = file.string() + kMark + compact(time);
  const auto is_taken = [](const std::string& name) {
    std::error_code ignored;
    return fs::exists(name, ignored) || fs::exists(log_of(name), ignored);
  };
  std::string name = base;
  for (int i = 2; is_taken(name); ++i) name = fmt::format("{}-{}", base, i);
  return name;
}

// The database first, and on the disk: without its log it may be sound, and lack what was
// acknowledged, and nobody could tell. A log without its database is found at the next start.
Status move_aside(const fs::path& file, const fs::path& aside) {
  TRY(move(file, aside));
  TRY(move(log_of(file), log_of(aside)));
  return move(index_of(file), index_of(aside));
}

std::optional<fs::path> place_of_log_alone(const fs::path& file, Instant time) {
  std::error_code ignored;
  if (fs::exists(file, ignored) || !fs::exists(log_of(file), ignored)) return std::nullopt;
  auto newest = newest_aside(file);
  if (newest && !fs::exists(log_of(*newest), ignored)) return newest;
  return free_name(file, time);
}

}  // namespace noseon
