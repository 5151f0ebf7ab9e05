// The store when the power goes: after any call of a pull, whatever of it reached the disk.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <iostream>

#include "tests/faults/memory_folder.h"
#include "tests/faults/power_cut.h"
#include "tests/faults/pretend_release.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

// The store is not the top of the disk: making its folder is part of what is tried.
// With sanitizers each disk takes ten times as long.
#ifdef NOSEON_SANITIZED
constexpr std::size_t kRandomDisks = 10;
constexpr std::size_t kDisksLeast = 100;
#else
constexpr std::size_t kRandomDisks = 150;
constexpr std::size_t kDisksLeast = 700;
#endif
constexpr const char* kWriter = NOSEON_BIN_DIR "/store_writer";

class PowerCutOfAPull : public testing::Test {
 protected:
  fs::path root() { return folder_ / "store"; }
  void pull(int release) {
    Store store = Store::open(root()).value();
    ASSERT_TRUE(pull_release(store, release, [](const std::string&) {}));
  }
  Recording recorded(int release) {
    auto recording =
        record(folder_.path(), {kWriter, root().string(), std::to_string(release)}, Millis(20'000));
    EXPECT_TRUE(recording) << recording.error().message;
    return *std::move(recording);
  }
  static Judge judge(int least, int most) {
    return [=](const fs::path& disk, const std::string& said) {
      return wrong_with_store(disk / "store", said, least, most);
    };
  }
  Tally cut(const Recording& recording, const Calls& calls, const Judge& judged, Cuts cuts) {
    const auto begin = std::chrono::steady_clock::now();
    auto tally = cut_power(recording.before, calls, judged, cuts);
    EXPECT_TRUE(tally) << tally.error().message;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << "  " << to_string(*tally) << "; " << took.count() << " s\n";
    return *tally;
  }
  Cuts cuts() { return {seed_, kRandomDisks * (is_long_run() ? 10U : 1U), Until::end}; }
  void expect_right(const Recording& recording, int least, int most) {
    std::cout << "  seed " << seed_ << '\n';
    const Tally tally = cut(recording, recording.calls, judge(least, most), cuts());
    EXPECT_EQ(tally.bad, 0U) << tally.first_bad;
    EXPECT_GE(tally.disks, kDisksLeast);
    EXPECT_GE(tally.lost, tally.disks / 2);
  }
  void expect_found(const Recording& recording, const Calls& calls, const char* bug) {
    std::cout << "  planted: " << bug << '\n';
    ASSERT_NE(calls.size(), 0U);
    const Tally tally = cut(recording, calls, judge(1, 2), {seed_, 10, Until::first_bad});
    EXPECT_GT(tally.bad, 0U) << bug << " was not found";
  }

  static Calls without_exactly(const Calls& calls, DiskCall::Kind kind, std::string_view path) {
    Calls kept;
    std::copy_if(calls.begin(), calls.end(), std::back_inserter(kept),
                 [&](const DiskCall& call) { return call.kind != kind || call.path != path; });
    return kept;
  }

  MemoryFolder folder_;
  std::uint64_t seed_ = seed_of_run();
};

TEST_F(PowerCutOfAPull, IntoANewStoreLeavesNoneOrTheWholeFirstRelease) {
  expect_right(recorded(1), 0, 1);
}

TEST_F(PowerCutOfAPull, LeavesTheOldReleaseOrTheNewOne) {
  pull(1);
  expect_right(recorded(2), 1, 2);
}

TEST_F(PowerCutOfAPull, ThatGoesOnWithAPartLeavesTheOldReleaseOrTheNewOne) {
  pull(1);
  {
    Store store = Store::open(root()).value();
    const std::string whole = blobs_of_release(2).back();
    PartialBlob part = store.continue_blob({sha256(whole), whole.size()}).value();
    ASSERT_TRUE(part.append(std::string_view(whole).substr(0, whole.size() / 2)));
  }
  expect_right(recorded(2), 1, 2);
}

TEST_F(PowerCutOfAPull, ThatCollectsKeepsWhatBothReleasesNeed) {
  for (const int release : {1, 2, 5}) pull(release);
  expect_right(recorded(9), 5, 9);
}

TEST_F(PowerCutOfAPull, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  pull(1);
  const Recording recording = recorded(2);
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, kSyncs), "nothing is synced");
  expect_found(recording, without(calls, {sync_file, sync_all}), "no file is synced");
  expect_found(recording, without(calls, {sync_folder}), "no folder is synced");
  expect_found(recording, renamed_before_synced(calls), "a file is renamed before it is synced");
  expect_found(recording, said_too_early(calls), "said before it is synced");
}

// None of the store's syncs is there for nothing.
TEST_F(PowerCutOfAPull, FindsEachSyncThatIsLeftOut) {
  using enum DiskCall::Kind;
  pull(1);
  const Recording recording = recorded(2);
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, {sync_file}, "store/parts/"), "a blob is not synced");
  expect_found(recording, without(calls, {sync_folder}, "store/blobs/"),
               "the folder of a blob is not synced");
  expect_found(recording, without(calls, {sync_all}),
               "current is swapped before its files are synced");
  expect_found(recording, without(calls, {sync_folder}, "store/generations"),
               "current is swapped before the name of its generation is synced");
  expect_found(recording, without_exactly(calls, sync_folder, "store"), "the links are not synced");
  expect_found(recording, without_exactly(calls, sync_folder, "store/blobs"),
               "a new folder of blobs is not synced in its parent");
}

}  // namespace
}  // namespace noseon::faults
