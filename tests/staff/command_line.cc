#include "tests/staff/command_line.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

constexpr std::uint64_t kOutputMax = 64U << 20U;

}  // namespace

Ran run_noseon(const std::vector<std::string>& arguments) {
  const TemporaryFolder scratch;
  const std::string program = std::string(NOSEON_BIN_DIR) + "/noseon";
  std::vector<std::string> words = {"noseon"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::filesystem::path out = scratch / "out";
  const std::filesystem::path err = scratch / "err";
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = -1;
  EXPECT_EQ(posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);

  int status = 0;
  EXPECT_EQ(waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status)) << "killed by signal " << WTERMSIG(status);
  return {WEXITSTATUS(status), read_file(out, kOutputMax).value(),
          read_file(err, kOutputMax).value()};
}

std::string demo() {
  return std::string(NOSEON_SOURCE_DIR) + "/media/demo";
}

}  // namespace noseon::testing
