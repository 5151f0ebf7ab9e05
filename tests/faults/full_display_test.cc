// The player on a disk without a byte free: it plays on, every play is written into the room that
// was held in reserve, or waits, and what the journal has it keeps.
#include <gtest/gtest.h>

#include <iostream>
#include <thread>

#include "base/files.h"
#include "tests/faults/display.h"
#include "tests/faults/journal_judge.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/small_disk.h"
#include "tests/faults/summary.h"
#include "tests/player/virtual_screen.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Posters of a second each: two have gone by then.
constexpr auto kPlays = 4s;
constexpr int kEndsMillis = 20'000;

// What it said; nothing where it did not end well. `meanwhile` comes while the first poster stands.
std::optional<std::string> play(const fs::path& display, const fs::path& log,
                                const std::function<void()>& meanwhile) {
  std::vector<std::string> words = player_on(display);
  words.emplace_back("--stats");
  Program player(words, {"SDL_VIDEODRIVER=offscreen", kKeepsLeaks}, log);
  std::this_thread::sleep_for(500ms);
  meanwhile();
  std::this_thread::sleep_for(kPlays);
  player.signal(SIGTERM);
  const auto ended = player.wait_for_end(kEndsMillis);
  if (ended == 0) return player.said();
  std::cout << "  ended with " << ended.value_or(-1) << ": " << player.said() << '\n';
  return std::nullopt;
}

// "dark 3 ms; read back ..." of what a player that has ended said; -1 where it does not say.
std::int64_t dark_ms_in(const std::string& said) {
  const std::size_t at = said.rfind("dark ");
  return at == said.npos ? -1 : std::strtoll(said.c_str() + at + 5, nullptr, 10);
}

bool was_read_back(const std::string& said) {
  return said.find("read back ") != said.npos && said.find("read back 0 times") == said.npos;
}

bool is_never_dark(const char* name, const std::string& said) {
  const std::int64_t dark = dark_ms_in(said);
  if (dark < 0 || !was_read_back(said)) return false;
  say_measured(name, "dark", dark, "ms", Bound::at_most, 0);
  return dark == 0;
}

class FullDisplay : public ::testing::Test {
 protected:
  // The code that `body` ends with: 0 where all is well.
  void expect_well(const char* name, const std::function<int()>& body) {
    const int code = with_small_disk(disk_.path(), "24m", body);
    if (code == kCannotMount) GTEST_SKIP() << "this user may not mount a small disk: be root";
    EXPECT_EQ(code, 0);
    say_survived(name, 1, code == 1 ? 0 : 1, code == 0 ? 1 : 0);
  }
  fs::path log() { return logs_ / "log"; }

  MemoryFolder disk_;
  MemoryFolder logs_;
};

// 1: it was not full. Everything else says what was wrong.
TEST_F(FullDisplay, WithRoomInReserveWritesEveryPlayIntoIt) {
  constexpr const char* kName = "full disk of a display with a reserve";
  expect_well(kName, [&] {
    const fs::path display = disk_ / "display";
    make_display(display);
    if (!play(display, log(), [] {})) return 2;
    if (fs::file_size(display / "journal/plays.reserve") == 0) return 3;
    const std::int64_t before = plays_in(display / "journal");
    const auto said = play(display, log(), [&] { fill(disk_.path(), 0); });
    if (!said) return 4;
    if (!is_never_dark(kName, *said)) return 5;
    if (plays_in(display / "journal") < before + 2) return 6;
    const auto wrong = wrong_with_display(display, before + 2);
    if (wrong) std::cout << "  " << *wrong << '\n';
    return wrong ? 7 : 0;
  });
}

TEST_F(FullDisplay, WithoutAnyRoomPlaysOnAndKeepsItsJournal) {
  constexpr const char* kName = "full disk of a display without a reserve";
  expect_well(kName, [&] {
    const fs::path display = disk_ / "display";
    make_display(display);
    if (!play(display, log(), [] {})) return 2;
    const std::int64_t before = plays_in(display / "journal");
    fs::remove(display / "journal/plays.reserve");
    fill(disk_.path(), 0);
    const auto said = play(display, log(), [] {});
    if (bytes_free(disk_.path()) != 0) return 1;
    if (!said) return 4;
    if (!is_never_dark(kName, *said)) return 5;
    if (said->find("plays cannot be written down and wait in memory") == said->npos) return 6;
    // Elsewhere: who reads a log needs room for its index.
    fs::copy(display / "journal", logs_ / "journal");
    if (plays_in(logs_ / "journal") != before) return 7;
    fs::remove(disk_ / "filler");
    if (!play(display, log(), [] {})) return 8;
    const auto wrong = wrong_with_display(display, before + 2);
    if (wrong) std::cout << "  " << *wrong << '\n';
    return wrong ? 9 : 0;
  });
}

}  // namespace
}  // namespace noseon::faults
