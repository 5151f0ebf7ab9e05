// A journal whose writer is killed at any moment has every play that was acknowledged.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>

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

Writer start_writer(const std::filesystem::path& folder, std::int64_t first) {
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
  CHECK(::posix_spawn(&writer.pid, program.c_str(), &actions, nullptr, words, environ) == 0);
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

TEST(JournalKilled, LosesNoPlayThatItAcknowledged) {
  const int kills = is_long_run() ? 400 : 40;
  const char* given = std::getenv("NOSEON_SEED");
  const std::uint32_t seed = given != nullptr
                                 ? static_cast<std::uint32_t>(std::strtoul(given, nullptr, 10))
                                 : std::random_device{}();
  std::printf("seed %u\n", seed);
  std::mt19937 random(seed);
  const TemporaryFolder folder;
  std::set<std::int64_t> acknowledged;
  for (int kill = 0; kill < kills; ++kill) {
    const std::int64_t first = acknowledged.empty() ? 0 : *acknowledged.rbegin() + 2;
    const Writer writer = start_writer(folder.path(), first);
    char byte = 0;  // the first answer: it is on its way
    ASSERT_EQ(::read(writer.out.get(), &byte, 1), 1);
    ::usleep(std::uniform_int_distribution<useconds_t>(0, 100'000)(random));
    ASSERT_EQ(::kill(writer.pid, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(writer.pid, &status, 0), writer.pid);
    ASSERT_TRUE(WIFSIGNALED(status)) << "it ended by itself";
    const std::string said = byte + read_all(writer.out);
    for (std::size_t at = 0; at < said.size(); at = said.find('\n', at) + 1) {
      acknowledged.insert(std::stoll(said.substr(at)));
    }
  }
  std::set<std::int64_t> there;
  for (const Row& row : rows_of(folder / "plays.db")) {
    if (row.kind == RecordKind::play) there.insert((row.start - kMorning).count() / 8);
  }
  int lost = 0;
  for (const std::int64_t play : acknowledged) lost += there.contains(play) ? 0 : 1;
  std::printf("%d kills, %zu acknowledged plays, %d lost\n", kills, acknowledged.size(), lost);
  const auto tried = static_cast<std::size_t>(kills);
  faults::say_survived("kill of the journal's writer", tried, tried, lost == 0 ? tried : 0);
  EXPECT_EQ(lost, 0);
  EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(kills));
  const Verification found = verified(folder / "plays.db");
  EXPECT_TRUE(found.is_good()) << first_finding(found);
}

}  // namespace
}  // namespace noseon::testing
