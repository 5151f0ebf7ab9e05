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

constexpr std::uint64_t kPage = 4096;
// From none to enough: each call that needs room is refused it once.
constexpr std::uint64_t kPagesMost = 40;
constexpr std::size_t kRefusedPercentLeast = 15;

struct Full {
  std::size_t tries = 0;
  std::size_t refusals = 0;
  std::size_t parts = 0;  // that were left
};

// 0: all is well.
int try_full(const fs::path& disk, std::uint64_t bytes_left, PullBug bug, Full& full) {
  const fs::path root = disk / "store";
  Store store = Store::open(root).value();
  const auto quiet = [](const std::string&) {};
  if (!pull_release(store, 1, quiet)) return 1;
  fill(disk, bytes_left);
  if (bytes_free(disk) != bytes_left) return 2;
  const auto pulled = pull_release(store, 2, quiet, bug);
  ++full.tries;
  if (!pulled) ++full.refusals;
  if (!pulled && pulled.error().kind != ErrorKind::disk) return 3;
  full.parts += parts_in(root);
  if (full.parts != 0) return 4;
  if (release_in(store.reader(), Which::current).value_or(0) != (pulled ? 2 : 1)) return 5;
  fs::remove(disk / "filler");
  if (!pull_release(store, 2, quiet)) return 6;
  if (release_in(store.reader(), Which::current).value_or(0) != 2) return 7;
  fs::remove_all(root);
  return 0;
}

// The first that is wrong.
int try_each(const fs::path& disk, PullBug bug, Full& full) {
  for (std::uint64_t pages = 0; pages <= kPagesMost; ++pages) {
    const int wrong = try_full(disk, pages * kPage, bug, full);
    if (wrong == 0) continue;
    std::cout << fmt::format("  wrong ({}) with {} pages left\n", wrong, pages);
    return wrong;
  }
  return 0;
}

TEST(FullDisk, LeavesNoPartAndTheCurrentReleaseWhateverRoomThereWas) {
  const MemoryFolder folder;
  const int code = with_small_disk(folder.path(), "600k", [&] {
    Full full;
    const int wrong = try_each(folder.path(), PullBug::none, full);
    say_survived("full disk of a store", full.tries, full.refusals,
                 wrong == 0 ? full.tries : full.tries - 1);
    say_measured("full disk of a store", "parts left", static_cast<std::int64_t>(full.parts),
                 "files", Bound::at_most, 0);
    say_proven("full disk of a store", full.tries, full.refusals, kRefusedPercentLeast);
    if (wrong != 0) return wrong;
    const bool are_enough = full.refusals * 100 >= full.tries * kRefusedPercentLeast;
    return are_enough && full.refusals < full.tries ? 0 : 50;
  });
  if (code == kCannotMount) GTEST_SKIP() << "this user may not mount a small disk: be root";
  EXPECT_EQ(code, 0);
}

// 4: a part was left; 5: current is not a whole release.
TEST(FullDisk, FindsAHalfThatIsLeftAndAnErrorThatIsSwallowed) {
  std::size_t found = 0;
  for (const auto& [bug, by] :
       {std::pair{PullBug::leaves_its_half, 4}, std::pair{PullBug::swallows_errors, 5}}) {
    const MemoryFolder folder;
    const int code = with_small_disk(folder.path(), "600k", [&, planted = bug] {
      Full full;
      return try_each(folder.path(), planted, full);
    });
    if (code == kCannotMount) GTEST_SKIP() << "this user may not mount a small disk: be root";
    EXPECT_EQ(code, by);
    if (code == by) ++found;
  }
  say_planted("full disk of a store", 2, found);
}

}  // namespace
}  // namespace noseon::faults
