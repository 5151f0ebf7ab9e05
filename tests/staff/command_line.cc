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

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

// Our own environment, but for what says the language.
std::vector<std::string> environment(const Locale& locale) {
  std::vector<std::string> all;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view text(*one);
    if (!text.starts_with("LC_") && !text.starts_with("LANG")) all.emplace_back(text);
  }
  for (const auto& [name, value] : locale) all.push_back(name + "=" + value);
  return all;
}

}  // namespace

Ran run_noseon(const std::vector<std::string>& arguments, const Locale& locale) {
  const TemporaryFolder scratch;
  const std::string program = std::string(NOSEON_BIN_DIR) + "/noseon";
  std::vector<std::string> words = {"noseon"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<std::string> variables = environment(locale);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  const std::filesystem::path out = scratch / "out";
  const std::filesystem::path err = scratch / "err";
  posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_addopen(&actions, 2, err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  pid_t pid = -1;
  EXPECT_EQ(posix_spawn(&pid, program.c_str(), &actions, nullptr, pointers(words).data(),
                        pointers(variables).data()),
            0);
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
