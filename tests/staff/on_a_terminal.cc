#include "tests/staff/on_a_terminal.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>

namespace noseon::testing {
namespace {

constexpr std::chrono::seconds kPatience{30};

[[noreturn]] void become_noseon(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"noseon"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::setenv("LC_ALL", "C", 1);
  ::unsetenv("LANGUAGE");
  ::execv((std::string(NOSEON_BIN_DIR) + "/noseon").c_str(), pointers.data());
  ::_exit(127);
}

}  // namespace

OnATerminal::OnATerminal(const std::vector<std::string>& arguments) {
  int terminal = -1;
  child_ = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child_ == 0) become_noseon(arguments);
  EXPECT_GT(child_, 0);
  terminal_ = Fd(terminal);
}

OnATerminal::~OnATerminal() {
  if (child_ <= 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
}

std::string OnATerminal::read_until(const std::string& text) {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  std::size_t found = 0;
  while ((found = shown_.find(text)) == std::string::npos) {
    pollfd news{terminal_.get(), POLLIN, 0};
    std::array<char, 4096> bytes{};
    const bool is_late = std::chrono::steady_clock::now() >= deadline;
    if (!is_late && ::poll(&news, 1, 200) == 0) continue;
    const ssize_t got = is_late ? -1 : ::read(terminal_.get(), bytes.data(), bytes.size());
    if (got <= 0) {
      ADD_FAILURE() << "never showed \"" << text << "\", but: " << shown_;
      return shown_;
    }
    shown_.append(bytes.data(), static_cast<std::size_t>(got));
  }
  const std::string before = shown_.substr(0, found + text.size());
  shown_.erase(0, found + text.size());
  return before;
}

void OnATerminal::type(const std::string& keys) {
  EXPECT_EQ(::write(terminal_.get(), keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
}

int OnATerminal::exit_code() {
  // What it still shows is taken, or it could wait for that for ever. Who waits for us is killed.
  std::array<char, 4096> bytes{};
  pollfd news{terminal_.get(), POLLIN, 0};
  const int patience = static_cast<int>(std::chrono::milliseconds(kPatience).count());
  do {
    if (::poll(&news, 1, patience) == 0) ::kill(child_, SIGKILL);
  } while (::read(terminal_.get(), bytes.data(), bytes.size()) > 0);
  int status = 0;
  EXPECT_EQ(::waitpid(child_, &status, 0), child_);
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace noseon::testing
