// The store when the power goes: after any call of a pull, whatever of it reached the disk.
#include <gtest/gtest.h>

#include "tests/faults/power_cut_test.h"
#include "tests/faults/pretend_release.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWriter = NOSEON_BIN_DIR "/store_writer";

class PowerCutOfAPull : public PowerCutTest {
 protected:
  PowerCutOfAPull() : PowerCutTest("power cut of a pull") {}

  fs::path root() { return folder_ / "store"; }
  void pull(int release) {
    Store store = Store::open(root()).value();
    ASSERT_TRUE(pull_release(store, release, [](const std::string&) {}));
  }
  Recording recorded_pull(int release) {
    return recorded({kWriter, root().string(), std::to_string(release)});
  }
  static Judge judge(int least, int most) {
    return [=](const fs::path& disk, const std::string& said) {
      return wrong_with_store(disk / "store", said, least, most);
    };
  }
};

TEST_F(PowerCutOfAPull, IntoANewStoreLeavesNoneOrTheWholeFirstRelease) {
  expect_right(recorded_pull(1), judge(0, 1));
}

TEST_F(PowerCutOfAPull, LeavesTheOldReleaseOrTheNewOne) {
  pull(1);
  expect_right(recorded_pull(2), judge(1, 2));
}

TEST_F(PowerCutOfAPull, ThatGoesOnWithAPartLeavesTheOldReleaseOrTheNewOne) {
  pull(1);
  {
    Store store = Store::open(root()).value();
    const std::string whole = blobs_of_release(2).back();
    PartialBlob part = store.continue_blob({sha256(whole), whole.size()}).value();
    ASSERT_TRUE(part.append(std::string_view(whole).substr(0, whole.size() / 2)));
  }
  expect_right(recorded_pull(2), judge(1, 2));
}

TEST_F(PowerCutOfAPull, ThatCollectsKeepsWhatBothReleasesNeed) {
  for (const int release : {1, 2, 5}) pull(release);
  expect_right(recorded_pull(9), judge(5, 9));
}

TEST_F(PowerCutOfAPull, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  pull(1);
  const Recording recording = recorded_pull(2);
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, kSyncs), judge(1, 2), "nothing is synced");
  expect_found(recording, without(calls, {sync_file, sync_all}), judge(1, 2), "no file is synced");
  expect_found(recording, without(calls, {sync_folder}), judge(1, 2), "no folder is synced");
  expect_found(recording, renamed_before_synced(calls), judge(1, 2),
               "a file is renamed before it is synced");
  expect_found(recording, said_too_early(calls, "store/current"), judge(1, 2),
               "said before it is synced");
}

// None of the store's syncs is there for nothing.
TEST_F(PowerCutOfAPull, FindsEachSyncThatIsLeftOut) {
  using enum DiskCall::Kind;
  pull(1);
  const Recording recording = recorded_pull(2);
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, {sync_file}, "store/parts/"), judge(1, 2),
               "a blob is not synced");
  expect_found(recording, without(calls, {sync_folder}, "store/blobs/"), judge(1, 2),
               "the folder of a blob is not synced");
  expect_found(recording, without(calls, {sync_all}), judge(1, 2),
               "current is swapped before its files are synced");
  expect_found(recording, without(calls, {sync_folder}, "store/generations"), judge(1, 2),
               "current is swapped before the name of its generation is synced");
  expect_found(recording, without_exactly(calls, sync_folder, "store"), judge(1, 2),
               "the links are not synced");
  expect_found(recording, without_exactly(calls, sync_folder, "store/blobs"), judge(1, 2),
               "a new folder of blobs is not synced in its parent");
}

}  // namespace
}  // namespace noseon::faults
