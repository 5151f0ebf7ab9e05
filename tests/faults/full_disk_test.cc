// The store on a disk that is full: a small file system of the test's own, in memory.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>

#include "base/files.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/pretend_release.h"
#include "tests/faults/small_disk.h"
#include "tests/faults/summary.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

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
  const int code = with_small_disk(folder.path(), "600k", [&] {
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
