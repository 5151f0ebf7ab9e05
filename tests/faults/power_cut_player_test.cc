// The player itself when the power goes: every play that it said to be recorded is there, and what
// it had accepted of its store it goes on from.
#include <gtest/gtest.h>

#include "tests/faults/display.h"
#include "tests/faults/journal_judge.h"
#include "tests/faults/power_cut_test.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

#ifdef NOSEON_SANITIZED
constexpr Millis kPlays{8'000};
#else
constexpr Millis kPlays{5'000};
#endif
constexpr Millis kEnds{15'000};

// What is in the run folder is not on a disk: it is how the player tells others how it fares.
Calls with_status_said(const Calls& calls) {
  Calls changed;
  for (const DiskCall& call : calls) {
    if (!call.path.starts_with("run/")) {
      changed.push_back(call);
    } else if (call.kind == DiskCall::Kind::write) {
      changed.push_back({DiskCall::Kind::say, "", "", 0, call.bytes + "\n"});
    }
  }
  return changed;
}

// The last "recorded": N of all that was said.
std::int64_t recorded_in(const std::string& said) {
  constexpr std::string_view kWord = "\"recorded\":";
  const std::size_t at = said.rfind(kWord);
  return at == said.npos ? 0 : std::stoll(said.substr(at + kWord.size()));
}

class PowerCutOfThePlayer : public PowerCutTest {
 protected:
  PowerCutOfThePlayer() : PowerCutTest("power cut of the player") { make_display(folder_.path()); }

  Recording recorded_player() {
    std::vector<std::string> words{"env", "SDL_VIDEODRIVER=offscreen"};
    std::vector<std::string> player = player_on(folder_.path());
    // Frames may vanish at any time, and are mapped.
    *std::find(player.begin(), player.end(), (folder_ / "cache").string()) =
        (elsewhere_ / "cache").string();
    words.insert(words.end(), player.begin(), player.end());
    Recording recording = recorded(words, {kPlays + kEnds, kPlays});
    recording.calls = with_status_said(recording.calls);
    return recording;
  }
  static Judge judge(std::int64_t before) {
    return [=](const fs::path& disk, const std::string& said) {
      fs::create_directory(disk / "run");
      return wrong_with_display(disk, before + recorded_in(said));
    };
  }

  MemoryFolder elsewhere_;
};

TEST_F(PowerCutOfThePlayer, AtItsFirstStartLosesNoRecordedPlay) {
  expect_right(recorded_player(), judge(0), 60, 4);
}

TEST_F(PowerCutOfThePlayer, LosesNoRecordedPlay) {
  static_cast<void>(recorded_player());
  const std::int64_t before = plays_in(folder_ / "journal");
  expect_right(recorded_player(), judge(before), 60, 4);
}

TEST_F(PowerCutOfThePlayer, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  const Recording recording = recorded_player();
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, kSyncs), judge(0), "nothing is synced");
  expect_found(recording, without(calls, {sync_file}), judge(0), "no file is synced");
  expect_found(recording, without(calls, {sync_folder}), judge(0), "no folder is synced");
}

}  // namespace
}  // namespace noseon::faults
