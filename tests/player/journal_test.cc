// The journal on a disk that works: what is on it, when it is sealed, what a restart makes of it.
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/files.h"
#include "player/journal/archive.h"
#include "player/journal/reserve.h"
#include "player/journal/ring.h"
#include "tests/player/journal_rig.h"

namespace noseon::testing {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class JournalTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file() const { return folder_ / "plays.db"; }
  TemporaryFolder folder_;
};

TEST_F(JournalTest, APlayIsOnTheDiskWithAllThatIsKnownOfIt) {
  Journal journal(options_in(folder_.path()));
  ASSERT_EQ(journal.append(play_at(seconds{8})), Acknowledged::recorded);
  const std::vector<Row> rows = rows_of(file());
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].kind, RecordKind::begin);
  const Row& row = rows[1];
  EXPECT_EQ(row.sequence, 2);
  EXPECT_EQ(row.kind, RecordKind::play);
  EXPECT_EQ(row.display, "bus-472-1");
  EXPECT_EQ(row.boot, "8d3c5a9e-0b6e-4f0f-9c2e-2f4d1f4a7b10");
  EXPECT_EQ(row.agency + " " + row.campaign + " " + row.item, "seoul-friends khojaly names");
  EXPECT_EQ(row.generation, 42);
  EXPECT_EQ(row.blobs, to_hex(sha256("a poster")));
  EXPECT_EQ(row.start, kMorning + seconds{8});
  EXPECT_EQ(row.grade, ClockGrade::trusted);
  EXPECT_EQ(row.steady, minutes{3} + seconds{8});
  EXPECT_EQ(row.shown, seconds{8});
  EXPECT_TRUE(row.complete);
  EXPECT_EQ(row.route + " " + row.places, "472 khojaly/city-hall");
  EXPECT_EQ(row.previous, hash_of(rows[0]));
}

TEST_F(JournalTest, ItsFirstRowIsSealedAtOnce) {
  Journal journal(options_in(folder_.path()));
  ASSERT_TRUE(wait_until([&] { return journal.state().rows == 1; }));
  EXPECT_EQ(journal.state().sealed, 1);
}

TEST_F(JournalTest, TenMinutesAfterTheLastCheckpointIsTheNextOneAndNotAMillisecondBefore) {
  Journal journal(options_in(folder_.path()));
  ASSERT_TRUE(wait_until([&] { return journal.state().sealed == 1; }));
  const Millis almost = minutes{10} - Millis{1};
  ASSERT_EQ(journal.append(play_at(almost - seconds{8})), Acknowledged::recorded);
  EXPECT_EQ(checkpoints_of(file()).size(), 1U);
  ASSERT_EQ(journal.append(play_at(almost, Millis{1})), Acknowledged::recorded);
  const auto checkpoints = checkpoints_of(file());
  ASSERT_EQ(checkpoints.size(), 2U);
  EXPECT_EQ(checkpoints[1].sequence, 3);
  EXPECT_EQ(checkpoints[1].time, kMorning + minutes{10});
}

TEST_F(JournalTest, WhereNothingEndsForLongATickSealsWhatIsDue) {
  Journal journal(options_in(folder_.path()));
  ASSERT_EQ(journal.append(play_at(seconds{0})), Acknowledged::recorded);
  journal.tick(moment(minutes{10} - Millis{1}));
  journal.tick(moment(minutes{10}));
  EXPECT_TRUE(wait_until([&] { return journal.state().sealed == 2; }));
}

TEST_F(JournalTest, AnOrderlyEndSealsTheLastRow) {
  Journal journal(options_in(folder_.path()));
  for (int i = 0; i < 1000; ++i) journal.record(play_at(seconds{8} * i));
  ASSERT_TRUE(journal.end(moment(hours{3})));
  const Verification found = verified(file());
  EXPECT_TRUE(found.is_good()) << first_finding(found);
  EXPECT_EQ(found.rows, 1001);
  EXPECT_EQ(found.unsealed, 0);
  EXPECT_EQ(journal.state().recorded, 1000);
}

TEST_F(JournalTest, AfterItsEndItTakesNothingAndSaysSo) {
  Journal journal(options_in(folder_.path()));
  ASSERT_TRUE(journal.end(moment(seconds{1})));
  EXPECT_EQ(journal.append(play_at(seconds{2})), Acknowledged::lost);
  const JournalState state = journal.state();
  EXPECT_EQ(state.shown, 1);
  EXPECT_EQ(state.lost, 1);
}

TEST_F(JournalTest, ARestartGoesOnWithTheSameChain) {
  for (int start = 0; start < 3; ++start) {
    Journal journal(options_in(folder_.path()));
    ASSERT_TRUE(wait_until([&] { return journal.state().rows >= 1; }));
    ASSERT_EQ(journal.append(play_at(minutes{start})), Acknowledged::recorded);
  }
  const Verification found = verified(file());
  EXPECT_TRUE(found.is_good()) << first_finding(found);
  EXPECT_EQ(found.last, 4);
  EXPECT_EQ(found.unsealed, 3) << "no orderly end was made";
}

TEST_F(JournalTest, TheDevicesKeyIsMadeOnceAndForItsOwnerAlone) {
  { ASSERT_TRUE(Journal(options_in(folder_.path())).end(moment(seconds{1}))); }
  struct stat facts {};
  ASSERT_EQ(::stat((folder_ / "device.key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 07777U, 0600U);
  const KeyBytes key = read_public_half(folder_ / "device.pub").value();
  EXPECT_EQ(DeviceKey::open_or_make(folder_ / "device.key").value().public_half(), key);
  EXPECT_TRUE(verified(file(), key).is_good());
}

TEST_F(JournalTest, AKeyThatEverybodyReadsIsRefusedAndNotReplaced) {
  static_cast<void>(DeviceKey::open_or_make(folder_ / "device.key").value());
  ASSERT_EQ(::chmod((folder_ / "device.key").c_str(), 0644), 0);
  Journal journal(options_in(folder_.path()));
  EXPECT_EQ(journal.append(play_at(seconds{1})), Acknowledged::recorded);
  EXPECT_NE(journal.state().problem.find("everybody may read this key"), std::string::npos);
  EXPECT_EQ(journal.state().sealed, 0);
}

TEST_F(JournalTest, AnotherDevicesKeyVerifiesNothing) {
  { ASSERT_TRUE(Journal(options_in(folder_.path())).end(moment(seconds{1}))); }
  const KeyBytes other = DeviceKey::open_or_make(folder_ / "other.key").value().public_half();
  const Verification found = verified(file(), other);
  EXPECT_FALSE(found.is_good());
  EXPECT_EQ(found.sealed, 0);
}

// ---- The ring ------------------------------------------------------------------------------

Row numbered(std::int64_t number) {
  Row row;
  row.generation = number;
  row.shown = seconds{2};
  return row;
}

TEST(Ring, WhatFindsNoRoomIsCountedInOneRowAtItsPlace) {
  Ring ring(3);
  for (int i = 1; i <= 3; ++i) EXPECT_EQ(ring.push(numbered(i)), Ring::Kept::yes);
  for (int i = 4; i <= 8; ++i) EXPECT_EQ(ring.push(numbered(i)), Ring::Kept::no);
  const std::vector<Row> rows = ring.begin_writing(100);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[3].kind, RecordKind::lost);
  EXPECT_EQ(rows[3].count, 5);
  EXPECT_EQ(rows[3].shown, seconds{10});
  EXPECT_EQ(ring.lost(), 5);
  EXPECT_EQ(ring.plays(), 3U);
}

TEST(Ring, WhatIsLostWhileARowOfLossIsBeingWrittenGetsItsOwn) {
  Ring ring(1);
  EXPECT_EQ(ring.push(numbered(1)), Ring::Kept::yes);
  EXPECT_EQ(ring.push(numbered(2)), Ring::Kept::no);
  EXPECT_EQ(ring.begin_writing(100).size(), 2U);
  EXPECT_EQ(ring.push(numbered(3)), Ring::Kept::no);
  EXPECT_EQ(ring.begin_writing(100).size(), 2U) << "what was tried is tried again";
  EXPECT_EQ(ring.written(), 1U);
  const std::vector<Row> rows = ring.begin_writing(100);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].kind, RecordKind::lost);
  EXPECT_EQ(rows[0].count, 1);
  EXPECT_EQ(ring.lost(), 2);
}

// ---- Archives ------------------------------------------------------------------------------

class Archives : public JournalTest {
 protected:
  // A play a day, each day sealed and ended.
  void play_days(int count) {
    JournalOptions options = options_in(folder_.path());
    options.seal_every = Millis{0};
    Journal journal(options);
    for (int day = 0; day < count; ++day) {
      CHECK(journal.append(play_at(hours{24} * day)) == Acknowledged::recorded);
    }
    CHECK(journal.end(moment(hours{24} * count)));
  }
  [[nodiscard]] std::optional<ArchiveNote> archive(Millis now) const {
    const DeviceKey key = DeviceKey::open_or_make(folder_ / "device.key").value();
    return archive_oldest(JournalFile::open(file()).value(), key, folder_.path(), kMorning + now)
        .value();
  }
};

TEST_F(Archives, ARowOfFourHundredDaysStaysAndIsArchivedAMillisecondLater) {
  play_days(3);
  EXPECT_FALSE(archive(hours{24} * 400));
  const auto note = archive(hours{24} * 400 + Millis{1});
  ASSERT_TRUE(note);
  EXPECT_EQ(note->file, "plays-00000001-00000002.sealed");
  const auto next = archive(hours{24} * 401 + Millis{1});
  ASSERT_TRUE(next);
  EXPECT_EQ(next->last_sequence, 3);
}

TEST_F(Archives, OneOfAnEarlierJournalIsNotReplaced) {
  play_days(3);
  const auto first = archive(hours{24} * 401 + Millis{1});
  ASSERT_TRUE(first);
  const std::string bytes = read_file(folder_ / first->file, 1U << 24U).value();
  // The same again, as after a power cut before the journal noted it: the same file.
  const auto again = archive(hours{24} * 401 + Millis{1});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->file, first->file);
  EXPECT_EQ(read_file(folder_ / first->file, 1U << 24U).value(), bytes);
  // A damaged journal is set aside, and the next one counts from 1.
  for (const char* const end : {"", "-wal", "-shm"}) std::filesystem::remove(file().string() + end);
  {
    Journal journal(options_in(folder_.path()));
    for (int day = 0; day < 3; ++day)
      CHECK(journal.append(play_at(hours{24} * day + seconds{1})) == Acknowledged::recorded);
    CHECK(journal.end(moment(hours{24} * 3)));
  }
  const auto second = archive(hours{24} * 401 + hours{1});
  ASSERT_TRUE(second);
  EXPECT_EQ(second->file, "plays-00000001-00000003-2.sealed");
  EXPECT_EQ(read_file(folder_ / first->file, 1U << 24U).value(), bytes);
  const KeyBytes key = read_public_half(folder_ / "device.pub").value();
  for (const auto& name : {first->file, second->file})
    EXPECT_TRUE(verified(folder_ / name, key).is_good()) << name;
  EXPECT_FALSE(std::filesystem::exists(folder_ / "plays.sealing"));
}

TEST_F(Archives, AnArchiveVerifiesByItselfAndTheJournalGoesOnAfterIt) {
  play_days(5);
  {
    JournalOptions later = options_in(folder_.path());
    later.begun = moment(hours{24} * 403);
    Journal journal(later);
    ASSERT_TRUE(wait_until([&] { return rows_of(file()).front().sequence == 5; }));
    ASSERT_TRUE(journal.end(moment(hours{24} * 404)));
  }
  const KeyBytes key = read_public_half(folder_ / "device.pub").value();
  const Verification archived = verified(folder_ / "plays-00000001-00000004.sealed", key);
  EXPECT_TRUE(archived.is_good()) << first_finding(archived);
  EXPECT_EQ(archived.unsealed, 0);
  const Verification left = verified(file(), key);
  EXPECT_TRUE(left.is_good()) << first_finding(left);
  EXPECT_EQ(left.first, 5);
  EXPECT_EQ(left.before, archived.end);
  EXPECT_EQ(left.archive, "plays-00000001-00000004.sealed");
}

TEST_F(Archives, RowsOfADoubtfulClockNeitherAgeNorHoldUp) {
  {
    Journal journal(options_in(folder_.path()));
    ASSERT_TRUE(wait_until([&] { return journal.state().sealed == 1; }));
    Play old = play_at(seconds{0});
    Play doubtful = play_at(seconds{9});
    doubtful.start.civil = Instant{};  // 1970
    doubtful.start.grade = ClockGrade::floor_only;
    for (const Play& play : {old, doubtful, play_at(hours{24})}) {
      ASSERT_EQ(journal.append(play), Acknowledged::recorded);
    }
    ASSERT_TRUE(journal.end(moment(hours{25})));
  }
  const auto note = archive(hours{24} * 400 + seconds{1});
  ASSERT_TRUE(note);
  EXPECT_EQ(note->last_sequence, 1) << "up to the last checkpoint before a young row";
}

// ---- The reserve ---------------------------------------------------------------------------

TEST_F(JournalTest, TheReserveGrowsStepByStepAndSaysWhatIsMissing) {
  Reserve reserve(folder_ / "plays.reserve", 3 * kReserveStep);
  EXPECT_EQ(reserve.missing(), 3 * kReserveStep);
  ASSERT_TRUE(reserve.fill(kReserveStep));
  EXPECT_EQ(reserve.missing(), 2 * kReserveStep);
  ASSERT_TRUE(reserve.fill(100 * kReserveStep));
  EXPECT_EQ(reserve.missing(), 0U);
  EXPECT_EQ(reserve.give(), Reserve::Gave::nothing) << "the disk has room";
}

// A full disk that keeps a share for root, as ext4 does, which root has eaten into by so much.
class RootsShare {
 public:
  RootsShare(fs::path reserve, std::uint64_t eaten)
      : reserve_(std::move(reserve)), held_(held()), eaten_(eaten) {}

  [[nodiscard]] std::uint64_t available() const {
    const std::uint64_t given = held_ - held();
    return given > eaten_ ? given - eaten_ : 0;
  }
  void give_back(std::uint64_t bytes) { eaten_ -= bytes; }

 private:
  [[nodiscard]] std::uint64_t held() const { return allocated_bytes(reserve_).value_or(0); }

  fs::path reserve_;
  std::uint64_t held_;
  std::uint64_t eaten_;
};

class ReserveOfAFullDisk : public JournalTest {
 protected:
  ReserveOfAFullDisk() {
    const Reserve whole(file_, 3 * kReserveStep);
    EXPECT_TRUE(whole.fill(3 * kReserveStep));
  }
  [[nodiscard]] Reserve reserve_on(const RootsShare& disk) const {
    return {file_, 3 * kReserveStep, [&disk](const fs::path&) { return disk.available(); }};
  }
  fs::path file_ = folder_ / "plays.reserve";
};

TEST_F(ReserveOfAFullDisk, GivesAStepAsLongAsThatHelps) {
  const RootsShare disk(file_, kReserveStep - 1);
  Reserve reserve = reserve_on(disk);
  EXPECT_EQ(reserve.give(), Reserve::Gave::room);
  EXPECT_EQ(disk.available(), 1U);
  EXPECT_EQ(reserve.give(), Reserve::Gave::room);
  EXPECT_EQ(reserve.give(), Reserve::Gave::nothing) << "there is a step and more";
  EXPECT_EQ(reserve.missing(), 2 * kReserveStep);
}

TEST_F(ReserveOfAFullDisk, StopsAfterTheStepThatHelpedNobody) {
  const RootsShare disk(file_, kReserveStep);
  Reserve reserve = reserve_on(disk);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(reserve.give(), Reserve::Gave::nothing) << i;
  EXPECT_EQ(reserve.missing(), kReserveStep);
}

TEST_F(ReserveOfAFullDisk, GivesAgainOnceSomethingIsFree) {
  RootsShare disk(file_, kReserveStep);
  Reserve reserve = reserve_on(disk);
  EXPECT_EQ(reserve.give(), Reserve::Gave::nothing);
  disk.give_back(1);
  EXPECT_EQ(reserve.give(), Reserve::Gave::room);
  EXPECT_EQ(reserve.missing(), 2 * kReserveStep);
}

}  // namespace
}  // namespace noseon::testing
