// A journal whose writer is killed at any moment has every play that was acknowledged.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include "base/handle.h"
#include "tests/faults/summary.h"
#include "tests/player/journal_rig.h"
#include "tests/support/long_run.h"

namespace noseon::testing {
namespace {

struct Writer {
  pid_t pid = -1;
  Fd out;
};

// Planted in the writer: it says a play before it is on the disk.
enum class Says { when_it_is_there, early };

Writer start_writer(const std::filesystem::path& folder, std::int64_t first, Says says) {
  int ends[2] = {-1, -1};
  CHECK(::pipe2(ends, O_CLOEXEC) == 0);
  Writer writer;
  writer.out = Fd(ends[0]);
  const Fd in(ends[1]);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in.get(), 1);
  std::string program = std::string(NOSEON_BIN_DIR) + "/journal_writer";
  std::string where = folder.string();
  std::string number = std::to_string(first);
  char* words[] = {program.data(), where.data(), number.data(), nullptr};
  if (says == Says::early) ::setenv("JOURNAL_WRITER_SAYS", "early", 1);
  CHECK(::posix_spawn(&writer.pid, program.c_str(), &actions, nullptr, words, environ) == 0);
  ::unsetenv("JOURNAL_WRITER_SAYS");
  posix_spawn_file_actions_destroy(&actions);
  return writer;
}

// Everything it said until it was gone; the last line may be torn.
std::string read_all(const Fd& out) {
  std::string text;
  char bytes[4096];
  for (ssize_t n = 0; (n = ::read(out.get(), bytes, sizeof bytes)) > 0;) {
    text.append(bytes, static_cast<std::size_t>(n));
  }
  return text.substr(0, text.rfind('\n') + 1);
}

class JournalKilled : public ::testing::Test {
 protected:
  JournalKilled() {
    const char* given = std::getenv("NOSEON_SEED");
    const std::uint32_t seed = given != nullptr
                                   ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10))
                                   : std::random_device{}();
    std::printf("seed %u\n", seed);
    random_.seed(seed);
  }

  // A writer that goes on where the one before was, until it is killed.
  void kill_one(Says says) {
    const std::int64_t first = acknowledged_.empty() ? 0 : *acknowledged_.rbegin() + 2;
    const Writer writer = start_writer(folder_.path(), first, says);
    char byte = 0;  // the first answer: it is on its way
    ASSERT_EQ(::read(writer.out.get(), &byte, 1), 1);
    ::usleep(std::uniform_int_distribution<useconds_t>(0, 100'000)(random_));
    ASSERT_EQ(::kill(writer.pid, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(writer.pid, &status, 0), writer.pid);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    const std::string said = byte + read_all(writer.out);
    for (std::size_t at = 0; at < said.size(); at = said.find('\n', at) + 1) {
      acknowledged_.insert(std::stoll(said.substr(at)));
    }
  }
  // Of those acknowledged; all where there is no journal to be read.
  [[nodiscard]] std::int64_t lost() const {
    std::set<std::int64_t> there;
    const auto journal = JournalFile::open(folder_ / "plays.db");
    const Status read = !journal ? Status() : journal->each_row([&](const Row& row) {
      if (row.kind == RecordKind::play) there.insert((row.start - kMorning).count() / 8);
      return true;
    });
    if (!read) there.clear();
    return std::ranges::count_if(acknowledged_,
                                 [&](std::int64_t play) { return !there.contains(play); });
  }

  const TemporaryFolder folder_;
  std::mt19937 random_;
  std::set<std::int64_t> acknowledged_;
};

TEST_F(JournalKilled, LosesNoPlayThatItAcknowledged) {
  const std::size_t kills = is_long_run() ? 400 : 40;
  for (std::size_t kill = 0; kill < kills; ++kill) {
    ASSERT_NO_FATAL_FAILURE(kill_one(Says::when_it_is_there));
  }
  const std::int64_t lost = this->lost();
  std::printf("%zu kills, %zu acknowledged plays, %ld lost\n", kills, acknowledged_.size(), lost);
  faults::say_survived("kill of the journal's writer", kills, kills, lost == 0 ? kills : 0);
  faults::say_measured("kill of the journal's writer", "acknowledged plays lost", lost, "plays",
                       faults::Bound::at_most, 0);
  EXPECT_EQ(lost, 0);
  EXPECT_GE(acknowledged_.size(), kills);
  const Verification found = verified(folder_ / "plays.db");
  EXPECT_TRUE(found.is_good()) << first_finding(found);
}

// Each kill has to come between two calls: most come at the sync, when it is written already.
TEST_F(JournalKilled, LosesOneThatItAcknowledgedTooEarlyWhichTheJudgeSees) {
  constexpr int kKillsMost = 400;
  std::int64_t lost = 0;
  int kills = 0;
  for (; lost == 0 && kills < kKillsMost; ++kills) {
    ASSERT_NO_FATAL_FAILURE(kill_one(Says::early));
    lost = this->lost();
  }
  std::printf("%d kills, %ld lost\n", kills, lost);
  faults::say_planted("kill of the journal's writer", 1, lost > 0 ? 1 : 0);
  EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace noseon::testing
