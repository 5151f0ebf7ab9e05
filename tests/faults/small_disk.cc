#include "tests/faults/small_disk.h"

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <iostream>

#include "base/handle.h"

namespace noseon::faults {

namespace fs = std::filesystem;

int with_small_disk(const fs::path& folder, const std::string& size,
                    const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_mounted =
        ::unshare(CLONE_NEWNS) == 0 &&
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
        ::mount("small", folder.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    const int code = is_mounted ? body() : kCannotMount;
    std::cout.flush();
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

std::uint64_t bytes_free(const fs::path& folder) {
  struct statvfs disk {};
  ::statvfs(folder.c_str(), &disk);
  return disk.f_bavail * disk.f_bsize;
}

void fill(const fs::path& folder, std::uint64_t bytes_left) {
  const Fd file(::open((folder / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  struct stat facts {};
  ::fstat(file.get(), &facts);
  const std::uint64_t room = bytes_free(folder);
  if (room <= bytes_left) return;
  ::posix_fallocate(file.get(), facts.st_size, static_cast<off_t>(room - bytes_left));
}

}  // namespace noseon::faults
