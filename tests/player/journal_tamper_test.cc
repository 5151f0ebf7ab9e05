// verify() finds whatever one may change in a journal before its last checkpoint: a thousand random
// changes, each to one row, each on a copy of a good journal.
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "base/files.h"
#include "tests/player/journal_rig.h"

namespace noseon::testing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kChanges = 1000;
constexpr int kPlays = 158;  // eight after the last checkpoint

// A journal with a checkpoint every two minutes, and some rows after the last one.
class Tampering : public ::testing::Test {
 protected:
  void SetUp() override {
    {
      JournalOptions options = options_in(folder_.path());
      options.seal_every = minutes{2};
      Journal journal(options);
      for (int i = 0; i < kPlays; ++i) {
        Play play = play_at(seconds{8} * i);
        play.complete = i % 3 != 0;
        if (i % 4 == 0) play.start.grade = ClockGrade::floor_only;
        ASSERT_EQ(journal.append(play), Acknowledged::recorded);
      }
    }
    Sql(good()).run("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
    key_ = read_public_half(folder_ / "device.pub").value();
    const Verification found = verified(good(), key_);
    ASSERT_TRUE(found.is_good()) << first_finding(found);
    ASSERT_GT(found.unsealed, 5);
    sealed_ = found.sealed;
    checkpoints_ = found.checkpoints;
    ASSERT_GE(checkpoints_, 5);
  }

  [[nodiscard]] std::filesystem::path good() const { return folder_ / "plays.db"; }

  // What verify() says of a copy after `sql`; what cannot be read at all counts as found.
  [[nodiscard]] std::string said_after(const std::string& sql) const {
    const std::filesystem::path copy = folder_ / "copy.db";
    std::filesystem::copy_file(good(), copy, std::filesystem::copy_options::overwrite_existing);
    { Sql(copy).run(sql); }
    const auto journal = JournalFile::open(copy);
    if (!journal) return journal.error().message;
    const auto found = verify(*journal, key_);
    if (!found) return found.error().message;
    return found->is_good() ? "" : first_finding(*found);
  }

  // Where in the file the table's first leaf is (https://www.sqlite.org/fileformat2.html, 1.6).
  [[nodiscard]] std::size_t first_leaf_of(const char* table, const std::string& bytes) const {
    const auto number = [&](std::size_t at, int count) {
      std::size_t value = 0;
      for (int i = 0; i < count; ++i, ++at)
        value = value << 8U | static_cast<std::uint8_t>(bytes[at]);
      return value;
    };
    const std::size_t page_bytes = number(16, 2);
    std::size_t page = (Sql(good()).number(fmt::format(
                            "SELECT rootpage FROM sqlite_schema WHERE name = '{}'", table)) -
                        1) *
                       page_bytes;
    while (bytes[page] == 5) page = (number(page + number(page + 12, 2), 4) - 1) * page_bytes;
    CHECK(bytes[page] == 13);
    return page;
  }

  TemporaryFolder folder_;
  KeyBytes key_{};
  std::int64_t sealed_ = 0;
  std::int64_t checkpoints_ = 0;
};

class Tamperer {
 public:
  Tamperer(std::uint32_t seed, std::int64_t sealed, std::int64_t checkpoints)
      : random_(seed), sealed_(sealed), checkpoints_(checkpoints) {}

  // One change as SQL: `kind` goes round, so that each kind has its part of the thousand.
  std::string change(int kind) {
    const auto columns = static_cast<int>(kColumns.size());
    const auto seals = static_cast<int>(kSealColumns.size());
    if (kind < columns) return altered(kColumns[static_cast<std::size_t>(kind)]);
    kind -= columns;
    if (kind < seals) return altered_seal(kSealColumns[static_cast<std::size_t>(kind)]);
    switch (kind - seals) {
      case 0:
        return removed();
      case 1:
        return removed_and_closed_up();
      case 2:
        return added();
      case 3:
        return swapped();
      case 4:
        return cut();
      case 5:
        return checkpoint_removed();
      default:
        return added_before_the_first();
    }
  }
  static constexpr int kKinds = 17 + 7 + 7;

 private:
  struct Column {
    const char* name;
    const char* other;  ///< a value that is never the same as before
  };
  const std::vector<Column> kColumns = {
      {"kind", "CASE kind WHEN 'play' THEN 'lost' ELSE 'play' END"},
      {"display", "display || 'x'"},
      {"boot", "replace(boot, '8', '7')"},
      {"agency", "agency || ' '"},
      {"campaign", "upper(campaign) || 'x'"},
      {"item", "item || 's'"},
      {"generation", "generation + 1"},
      {"blobs", "blobs || '0'"},
      {"start", "start - 1"},
      {"grade", "CASE grade WHEN 'trusted' THEN 'floor-only' ELSE 'trusted' END"},
      {"steady", "steady + 1"},
      {"shown", "shown + 1"},
      {"complete", "1 - complete"},
      {"route", "route || '1'"},
      {"places", "places || ' '"},
      {"count", "count + 1"},
      {"note", "note || '.'"},
  };
  const std::vector<Column> kSealColumns = {
      {"first", "first + 1"},
      {"sequence", "sequence - 1"},
      {"hash", "zeroblob(32)"},
      {"time", "time + 1"},
      {"grade", "CASE grade WHEN 'trusted' THEN 'floor-only' ELSE 'trusted' END"},
      {"key", "zeroblob(32)"},
      {"signature", "zeroblob(64)"},
  };

  std::int64_t between(std::int64_t least, std::int64_t most) {
    return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
  }
  std::string altered(const Column& column) {
    return fmt::format("UPDATE rows SET {} = {} WHERE sequence = {}", column.name, column.other,
                       between(1, sealed_));
  }
  std::string altered_seal(const Column& column) {
    return fmt::format("UPDATE checkpoints SET {} = {} WHERE number = {}", column.name,
                       column.other, between(1, checkpoints_));
  }
  std::string removed() {
    return fmt::format("DELETE FROM rows WHERE sequence = {}", between(1, sealed_));
  }
  std::string removed_and_closed_up() {
    const std::int64_t at = between(1, sealed_ - 1);
    return fmt::format(
        "DELETE FROM rows WHERE sequence = {0}; UPDATE rows SET sequence = sequence - 1 WHERE "
        "sequence > {0}",
        at);
  }
  std::string added() {
    return fmt::format(
        "UPDATE rows SET sequence = -sequence WHERE sequence > {0}; "
        "UPDATE rows SET sequence = 1 - sequence WHERE sequence < 0; "
        "CREATE TEMP TABLE one AS SELECT * FROM rows WHERE sequence = {0}; "
        "UPDATE one SET sequence = {0} + 1; INSERT INTO rows SELECT * FROM one",
        between(1, sealed_ - 1));
  }
  std::string added_before_the_first() {
    return "CREATE TEMP TABLE one AS SELECT * FROM rows WHERE sequence = 1; "
           "UPDATE one SET sequence = 0; INSERT INTO rows SELECT * FROM one";
  }
  std::string swapped() {
    const std::int64_t a = between(1, sealed_);
    const std::int64_t b = a == sealed_ ? a - 1 : a + 1;
    return fmt::format(
        "UPDATE rows SET sequence = -1 WHERE sequence = {0}; UPDATE rows SET sequence = {0} WHERE "
        "sequence = {1}; UPDATE rows SET sequence = {1} WHERE sequence = -1",
        a, b);
  }
  std::string cut() {
    return fmt::format("DELETE FROM rows WHERE sequence >= {}", between(1, sealed_));
  }
  std::string checkpoint_removed() {
    return fmt::format("DELETE FROM checkpoints WHERE number = {}", between(1, checkpoints_ - 1));
  }

  std::mt19937 random_;
  std::int64_t sealed_;
  std::int64_t checkpoints_;
};

TEST_F(Tampering, EachOfAThousandChangesBeforeTheLastCheckpointIsFound) {
  const char* given = std::getenv("NOSEON_SEED");
  const std::uint32_t seed = given != nullptr
                                 ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10))
                                 : std::random_device{}();
  std::printf("seed %u\n", seed);
  Tamperer tamperer(seed, sealed_, checkpoints_);
  int found = 0;
  for (int i = 0; i < kChanges; ++i) {
    const std::string sql = tamperer.change(i % Tamperer::kKinds);
    if (!said_after(sql).empty()) {
      ++found;
    } else {
      ADD_FAILURE() << "not found: " << sql;
    }
  }
  std::printf("%d of %d changes found\n", found, kChanges);
  EXPECT_EQ(found, kChanges);
}

TEST_F(Tampering, TheHashOfTheRowBeforeIsHeldAgainstIt) {
  EXPECT_EQ(said_after("UPDATE rows SET previous = zeroblob(32) WHERE sequence = 7"),
            "row 7: does not follow the row before it: one of the two was altered, moved, added or "
            "removed");
}

TEST_F(Tampering, RowsAfterTheLastCheckpointAreReportedAsUnsealed) {
  const std::filesystem::path copy = folder_ / "copy.db";
  std::filesystem::copy_file(good(), copy);
  { Sql(copy).run(fmt::format("DELETE FROM rows WHERE sequence > {}", sealed_ + 2)); }
  const Verification found = verified(copy, key_);
  EXPECT_TRUE(found.is_good());
  EXPECT_EQ(found.unsealed, 2);
}

TEST_F(Tampering, ABeginningThatIsGoneWithItsCheckpointsIsMissed) {
  EXPECT_EQ(said_after("DELETE FROM checkpoints WHERE sequence <= 20; "
                       "DELETE FROM rows WHERE sequence <= 20"),
            "row 21: the journal began with row 1 when it was sealed");
}

// A value that overflows a sum, or a date, is none to hand to those who add up and print.
TEST_F(Tampering, AValueThatNoJournalWritesIsNoRowFromTheFirstOnThatIsNone) {
  const auto is_read = [&](const std::string& column, std::int64_t value) {
    const std::string said =
        said_after(fmt::format("UPDATE rows SET {} = {} WHERE sequence = 7", column, value));
    const bool is_refused = said.find("7 has a value that no journal writes") != said.npos;
    EXPECT_TRUE(is_refused || said.find("row 8: does not follow") != said.npos) << said;
    return !is_refused;
  };
  const std::int64_t first = kBeginningOfTime.time_since_epoch().count();
  const std::int64_t end = kEndOfTime.time_since_epoch().count();
  const std::int64_t longest = Millis{std::chrono::days{5000}}.count();
  EXPECT_TRUE(is_read("start", first) && is_read("start", end));
  EXPECT_FALSE(is_read("start", first - 1) || is_read("start", end + 1));
  for (const auto& [length, most] : {std::pair{"shown", longest}, std::pair{"steady", end}}) {
    EXPECT_TRUE(is_read(length, 0) && is_read(length, most)) << length;
    EXPECT_FALSE(is_read(length, -1) || is_read(length, most + 1)) << length;
  }
  EXPECT_TRUE(is_read("count", kSequenceMax));
  EXPECT_FALSE(is_read("count", -1) || is_read("count", kSequenceMax + 1));
  const auto moved_to = [&](std::int64_t sequence) {
    return said_after(fmt::format("UPDATE rows SET sequence = {} WHERE sequence = 7", sequence));
  };
  for (const std::int64_t far : {kSequenceMax + 1, -kSequenceMax - 1, INT64_MAX, INT64_MIN})
    EXPECT_NE(moved_to(far).find("no journal writes"), std::string::npos) << far;
  for (const std::int64_t near : {kSequenceMax, -kSequenceMax})
    EXPECT_EQ(moved_to(near).find("no journal writes"), std::string::npos) << near;
}

// Two pointers of a page, exchanged: SQLite reads the rows in the order in which it finds them.
TEST_F(Tampering, ADatabaseWhoseTreeGivesRowsOutOfTheirOrderIsDamaged) {
  for (const char* table : {"rows", "checkpoints"}) {
    std::string bytes = read_file(good(), 1U << 24U).value();
    const std::size_t at = first_leaf_of(table, bytes) + 8;
    std::swap_ranges(&bytes[at], &bytes[at + 2], &bytes[at + 2]);
    const std::filesystem::path copy = folder_.write("swapped.db", bytes);
    const auto found = verify(JournalFile::open(copy).value(), key_);
    ASSERT_FALSE(found) << table;
    EXPECT_EQ(found.error().kind, ErrorKind::bad_format);
    EXPECT_NE(found.error().message.find(fmt::format("its {} repeat", table)), std::string::npos)
        << found.error().message;
  }
}

TEST_F(Tampering, ARowMadeByATriggerOrAViewIsNoRow) {
  EXPECT_NE(said_after("CREATE TRIGGER t AFTER INSERT ON rows BEGIN SELECT 1; END"), "");
  EXPECT_NE(said_after("DROP TABLE rows; CREATE VIEW rows AS SELECT 1"), "");
}

TEST_F(Tampering, AllCheckpointsMadeAnewWithAnotherKeyAreSeenByWhoHasTheDevices) {
  const DeviceKey other = DeviceKey::open_or_make(folder_ / "other.key").value();
  std::string sql;
  for (Checkpoint checkpoint : checkpoints_of(good())) {
    checkpoint.key = other.public_half();
    const Signature signature = other.sign(canonical(checkpoint));
    sql += fmt::format(
        "UPDATE checkpoints SET key = x'{:02x}', signature = x'{:02x}' WHERE "
        "number = {};",
        fmt::join(checkpoint.key, ""), fmt::join(signature, ""), checkpoint.number);
  }
  EXPECT_NE(said_after(sql), "");
}

}  // namespace
}  // namespace noseon::testing
