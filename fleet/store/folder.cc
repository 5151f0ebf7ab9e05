#include "fleet/store/folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>

#include "base/files.h"
#include "base/say.h"
#include "fleet/store/names.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// What a signal interrupted is tried again.
template <class Call>
auto again(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

Status done(int result, const fs::path& path) {
  if (result < 0) return fail(file_error(errno, path));
  return {};
}

Failure no_folder(const fs::path& path) {
  return fail(ErrorKind::bad_format,
              say("{}: is no folder; the store did not make it: remove it", path.string()));
}

Failure no_file(const fs::path& path) {
  return fail(ErrorKind::bad_format,
              say("{}: is no regular file; the store did not make it: remove it", path.string()));
}

Failure no_link(const fs::path& path) {
  return fail(ErrorKind::bad_format,
              say("{}: is no symbolic link; the store did not make it: remove it", path.string()));
}

std::string named(std::string_view name) {
  return std::string(name);
}

Status sync_parent(const fs::path& path) {
  auto parent = Folder::open(path.has_parent_path() ? path.parent_path() : fs::path("."));
  // One who may enter a folder without reading it made nothing there, and has nothing to sync.
  if (!parent && parent.error().kind == ErrorKind::denied) return {};
  if (!parent) return fail(std::move(parent).error());
  return parent->sync();
}

Status make_with_parents(const fs::path& path) {
  int made = ::mkdir(path.c_str(), 0755);
  if (made < 0 && errno == ENOENT && path.has_parent_path()) {
    TRY(make_with_parents(path.parent_path()));
    made = ::mkdir(path.c_str(), 0755);
  }
  if (made < 0 && errno != EEXIST) return fail(file_error(errno, path));
  // Also where it was there: a run before may have ended between making and syncing it.
  return sync_parent(path);
}

}  // namespace

// ---- Opening ---------------------------------------------------------------------------------

Result<Folder> Folder::open(fs::path path) {
  Fd fd(again([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (!fd.is_open()) return fail(file_error(errno, path));
  return Folder(std::move(path), std::move(fd));
}

Result<Folder> Folder::make(const fs::path& path) {
  // "store/" is "store" and an empty name in it, which has no folder above it.
  const fs::path plain = path.has_filename() ? path : path.parent_path();
  TRY(make_with_parents(plain));
  return open(plain);
}

Result<Folder> Folder::enter(std::string_view name) const {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  Fd fd(again([&] { return ::openat(fd_.get(), named(name).c_str(), kFlags); }));
  if (!fd.is_open() && (errno == ENOTDIR || errno == ELOOP)) {
    return no_folder(path_of(name));
  }
  if (!fd.is_open()) return fail(file_error(errno, path_of(name)));
  return Folder(path_of(name), std::move(fd));
}

Result<Folder> Folder::enter_or_make(std::string_view name) const {
  const int made = ::mkdirat(fd_.get(), named(name).c_str(), 0755);
  if (made < 0 && errno != EEXIST) return fail(file_error(errno, path_of(name)));
  if (made == 0) {
    if (auto synced = sync(); !synced) {
      // Else the next one takes it for a folder that is on the disk.
      ::unlinkat(fd_.get(), named(name).c_str(), AT_REMOVEDIR);
      return fail(std::move(synced).error());
    }
  }
  return enter(name);
}

Result<Folder> Folder::make_new(std::string_view name) const {
  TRY(done(::mkdirat(fd_.get(), named(name).c_str(), 0755), path_of(name)));
  return enter(name);
}

// ---- Looking ---------------------------------------------------------------------------------

Result<std::vector<std::string>> Folder::names(std::size_t count_max) const {
  // Its own description: reading moves along it.
  ASSIGN_OR_RETURN(Folder self, enter("."));
  const Handle<DIR, ::closedir> listing(::fdopendir(self.fd()));
  if (!listing) return fail(file_error(errno, path_));
  static_cast<void>(self.fd_.release());  // closedir() closes it
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    if (names.size() > count_max) {
      return fail(ErrorKind::too_large, say("{}: holds more than {} files, which is the most "
                                            "that is read",
                                            path_.string(), count_max));
    }
    errno = 0;
  }
  if (errno != 0) return fail(file_error(errno, path_));
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::optional<StoredFile>> Folder::find(std::string_view name) const {
  struct stat info {};
  const std::string path = named(name);
  const int found =
      again([&] { return ::fstatat(fd_.get(), path.c_str(), &info, AT_SYMLINK_NOFOLLOW); });
  if (found != 0 && errno == ENOENT) return std::nullopt;
  if (found != 0) return fail(file_error(errno, path_of(name)));
  if (!S_ISREG(info.st_mode)) return std::nullopt;
  return StoredFile{static_cast<std::uint64_t>(info.st_size), info.st_mtim.tv_sec};
}

Result<Fd> Folder::open_file(std::string_view name) const {
  // O_NONBLOCK: opening a pipe that nobody writes to must not hang.
  constexpr int kFlags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Fd fd(again([&] { return ::openat(fd_.get(), named(name).c_str(), kFlags); }));
  if (!fd.is_open() && (errno == ELOOP || errno == ENXIO)) {
    return no_file(path_of(name));
  }
  if (!fd.is_open()) return fail(file_error(errno, path_of(name)));
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) return fail(file_error(errno, path_of(name)));
  if (!S_ISREG(info.st_mode)) return no_file(path_of(name));
  return fd;
}

Result<std::string> Folder::target_of(std::string_view link) const {
  std::string target(PATH_MAX, '\0');
  const ssize_t length = ::readlinkat(fd_.get(), named(link).c_str(), target.data(), target.size());
  if (length < 0 && errno == EINVAL) {
    return no_link(path_of(link));
  }
  if (length < 0) return fail(file_error(errno, path_of(link)));
  target.resize(static_cast<std::size_t>(length));
  return target;
}

// ---- Changing --------------------------------------------------------------------------------

Status Folder::write_new(std::string_view name, std::string_view bytes) const {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const fs::path path = path_of(name);
  const Fd fd(again([&] { return ::openat(fd_.get(), named(name).c_str(), kFlags, 0644); }));
  if (!fd.is_open()) return fail(file_error(errno, path));
  Status written = write_at(fd, 0, bytes, path);
  if (!written) ::unlinkat(fd_.get(), named(name).c_str(), 0);
  return written;
}

Status Folder::point(std::string_view link, const std::string& target) const {
  const std::string fresh = unswapped_name(link);
  TRY(remove(fresh));
  TRY(done(::symlinkat(target.c_str(), fd_.get(), fresh.c_str()), path_of(link)));
  Status moved = move(fresh, *this, link);
  if (!moved) ::unlinkat(fd_.get(), fresh.c_str(), 0);
  return moved;
}

Status Folder::move(std::string_view name, const Folder& to, std::string_view to_name) const {
  return done(::renameat(fd_.get(), named(name).c_str(), to.fd_.get(), named(to_name).c_str()),
              to.path_of(to_name));
}

Status Folder::mark(std::string_view name, std::int64_t mark) const {
  const timespec times[2] = {{0, UTIME_OMIT}, {static_cast<time_t>(mark), 0}};
  return done(::utimensat(fd_.get(), named(name).c_str(), times, AT_SYMLINK_NOFOLLOW),
              path_of(name));
}

Status Folder::remove(std::string_view name) const {
  if (::unlinkat(fd_.get(), named(name).c_str(), 0) == 0 || errno == ENOENT) return {};
  return fail(file_error(errno, path_of(name)));
}

Status Folder::remove_folder(std::string_view name) const {
  constexpr std::size_t kCountMax = 100'000;
  ASSIGN_OR_RETURN(const Folder folder, enter(name));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, folder.names(kCountMax));
  for (const std::string& file : names) {
    if (::unlinkat(folder.fd(), file.c_str(), 0) != 0 && errno != EISDIR) {
      return fail(file_error(errno, folder.path_of(file)));
    }
  }
  const int removed = ::unlinkat(fd_.get(), named(name).c_str(), AT_REMOVEDIR);
  if (removed != 0 && errno == ENOTEMPTY) return {};
  return done(removed, path_of(name));
}

Status Folder::sync() const {
  return done(again([&] { return ::fsync(fd_.get()); }), path_);
}

Status Folder::sync_all() const {
  return done(again([&] { return ::syncfs(fd_.get()); }), path_);
}

Status write_at(const Fd& file, std::uint64_t offset, std::string_view bytes,
                const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t wrote = again([&] {
      return ::pwrite(file.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    });
    if (wrote < 0) return fail(file_error(errno, path));
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
    offset += static_cast<std::uint64_t>(wrote);
  }
  return {};
}

Status sync_file(const Fd& file, const fs::path& path) {
  return done(again([&] { return ::fsync(file.get()); }), path);
}

}  // namespace noseon
