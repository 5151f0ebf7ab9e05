// The journal when the power goes: after any call of its writer, whatever of it reached the disk.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/faults/journal_judge.h"
#include "tests/faults/power_cut_test.h"
#include "tests/faults/strace.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWriter = NOSEON_BIN_DIR "/journal_writer";

class PowerCutOfTheJournal : public PowerCutTest {
 protected:
  PowerCutOfTheJournal() : PowerCutTest("power cut of the journal") {}

  std::vector<std::string> writer(int first, int count,
                                  const std::vector<std::string>& environment = {}) {
    std::vector<std::string> words{"env"};
    words.insert(words.end(), environment.begin(), environment.end());
    words.insert(words.end(), {kWriter, (folder_ / "journal").string(), std::to_string(first),
                               std::to_string(count)});
    return words;
  }
  void keep(int first, int count, const std::vector<std::string>& environment = {}) {
    const auto words = writer(first, count, environment);
    ASSERT_EQ(run_program(words, Millis(20'000)).exit_code, 0);
  }
  // Each disk is opened by SQLite four times: fewer of them by chance than elsewhere.
  void expect_no_loss(const Recording& recording, const Judge& judge) {
    constexpr std::size_t kRandomDisksQuick = 8;
    expect_right(recording, judge, 150, kRandomDisksQuick);
  }
  // What earlier runs recorded must be there too.
  static Judge judge(int before = 0) {
    return [=](const fs::path& disk, const std::string& said) {
      std::set<std::int64_t> plays = plays_said(said);
      for (int play = 0; play < before; ++play) plays.insert(play);
      return wrong_with_journal(disk / "journal", plays);
    };
  }
};

TEST_F(PowerCutOfTheJournal, ThatBeginsLosesNoAcknowledgedPlay) {
  expect_no_loss(recorded(writer(0, 5)), judge());
}

TEST_F(PowerCutOfTheJournal, ThatGoesOnLosesNoAcknowledgedPlay) {
  keep(0, 12);
  expect_no_loss(recorded(writer(12, 12)), judge(12));
}

// The log is written into the database, and begun anew over what it held.
TEST_F(PowerCutOfTheJournal, WhoseLogGoesRoundLosesNoAcknowledgedPlay) {
  keep(0, 5);
  expect_no_loss(recorded(writer(5, 10, {"JOURNAL_WRITER_LOG_PAGES=6"})), judge(5));
}

// A database whose log has a table of somebody's, and plays that are nowhere else: without its log
// it is sound, and knows nothing of them. Somebody reads it, or the log would be gone.
class PowerCutOfTheDamagedJournal : public PowerCutOfTheJournal {
 protected:
  static constexpr const char* kReader = "JOURNAL_WRITER_BESIDE=BEGIN; SELECT count(*) FROM rows";
  void SetUp() override {
    keep(0, 5);
    keep(5, 5, {kReader, "JOURNAL_WRITER_AFTER=CREATE TABLE rot (x)"});
  }
  Recording recorded_writer() { return recorded(writer(10, 4, {kReader})); }
  static Judge judge() {
    return [](const fs::path& disk, const std::string& said) {
      std::set<std::int64_t> plays = plays_said(said);
      for (int play = 0; play < 10; ++play) plays.insert(play);
      return wrong_with_what_was_set_aside(disk / "journal", plays);
    };
  }
};

TEST_F(PowerCutOfTheDamagedJournal, ThatIsSetAsideLosesNoAcknowledgedPlay) {
  const Recording recording = recorded_writer();
  const bool is_set_aside =
      std::any_of(recording.calls.begin(), recording.calls.end(), [](const DiskCall& call) {
        return call.kind == DiskCall::Kind::link && call.path == "journal/plays.db-wal";
      });
  ASSERT_TRUE(is_set_aside) << "the log was not set aside with its database";
  expect_no_loss(recording, judge());
}

TEST_F(PowerCutOfTheDamagedJournal, FindsThatNoFolderIsSynced) {
  const Recording recording = recorded_writer();
  expect_found(recording, without(recording.calls, {DiskCall::Kind::sync_folder}), judge(),
               "no folder is synced");
}

TEST_F(PowerCutOfTheJournal, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  keep(0, 4);
  const Recording recording = recorded(writer(4, 6));
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, kSyncs), judge(4), "nothing is synced");
  expect_found(recording, without(calls, {sync_folder}), judge(4), "no folder is synced");
  expect_found(recording, without(calls, {sync_file}, "journal/plays.db-wal"), judge(4),
               "the log is not synced");
}

TEST_F(PowerCutOfTheJournal, FindsALogThatGoesRoundOverWhatIsNotSynced) {
  keep(0, 5);
  const Recording recording = recorded(writer(5, 10, {"JOURNAL_WRITER_LOG_PAGES=6"}));
  expect_found(recording,
               without_exactly(recording.calls, DiskCall::Kind::sync_file, "journal/plays.db"),
               judge(5), "the database is not synced before its log begins anew");
}

TEST_F(PowerCutOfTheJournal, FindsBugsOfTheWriterItself) {
  keep(0, 4);
  const auto expect_bug = [&](const std::string& planted) {
    const MemoryFolder before;
    fs::copy(folder_.path(), before.path(), fs::copy_options::recursive);
    const Recording recording = recorded(writer(4, 6, {planted}));
    expect_found(recording, recording.calls, judge(4), planted.c_str());
    fs::remove_all(folder_ / "journal");
    fs::copy(before / "journal", folder_ / "journal", fs::copy_options::recursive);
  };
  expect_bug("JOURNAL_WRITER_SYNCHRONOUS=NORMAL");
  expect_bug("JOURNAL_WRITER_SYNCHRONOUS=OFF");
  expect_bug("JOURNAL_WRITER_SAYS=early");
}

// The first plays of a journal stand and fall with its name, and with that of its key.
TEST_F(PowerCutOfTheJournal, ThatBeginsFindsEachSyncThatIsLeftOut) {
  using enum DiskCall::Kind;
  const Recording recording = recorded(writer(0, 4));
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, {sync_folder}), judge(), "no folder is synced");
  expect_found(recording, without(calls, {sync_file}, "journal/device.key"), judge(),
               "the key is not synced");
  expect_found(recording, without(calls, {sync_file}, "journal/plays.db"), judge(),
               "neither the database nor its log is synced");
}

}  // namespace
}  // namespace noseon::faults
