#include "tests/fleet/month/powered_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdarg>
#include <cstring>
#include <optional>
#include <string>

#include "base/check.h"

namespace noseon::month {
namespace {

namespace fs = std::filesystem;
using faults::DiskCall;

thread_local PoweredDisk* in_use = nullptr;
thread_local std::uint64_t temporaries = 0;

std::string path_of_descriptor(int fd) {
  std::array<char, PATH_MAX> path;
  std::array<char, 40> link;
  *fmt::format_to(link.data(), "/proc/self/fd/{}", fd) = '\0';
  const ssize_t length = ::readlink(link.data(), path.data(), path.size());
  return length < 0 ? "" : std::string(path.data(), static_cast<std::size_t>(length));
}

// Below the folder in use; nothing where it is elsewhere. "": the folder itself.
std::optional<std::string> below(const std::string& path) {
  const std::string& top = in_use->folder().native();
  if (!path.starts_with(top)) return std::nullopt;
  if (path.size() == top.size()) return "";
  if (path[top.size()] != '/') return std::nullopt;
  return path.substr(top.size() + 1);
}

std::optional<std::string> place_of(int folder, const char* name) {
  if (in_use == nullptr) return std::nullopt;
  if (name[0] == '/') return below(name);
  if (folder == AT_FDCWD) return std::nullopt;
  const auto top = below(path_of_descriptor(folder));
  if (!top) return std::nullopt;
  return top->empty() ? name : *top + '/' + name;
}

std::optional<std::string> place_of(int fd) {
  if (in_use == nullptr || fd <= 2) return std::nullopt;
  auto place = below(path_of_descriptor(fd));
  // What was removed while it was open is on no disk.
  if (place && !place->empty() && !in_use->has(*place)) return std::nullopt;
  return place;
}

// Does `call` where there is power, and then tells the model.
template <class Call>
int changing(const std::optional<std::string>& place, const Call& call, DiskCall change) {
  if (!place) return static_cast<int>(call());
  if (!in_use->takes()) {
    errno = EIO;
    return -1;
  }
  const int answer = static_cast<int>(call());
  if (answer < 0) return answer;
  change.path = *place;
  in_use->apply(change);
  return answer;
}

int open_at(int folder, const char* name, int flags, mode_t mode) {
  const auto open = [&] { return ::syscall(SYS_openat, folder, name, flags, mode); };
  if ((flags & O_CREAT) == 0) return static_cast<int>(open());
  const auto place = place_of(folder, name);
  if (place && in_use->has(*place)) return static_cast<int>(open());
  return changing(place, open, {DiskCall::Kind::make_file, "", "", 0, ""});
}

ssize_t write_to(int fd, const void* bytes, std::size_t size, std::optional<off_t> offset) {
  const auto write = [&] {
    return offset ? ::syscall(SYS_pwrite64, fd, bytes, size, *offset)
                  : ::syscall(SYS_write, fd, bytes, size);
  };
  const auto place = place_of(fd);
  if (!place) return write();
  const off_t at = offset ? *offset : ::lseek(fd, 0, SEEK_CUR);
  return changing(place, write,
                  {DiskCall::Kind::write, "", "", static_cast<std::uint64_t>(at),
                   std::string(static_cast<const char*>(bytes), size)});
}

int rename_at(int from_folder, const char* from, int to_folder, const char* to) {
  const auto target = place_of(to_folder, to);
  return changing(target ? place_of(from_folder, from) : std::nullopt,
                  [&] { return ::syscall(SYS_renameat, from_folder, from, to_folder, to); },
                  {DiskCall::Kind::rename, "", target.value_or(""), 0, ""});
}

int sync_of(int fd, int number) {
  const auto place = place_of(fd);
  const bool is_folder = place && (place->empty() || fs::is_directory(path_of_descriptor(fd)));
  return changing(place, [&] { return number == SYS_syncfs ? 0 : ::syscall(number, fd); },
                  {number == SYS_syncfs ? DiskCall::Kind::sync_all
                   : is_folder          ? DiskCall::Kind::sync_folder
                                        : DiskCall::Kind::sync_file,
                   "", "", 0, ""});
}

// A disk that lost its power had one of these ways to do it.
faults::Chance way_of(std::mt19937_64& random) {
  switch (random() % 8) {
    case 0:
      return faults::only_synced();
    case 1:
      return faults::everything();
    case 2:
      return faults::all_names_and_zeros();
    case 3:
      return faults::all_names_and_synced_bytes();
    case 4:
      return faults::synced_names_and_all_bytes();
    default:
      return faults::any(random);
  }
}

}  // namespace

PoweredDisk::PoweredDisk(fs::path folder, Syncs syncs) : folder_(std::move(folder)), syncs_(syncs) {
  fs::create_directories(folder_);
  reload();
}

PoweredDisk::InUse::InUse(PoweredDisk& disk) {
  CHECK(in_use == nullptr);
  in_use = &disk;
}
PoweredDisk::InUse::~InUse() {
  in_use = nullptr;
}

bool PoweredDisk::takes() {
  if (changes_ >= fails_at_) is_off_ = true;
  if (!is_off_) ++changes_;
  return !is_off_;
}

void PoweredDisk::apply(const DiskCall& call) {
  using Kind = DiskCall::Kind;
  const bool is_sync =
      call.kind == Kind::sync_file || call.kind == Kind::sync_folder || call.kind == Kind::sync_all;
  if (is_sync && syncs_ == Syncs::dropped) return;
  const Status applied = disk_.apply(call);
  if (!applied) {
    fmt::print(stdout, "{}: {}\n", faults::to_string(call), applied.error().message);
    CHECK(applied.has_value());
  }
}

std::size_t PoweredDisk::cut(std::mt19937_64& random) {
  const std::size_t open = disk_.names_open() + disk_.sectors_open();
  const faults::FoundDisk found = disk_.after_power_cut(way_of(random));
  for (const auto& entry : fs::directory_iterator(folder_)) fs::remove_all(entry.path());
  CHECK(faults::materialise(found, folder_).has_value());
  is_off_ = false;
  hold();
  reload();
  return open;
}

void PoweredDisk::reload() {
  // Times of change are the store's marks, and none that the machine gave.
  const timespec none[2] = {{0, UTIME_OMIT}, {0, 0}};
  for (const auto& entry : fs::recursive_directory_iterator(folder_))
    ::utimensat(AT_FDCWD, entry.path().c_str(), none, AT_SYMLINK_NOFOLLOW);
  disk_ = faults::Disk::load(folder_).value();
}

}  // namespace noseon::month

// ---- The calls ---------------------------------------------------------------------------------

namespace month = noseon::month;
using noseon::faults::DiskCall;

extern "C" {

int open(const char* name, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return month::open_at(AT_FDCWD, name, flags, mode);
}
int openat(int folder, const char* name, int flags, ...) {
  std::va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return month::open_at(folder, name, flags, mode);
}
// Names in order, so that the same seed gives the same disk.
int mkostemp(char* name, int flags) {
  const std::size_t digits = std::strlen(name) - 6;
  for (;;) {
    fmt::format_to(name + digits, "{:06}", ++month::temporaries % 1'000'000);
    const int fd = month::open_at(AT_FDCWD, name, flags | O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
}
ssize_t write(int fd, const void* bytes, size_t size) {
  return month::write_to(fd, bytes, size, std::nullopt);
}
ssize_t pwrite(int fd, const void* bytes, size_t size, off_t offset) {
  return month::write_to(fd, bytes, size, offset);
}
int ftruncate(int fd, off_t length) noexcept {
  return month::changing(
      month::place_of(fd), [&] { return ::syscall(SYS_ftruncate, fd, length); },
      {DiskCall::Kind::set_length, "", "", static_cast<std::uint64_t>(length), ""});
}
int fsync(int fd) {
  return month::sync_of(fd, SYS_fsync);
}
int syncfs(int fd) noexcept {
  return month::sync_of(fd, SYS_syncfs);
}
int rename(const char* from, const char* to) noexcept {
  return month::rename_at(AT_FDCWD, from, AT_FDCWD, to);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return month::rename_at(from_folder, from, to_folder, to);
}
int unlinkat(int folder, const char* name, int flags) noexcept {
  return month::changing(month::place_of(folder, name),
                         [&] { return ::syscall(SYS_unlinkat, folder, name, flags); },
                         {DiskCall::Kind::remove, "", "", 0, ""});
}
int unlink(const char* name) noexcept {
  return unlinkat(AT_FDCWD, name, 0);
}
int remove(const char* name) noexcept {
  const int removed = unlinkat(AT_FDCWD, name, 0);
  return removed != 0 && errno == EISDIR ? unlinkat(AT_FDCWD, name, AT_REMOVEDIR) : removed;
}
int mkdirat(int folder, const char* name, mode_t mode) noexcept {
  return month::changing(month::place_of(folder, name),
                         [&] { return ::syscall(SYS_mkdirat, folder, name, mode); },
                         {DiskCall::Kind::make_folder, "", "", 0, ""});
}
int mkdir(const char* name, mode_t mode) noexcept {
  return mkdirat(AT_FDCWD, name, mode);
}
int symlinkat(const char* target, int folder, const char* name) noexcept {
  return month::changing(month::place_of(folder, name),
                         [&] { return ::syscall(SYS_symlinkat, target, folder, name); },
                         {DiskCall::Kind::make_link, "", target, 0, ""});
}
}
