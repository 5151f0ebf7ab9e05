#include "player/journal/disk.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "base/handle.h"

namespace noseon {

Error disk_error(int error, const std::filesystem::path& file) {
  const ErrorKind kind = error == EACCES || error == EPERM ? ErrorKind::denied : ErrorKind::disk;
  return {kind, file.string() + ": " + std::generic_category().message(error)};
}

Status write_and_sync(int fd, std::string_view bytes, const std::filesystem::path& file) {
  while (!bytes.empty()) {
    const ssize_t wrote = ::write(fd, bytes.data(), bytes.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return fail(disk_error(errno, file));
    bytes.remove_prefix(static_cast<std::size_t>(wrote));
  }
  if (::fsync(fd) != 0) return fail(disk_error(errno, file));
  return {};
}

Status sync_folder_of(const std::filesystem::path& file) {
  const std::filesystem::path parent = file.parent_path();
  const std::filesystem::path folder = parent.empty() ? "." : parent;
  const Fd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd.is_open() || ::fsync(fd.get()) != 0) return fail(disk_error(errno, folder));
  return {};
}

}  // namespace noseon
