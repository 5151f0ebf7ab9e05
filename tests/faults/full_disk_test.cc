// The store on a disk that is full: a small file system of the test's own, in memory.
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <functional>
#include <iostream>

#include "base/files.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/pretend_release.h"
#include "tests/faults/summary.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr int kCannotMount = 77;

// In a process that has its mounts for itself. The code it ends with is what `body` returns.
int with_small_disk(const fs::path& folder, const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_mounted = ::unshare(CLONE_NEWNS) == 0 &&
                            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                            ::mount("small", folder.c_str(), "tmpfs", 0, "size=600k") == 0;
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

// A file that leaves exactly so much room.
void fill(const fs::path& folder, std::uint64_t bytes_left) {
  const Fd file(::open((folder / "filler").c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  const std::uint64_t room = bytes_free(folder);
  if (room > bytes_left) ::posix_fallocate(file.get(), 0, static_cast<off_t>(room - bytes_left));
}

std::size_t parts_in(const fs::path& root) {
  return list_folder(root / "parts").value().size();
}

// 0: all is well.
int try_full(const fs::path& disk, std::uint64_t bytes_left, std::size_t& refusals) {
  const fs::path root = disk / "store";
  Store store = Store::open(root).value();
  const auto quiet = [](const std::string&) {};
  if (!pull_release(store, 1, quiet)) return 1;
  fill(disk, bytes_left);
  if (bytes_free(disk) != bytes_left) return 2;
  const auto pulled = pull_release(store, 2, quiet);
  if (!pulled) ++refusals;
  if (!pulled && pulled.error().kind != ErrorKind::disk) return 3;
  if (parts_in(root) != 0) return 4;
  if (release_in(store.reader(), Which::current).value_or(0) != (pulled ? 2 : 1)) return 5;
  fs::remove(disk / "filler");
  if (!pull_release(store, 2, quiet)) return 6;
  if (release_in(store.reader(), Which::current).value_or(0) != 2) return 7;
  fs::remove_all(root);
  return 0;
}

TEST(FullDisk, LeavesNoPartAndTheCurrentReleaseWhateverRoomThereWas) {
  const MemoryFolder folder;
  constexpr std::uint64_t kPage = 4096;
  const int code = with_small_disk(folder.path(), [&] {
    std::size_t refusals = 0;
    std::size_t tries = 0;
    // From none to enough: each call that needs room is refused it once.
    for (std::uint64_t pages = 0; pages <= 40; ++pages, ++tries) {
      if (const int wrong = try_full(folder.path(), pages * kPage, refusals); wrong != 0) {
        std::cout << fmt::format("  wrong ({}) with {} pages left\n", wrong, pages);
        return wrong;
      }
    }
    say_survived("full disk of a store", tries, refusals, tries);
    return refusals > 5 && refusals < tries ? 0 : 50;
  });
  if (code == kCannotMount) GTEST_SKIP() << "this user may not mount a small disk: be root";
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace noseon::faults
