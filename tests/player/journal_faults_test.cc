// The journal on a disk that refuses, and on one that lies: nothing is silent, nothing is deleted.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <fstream>

#include "base/files.h"
#include "base/handle.h"
#include "tests/player/journal_rig.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::minutes;
using std::chrono::seconds;

void expect_balanced(const JournalState& state) {
  EXPECT_EQ(state.shown, state.recorded + state.parked + state.lost);
}

class JournalFaults : public ::testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "journal/plays.db"; }
  [[nodiscard]] JournalOptions options() const { return options_in(folder_ / "journal"); }
  TemporaryFolder folder_;
};

TEST_F(JournalFaults, WhatADiskRefusesIsParkedAndRecordedOnceItTakesIt) {
  folder_.write("journal", "a file where the folder is to be");
  Journal journal(options());
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::parked);
  }
  EXPECT_EQ(journal.state().parked, 5);
  EXPECT_FALSE(journal.state().problem.empty());
  std::filesystem::remove(folder_ / "journal");
  ASSERT_TRUE(wait_until([&] { return journal.state().recorded == 5; }));
  EXPECT_EQ(journal.state().parked, 0);
  EXPECT_EQ(journal.state().problem, "");
  EXPECT_EQ(rows_of(file()).size(), 6U);
}

// SQLite's own patience with it is ten seconds, longer than a bus gives the player to end.
TEST_F(JournalFaults, ALockThatNobodyGivesBackIsWaitedForNoLongerThanAnEndMayTake) {
  Journal journal(options());
  ASSERT_EQ(journal.append(play_at(seconds{0})), Acknowledged::recorded);
  const Fd index(::open((file().string() + "-shm").c_str(), O_RDWR | O_CLOEXEC));
  // The locks of its readers (https://www.sqlite.org/walformat.html, 2.3.1), of another owner.
  struct flock readers {};
  readers.l_type = F_WRLCK;
  readers.l_whence = SEEK_SET;
  readers.l_start = 123;
  readers.l_len = 5;
  ASSERT_TRUE(wait_until([&] { return ::fcntl(index.get(), F_OFD_SETLK, &readers) == 0; }));
  const auto since = std::chrono::steady_clock::now();
  EXPECT_EQ(journal.append(play_at(seconds{8})), Acknowledged::parked);
  EXPECT_LT(std::chrono::steady_clock::now() - since, seconds{5});
  EXPECT_NE(journal.state().problem.find("lock"), std::string::npos) << journal.state().problem;
  readers.l_type = F_UNLCK;
  ASSERT_EQ(::fcntl(index.get(), F_OFD_SETLK, &readers), 0);
  EXPECT_TRUE(wait_until([&] { return journal.state().recorded == 2; }));
  EXPECT_TRUE(journal.end(moment(minutes{1})));
}

TEST_F(JournalFaults, PastTheRingEveryPlayIsCountedAndOneRowSaysHowMany) {
  folder_.write("journal", "a file where the folder is to be");
  JournalOptions small = options();
  small.parked_max = 10;
  Journal journal(small);
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::parked);
  }
  for (int i = 10; i < 17; ++i) {
    ASSERT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::lost);
    expect_balanced(journal.state());
  }
  EXPECT_EQ(journal.state().lost, 7);
  std::filesystem::remove(folder_ / "journal");
  ASSERT_TRUE(wait_until([&] { return journal.state().rows == 12; }));
  expect_balanced(journal.state());
  EXPECT_EQ(journal.state().recorded, 10);
  const Row lost = rows_of(file()).back();
  EXPECT_EQ(lost.kind, RecordKind::lost);
  EXPECT_EQ(lost.count, 7);
  EXPECT_EQ(lost.start, kMorning + seconds{80});
  EXPECT_EQ(lost.shown, seconds{56});
}

TEST_F(JournalFaults, ADatabaseThatSomebodyLocksHoldsUpNoPlay) {
  Journal journal(options());
  ASSERT_EQ(journal.append(play_at(seconds{0})), Acknowledged::recorded);
  {
    Sql somebody(file());
    somebody.run("BEGIN IMMEDIATE");
    EXPECT_EQ(journal.append(play_at(seconds{8})), Acknowledged::parked);
    expect_balanced(journal.state());
    somebody.run("ROLLBACK");
  }
  ASSERT_TRUE(wait_until([&] { return journal.state().recorded == 2; }));
  EXPECT_TRUE(verified(file()).is_good());
}

TEST_F(JournalFaults, AnEndWithoutADiskSaysHowManyPlaysAreGone) {
  folder_.write("journal", "a file where the folder is to be");
  Journal journal(options());
  for (int i = 0; i < 3; ++i) journal.record(play_at(seconds{8} * i));
  const Status ended = journal.end(moment(minutes{1}));
  ASSERT_FALSE(ended);
  EXPECT_EQ(ended.error().kind, ErrorKind::disk);
  EXPECT_NE(ended.error().message.find("3 plays"), std::string::npos) << ended.error().message;
  expect_balanced(journal.state());
}

// ---- A sync that fails after its bytes are there, and a read that fails --------------------

// SQLite's own file system, whose syncs of a log can be made to fail once they have been done.
std::atomic<int> syncs_to_fail{0};
sqlite3_vfs* real_disk = nullptr;
sqlite3_io_methods failing_methods{};
int (*real_sync)(sqlite3_file*, int) = nullptr;

int failing_sync(sqlite3_file* file, int flags) {
  const int done = real_sync(file, flags);
  if (syncs_to_fail <= 0) return done;
  --syncs_to_fail;
  return SQLITE_IOERR_FSYNC;
}

// And whose reads of a database's pages, but for the first, can be made to fail as EIO does.
std::atomic<int> reads_to_fail{0};
sqlite3_io_methods unreadable_methods{};
int (*real_read)(sqlite3_file*, void*, int, sqlite3_int64) = nullptr;

int failing_read(sqlite3_file* file, void* bytes, int count, sqlite3_int64 at) {
  if (at == 0 || reads_to_fail <= 0) return real_read(file, bytes, count, at);
  --reads_to_fail;
  return SQLITE_IOERR_CORRUPTFS;
}

int failing_open(sqlite3_vfs* /*disk*/, const char* name, sqlite3_file* file, int flags,
                 int* out_flags) {
  const int code = real_disk->xOpen(real_disk, name, file, flags, out_flags);
  if (code == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0) {
    unreadable_methods = *file->pMethods;
    real_read = file->pMethods->xRead;
    unreadable_methods.xRead = failing_read;
    file->pMethods = &unreadable_methods;
  }
  if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) return code;
  failing_methods = *file->pMethods;
  real_sync = file->pMethods->xSync;
  failing_methods.xSync = failing_sync;
  file->pMethods = &failing_methods;
  return code;
}

class FailingDisk : public JournalFaults {
 protected:
  void SetUp() override {
    real_disk = sqlite3_vfs_find(nullptr);
    disk_ = *real_disk;
    disk_.zName = "failing";
    disk_.xOpen = failing_open;
    ASSERT_EQ(sqlite3_vfs_register(&disk_, 1), SQLITE_OK);
  }
  void TearDown() override {
    syncs_to_fail = 0;
    reads_to_fail = 0;
    sqlite3_vfs_unregister(&disk_);
    sqlite3_vfs_register(real_disk, 1);
  }
  sqlite3_vfs disk_{};
};

class FailingSyncs : public FailingDisk {
 protected:
  // The first play is sealed at once, and what is sealed is moved out of the log behind it: only
  // the second one is answered when no sync of the first is to come.
  static void begin(Journal& journal) {
    ASSERT_EQ(journal.append(play_at(-seconds{16})), Acknowledged::recorded);
    ASSERT_EQ(journal.append(play_at(-seconds{8})), Acknowledged::recorded);
  }
};

TEST_F(FailingSyncs, APlayThatWasThereAfterAllIsNotWrittenTwice) {
  {
    Journal journal(options());
    begin(journal);
    // The play's own, and that of the file being closed, so that its log stays and is read again.
    syncs_to_fail = 2;
    EXPECT_EQ(journal.append(play_at(seconds{0})), Acknowledged::parked);
    EXPECT_EQ(syncs_to_fail, 0) << "the fault did not happen";
    ASSERT_TRUE(wait_until([&] { return journal.state().recorded == 3; }));
    ASSERT_EQ(journal.append(play_at(seconds{8})), Acknowledged::recorded);
    expect_balanced(journal.state());
  }
  const std::vector<Row> rows = rows_of(file());
  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[3].start, kMorning);
  EXPECT_EQ(rows[4].start, kMorning + seconds{8});
}

TEST_F(FailingSyncs, NothingIsAcknowledgedThatWasNotSynced) {
  Journal journal(options());
  begin(journal);
  for (int i = 0; i < 20; ++i) {
    syncs_to_fail = 1;
    EXPECT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::parked) << i;
    ASSERT_TRUE(wait_until([&] { return journal.state().parked == 0; }));
  }
  ASSERT_TRUE(journal.end(moment(minutes{5})));
  EXPECT_EQ(verified(file()).rows, 23);
}

class FailingReads : public FailingDisk {
 protected:
  void SetUp() override {
    FailingDisk::SetUp();
    Journal journal(options());
    ASSERT_EQ(journal.append(play_at(seconds{0})), Acknowledged::recorded);
    ASSERT_TRUE(journal.end(moment(seconds{8})));
  }
};

TEST_F(FailingReads, OneThatFailsOnceCostsNoJournalItsPlace) {
  for (int i = 1; i <= 3; ++i) {
    Journal journal(options());
    reads_to_fail = 1;
    EXPECT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::recorded);
    EXPECT_EQ(reads_to_fail, 0) << "the fault did not happen";
    EXPECT_EQ(journal.state().set_aside, "");
  }
  EXPECT_TRUE(verified(file()).is_good());
  EXPECT_EQ(rows_of(file()).size(), 5U);
}

TEST_F(FailingReads, OneThatFailsAgainIsDamage) {
  Journal journal(options());
  reads_to_fail = 2;
  EXPECT_EQ(journal.append(play_at(seconds{8})), Acknowledged::recorded);
  EXPECT_EQ(reads_to_fail, 0);
  EXPECT_NE(journal.state().set_aside, "");
  EXPECT_EQ(rows_of(journal.state().set_aside).size(), 2U);
}

// ---- Damage --------------------------------------------------------------------------------

class DamagedJournal : public JournalFaults {
 protected:
  void SetUp() override {
    Journal journal(options());
    for (int i = 0; i < 50; ++i) journal.record(play_at(seconds{8} * i));
    ASSERT_TRUE(journal.end(moment(minutes{10})));
    last_ = rows_of(file()).back();
  }

  void overwrite(std::streamoff at, const std::string& bytes) const {
    std::fstream out(file(), std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(at);
    out << bytes;
  }

  [[nodiscard]] std::vector<std::string> names() const {
    return list_folder(folder_ / "journal").value();
  }

  Row last_;
};

TEST_F(DamagedJournal, IsSetAsideUnderItsTimeAndANewOneBegins) {
  overwrite(0, "this was the header of SQLite 3");
  const std::string damaged = read_file(file(), 1U << 24U).value();
  {
    Journal journal(options());  // finds the damage at once, before it is told of a play
    ASSERT_TRUE(wait_until([&] { return !journal.state().set_aside.empty(); }));
    ASSERT_EQ(journal.append(play_at(minutes{11})), Acknowledged::recorded);
    EXPECT_EQ(journal.state().set_aside.filename(), "plays.db.corrupt-20270224T230000Z");
    EXPECT_EQ(read_file(journal.state().set_aside, 1U << 24U).value(), damaged);
  }
  const std::vector<Row> rows = rows_of(file());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].kind, RecordKind::begin);
  EXPECT_EQ(rows[0].note, "after plays.db.corrupt-20270224T230000Z, of which no row can be read");
  EXPECT_TRUE(verified(file()).is_good());
}

TEST_F(DamagedJournal, WhoseLastRowCanBeReadIsFollowedByItsHash) {
  { Sql(file()).run("CREATE TABLE rot (x)"); }  // no journal of ours any more, but whole
  { Sql(file()).run("DROP TABLE rot; PRAGMA wal_checkpoint(TRUNCATE)"); }
  {
    Journal journal(options());
    ASSERT_EQ(journal.append(play_at(minutes{11})), Acknowledged::recorded);
    EXPECT_EQ(journal.state().set_aside, "");
  }
  // The root of the checkpoints is damaged, the rows are not.
  overwrite(2 * 4096, std::string(64, '\xff'));
  const Row end = rows_of(file()).back();
  {
    Journal journal(options());
    ASSERT_EQ(journal.append(play_at(minutes{12})), Acknowledged::recorded);
    ASSERT_NE(journal.state().set_aside, "");
  }
  const Row begin = rows_of(file()).front();
  EXPECT_EQ(begin.previous, hash_of(end));
  EXPECT_NE(begin.note.find("whose last known row is 52"), std::string::npos) << begin.note;
  EXPECT_EQ(verified(file()).after, begin.note);
}

TEST_F(DamagedJournal, NeverTakesThePlaceOfAnEarlierOne) {
  for (int i = 0; i < 2; ++i) {
    overwrite(0, "this was the header of SQLite 3");
    Journal journal(options());
    ASSERT_EQ(journal.append(play_at(minutes{11})), Acknowledged::recorded);
  }
  int aside = 0;
  for (const std::string& name : names()) {
    if (name.starts_with("plays.db.corrupt-") && !name.ends_with("l") && !name.ends_with("m"))
      ++aside;
  }
  EXPECT_EQ(aside, 2);
}

// As the power going between the two steps of setting aside leaves it.
TEST_F(DamagedJournal, WhoseLogWasLeftBehindGetsItBack) {
  const Row end = rows_of(file()).back();
  const std::filesystem::path aside = file().string() + ".corrupt-20270101T000000Z";
  std::filesystem::rename(file(), aside);
  folder_.write("journal/plays.db-wal", "rows that are nowhere else");
  {
    Journal journal(options());
    ASSERT_EQ(journal.append(play_at(minutes{11})), Acknowledged::recorded);
    EXPECT_EQ(journal.state().set_aside, aside);
  }
  EXPECT_EQ(read_file(aside.string() + "-wal", 1U << 20U).value(), "rows that are nowhere else");
  const Row begin = rows_of(file()).front();
  EXPECT_EQ(begin.previous, hash_of(end));
  EXPECT_EQ(begin.note, fmt::format("after {}, whose last known row is {}",
                                    aside.filename().string(), end.sequence));
  EXPECT_TRUE(verified(file()).is_good());
}

TEST_F(DamagedJournal, OfWhichThereIsALogAloneKeepsIt) {
  const std::filesystem::path earlier = file().string() + ".corrupt-20270101T000000Z";
  std::filesystem::rename(file(), earlier);
  folder_.write("journal/plays.db.corrupt-20270101T000000Z-wal", "its own");
  folder_.write("journal/plays.db-wal", "of another");
  {
    Journal journal(options());
    ASSERT_EQ(journal.append(play_at(minutes{11})), Acknowledged::recorded);
  }
  EXPECT_EQ(read_file(earlier.string() + "-wal", 1U << 20U).value(), "its own");
  EXPECT_EQ(read_file(file().string() + ".corrupt-20270224T230000Z-wal", 1U << 20U).value(),
            "of another");
}

TEST_F(DamagedJournal, OfNoBytesAtAllIsBegunAnew) {
  std::filesystem::resize_file(file(), 0);
  Journal journal(options());
  ASSERT_EQ(journal.append(play_at(minutes{11})), Acknowledged::recorded);
  EXPECT_EQ(rows_of(file()).size(), 2U);
}

// ---- A disk of a test's own ----------------------------------------------------------------

// A tmpfs in a mount namespace of this process; skipped where that is not permitted.
class OwnDisk : public JournalFaults {
 protected:
  void SetUp() override {
    std::filesystem::create_directory(disk());
    const bool is_ours = ::unshare(CLONE_NEWNS) == 0 &&
                         ::mount("", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                         mount_disk(0);
    if (!is_ours) GTEST_SKIP() << "this user may not mount a tmpfs";
  }
  void TearDown() override { ::umount2(disk().c_str(), MNT_DETACH); }

  [[nodiscard]] std::filesystem::path disk() const { return folder_ / "journal"; }
  [[nodiscard]] bool mount_disk(unsigned long flags) const {
    return ::mount("tmpfs", disk().c_str(), "tmpfs", flags, "size=16m") == 0;
  }
  // Somebody else's file takes what is there.
  void fill() const {
    std::ofstream out(disk() / "somebody-else", std::ios::binary);
    const std::string megabyte(1U << 20U, 'x');
    while (out.write(megabyte.data(), static_cast<std::streamsize>(megabyte.size())).flush()) {
    }
    out.clear();
    const std::string page(4096, 'x');
    while (out.write(page.data(), static_cast<std::streamsize>(page.size())).flush()) {
    }
  }
};

TEST_F(OwnDisk, FullOfOtherThingsParksWhatComes) {
  Journal journal(options());
  ASSERT_EQ(journal.append(play_at(seconds{0})), Acknowledged::recorded);
  fill();
  int parked = 0;
  for (int i = 1; i <= 2000; ++i) {
    if (journal.append(play_at(seconds{8} * i)) == Acknowledged::parked) ++parked;
    if (parked == 20) break;
  }
  EXPECT_EQ(parked, 20) << "the disk was not full";
  expect_balanced(journal.state());
  std::filesystem::remove(disk() / "somebody-else");
  ASSERT_TRUE(wait_until([&] { return journal.state().parked == 0; }));
  EXPECT_EQ(journal.state().lost, 0);
  ASSERT_TRUE(journal.end(moment(minutes{600})));
  const Verification found = verified(file());
  EXPECT_TRUE(found.is_good()) << first_finding(found);
  EXPECT_EQ(found.rows, journal.state().recorded + 1);
}

TEST_F(OwnDisk, FullOfOtherThingsTakesPlaysOutOfTheReserve) {
  JournalOptions reserved = options();
  reserved.reserve_bytes = 2 * kReserveStep;
  Journal journal(reserved);
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::recorded);
  }
  const Reserve reserve(disk() / "plays.reserve", reserved.reserve_bytes);
  ASSERT_TRUE(wait_until([&] { return reserve.missing() == 0; }));
  fill();
  for (int i = 10; i < 3010; ++i) {
    ASSERT_EQ(journal.append(play_at(seconds{8} * i)), Acknowledged::recorded) << i;
  }
  EXPECT_GE(reserve.missing(), kReserveStep) << "the disk was not full";
}

// An ext4 of 64 MB of which half is root's, in a mount namespace of this process.
class OwnExt4 : public OwnDisk {
 protected:
  void SetUp() override {
    const fs::path image = folder_.write("ext4", "");
    fs::resize_file(image, 64U << 20U);
    const std::string make = "mkfs.ext4 -q -m 50 " + image.string() + " 2>/dev/null";
    if (std::system(make.c_str()) != 0) GTEST_SKIP() << "there is no mkfs.ext4 here";
    OwnDisk::SetUp();
    if (IsSkipped()) return;
    ASSERT_EQ(::umount2(disk().c_str(), MNT_DETACH), 0);
    const std::string mount = "mount -o loop " + image.string() + " " + disk().string() + " 2>&1";
    if (std::system(mount.c_str()) != 0) GTEST_SKIP() << "this user may not mount an ext4";
  }
};

TEST_F(OwnExt4, ThatRootHasFilledKeepsTheReserveButForOneStep) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root may fill it so";
  Reserve reserve(disk() / "plays.reserve", 3 * kReserveStep);
  ASSERT_TRUE(reserve.fill(3 * kReserveStep));
  fill();
  ASSERT_EQ(available_beside(disk() / "plays.reserve"), 0U);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(reserve.give(), Reserve::Gave::nothing) << i;
  EXPECT_EQ(reserve.missing(), kReserveStep);
}

TEST_F(OwnExt4, ThatOthersHaveFilledGivesRoom) {
  Reserve reserve(disk() / "plays.reserve", 2 * kReserveStep);
  ASSERT_TRUE(reserve.fill(2 * kReserveStep));
  const fs::path other = folder_.write("journal/somebody-else", "");
  const Fd file(::open(other.c_str(), O_WRONLY | O_CLOEXEC));
  const auto all = static_cast<off_t>(available_beside(other));
  ASSERT_EQ(::posix_fallocate(file.get(), 0, all), 0);
  ASSERT_LT(available_beside(other), kReserveStep) << "the disk was not full";
  EXPECT_EQ(reserve.give(), Reserve::Gave::room);
  EXPECT_EQ(reserve.missing(), kReserveStep);
}

TEST_F(OwnDisk, ThatBecomesReadOnlyParksWhatComes) {
  Journal journal(options());
  ASSERT_EQ(journal.append(play_at(seconds{0})), Acknowledged::recorded);
  ASSERT_TRUE(journal.end(moment(seconds{9})));
  ASSERT_TRUE(mount_disk(MS_REMOUNT | MS_RDONLY));
  Journal next(options());
  EXPECT_EQ(next.append(play_at(seconds{20})), Acknowledged::parked);
  ASSERT_TRUE(mount_disk(MS_REMOUNT));
  ASSERT_TRUE(wait_until([&] { return next.state().recorded == 1; }));
  EXPECT_EQ(rows_of(file()).size(), 3U);
}

}  // namespace
}  // namespace noseon::testing
