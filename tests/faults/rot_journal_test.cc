// Single bytes of the journal that change by themselves: whoever verifies it finds each one, or it
// is in a place that means nothing, and every row reads as it was written.
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "base/files.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/summary.h"
#include "tests/player/journal_rig.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

#ifdef NOSEON_SANITIZED
constexpr int kFlipsQuick = 150;
#else
constexpr int kFlipsQuick = 500;
#endif

struct Content {
  std::vector<Row> rows;
  std::vector<Checkpoint> checkpoints;
  friend bool operator==(const Content&, const Content&) = default;
};

// What whoever verifies it sees; nothing where he is told that it is not what was written.
std::optional<Content> verified_content(const fs::path& file) {
  const auto journal = JournalFile::open(file);
  if (!journal) return std::nullopt;
  const auto found = verify(*journal, std::nullopt);
  if (!found || !found->is_good()) return std::nullopt;
  Content content;
  const Status rows = journal->each_row([&](const Row& row) {
    content.rows.push_back(row);
    return true;
  });
  const Status checkpoints = journal->each_checkpoint([&](const Checkpoint& checkpoint) {
    content.checkpoints.push_back(checkpoint);
    return true;
  });
  if (!rows || !checkpoints) return std::nullopt;
  return content;
}

bool is_cut_back(const Content& now, const Content& before) {
  return now.rows.size() < before.rows.size() &&
         std::equal(now.rows.begin(), now.rows.end(), before.rows.begin());
}

void flip(const fs::path& file, std::size_t offset, char with) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  bytes.seekg(static_cast<std::streamoff>(offset));
  const char was = static_cast<char>(bytes.get());
  bytes.seekp(static_cast<std::streamoff>(offset));
  bytes.put(static_cast<char>(was ^ with));
}

// Ten minutes sealed at the time, then the end.
void write_journal(const fs::path& folder) {
  JournalOptions options = testing::options_in(folder);
  options.seal_every = std::chrono::minutes{2};
  Journal journal(options);
  for (int i = 0; i < 60; ++i) {
    ASSERT_EQ(journal.append(testing::play_at(std::chrono::seconds{8} * i)),
              Acknowledged::recorded);
  }
  ASSERT_TRUE(journal.end(testing::moment(std::chrono::minutes{9})));
}

class RotOfTheJournal : public ::testing::Test {
 protected:
  std::size_t pick(std::size_t from, std::size_t to) {
    return std::uniform_int_distribution<std::size_t>(from, to)(random_);
  }
  static int flips() { return is_long_run() ? 10'000 : kFlipsQuick; }

  MemoryFolder folder_;
  std::uint64_t seed_ = seed_of_run();
  std::mt19937_64 random_{seed_};
};

TEST_F(RotOfTheJournal, IsFoundOrChangesNothingThatIsRead) {
  write_journal(folder_ / "journal");
  const fs::path file = folder_ / "journal/plays.db";
  const std::size_t bytes = fs::file_size(file);
  const auto before = verified_content(file);
  ASSERT_TRUE(before);
  ASSERT_EQ(before->rows.size(), 61U);
  std::cout << "  seed " << seed_ << ", " << bytes << " bytes\n";
  std::size_t found = 0;
  std::size_t harmless = 0;
  std::size_t missed = 0;
  for (int i = 0; i < flips(); ++i) {
    const std::size_t offset = pick(0, bytes - 1);
    const char with = static_cast<char>(pick(1, 255));
    flip(file, offset, with);
    const auto now = verified_content(file);
    if (!now) {
      ++found;
    } else if (*now == *before) {
      ++harmless;
    } else {
      ++missed;
      ADD_FAILURE() << "not found: " << static_cast<int>(with) << " at " << offset;
    }
    flip(file, offset, with);
  }
  ASSERT_EQ(verified_content(file), before);
  std::cout << fmt::format("  {} found, {} in places that mean nothing\n", found, harmless);
  const std::size_t all = found + harmless + missed;
  say_survived("rot of the journal", all, all, all - missed);
  EXPECT_GT(found, all / 2);
}

// A log ends, for SQLite, where its checksums do: rot in it cuts the journal back, to a whole one,
// and never past what is sealed.
TEST_F(RotOfTheJournal, InItsLogCostsNoRowThatIsSealed) {
  {
    write_journal(folder_ / "writing");
    JournalOptions options = testing::options_in(folder_ / "writing");
    options.begun = testing::moment(std::chrono::minutes{8});
    options.seal_every = std::chrono::seconds{120};  // with row 76, of 81
    Journal journal(options);
    for (int i = 60; i < 80; ++i) {
      ASSERT_EQ(journal.append(testing::play_at(std::chrono::seconds{8} * i)),
                Acknowledged::recorded);
    }
    // As a power cut leaves it: with its log.
    fs::copy(folder_ / "writing", folder_ / "journal");
  }
  const fs::path file = folder_ / "journal/plays.db";
  const fs::path log = folder_ / "journal/plays.db-wal";
  const auto before = verified_content(file);
  ASSERT_TRUE(before);
  ASSERT_EQ(before->rows.size(), 81U);
  const auto sealed = static_cast<std::size_t>(before->checkpoints.back().sequence);
  ASSERT_EQ(sealed, 76U);
  std::size_t found = 0;
  std::size_t same = 0;
  std::size_t cut_back = 0;
  std::size_t wrong = 0;
  const int count = flips() / 5;
  for (int i = 0; i < count; ++i) {
    const std::size_t offset = pick(0, fs::file_size(log) - 1);
    const char with = static_cast<char>(pick(1, 255));
    flip(log, offset, with);
    const auto now = verified_content(file);
    if (!now) {
      ++found;
    } else if (*now == *before) {
      ++same;
    } else if (is_cut_back(*now, *before) && now->rows.size() >= sealed) {
      ++cut_back;
    } else {
      ++wrong;
      ADD_FAILURE() << "not found: " << static_cast<int>(with) << " at " << offset << "; "
                    << now->rows.size() << " rows are left";
    }
    flip(log, offset, with);
  }
  std::cout << fmt::format(
      "  {} found, {} in places that mean nothing, {} cut it back to a row after the seal\n", found,
      same, cut_back);
  EXPECT_GT(cut_back, 0U);
  const std::size_t all = found + same + cut_back + wrong;
  say_survived("rot of the journal's log", all, all, all - wrong);
}

}  // namespace
}  // namespace noseon::faults
