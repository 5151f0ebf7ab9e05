// What the player writes down of its store, when the power goes: it never takes an older release
// than one that it said to have accepted, and never forgets what it found damaged.
#include <gtest/gtest.h>

#include <sstream>

#include "base/files.h"
#include "player/accepted.h"
#include "player/quarantine.h"
#include "player/store_source.h"
#include "tests/faults/power_cut_test.h"
#include "tests/faults/signed_releases.h"
#include "tests/faults/strace.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWriter = NOSEON_BIN_DIR "/state_writer";

struct Known {
  std::int64_t accepted = 0;
  std::string damaged;
};

Known known_by(const std::string& said, std::int64_t accepted_before) {
  Known known{accepted_before, ""};
  std::istringstream lines(said);
  for (std::string what, value; lines >> what >> value;) {
    if (what == "accepted") known.accepted = std::stoll(value);
    if (what == "damaged") known.damaged = value;
  }
  return known;
}

std::optional<std::string> wrong_with_state(const fs::path& state, const fs::path& run,
                                            const Known& known) {
  const auto text = read_file(state / "accepted.json", kHistoryBytesMax);
  const bool is_none = !text && text.error().kind == ErrorKind::not_found;
  if (!is_none || known.accepted > 0) {
    if (!text) return text.error().message;
    const auto history = read_history(*text);
    if (!history) return "accepted.json: " + history.error().message;
    if (history->last.timestamp < known.accepted) return "an older release would be accepted";
  }
  const fs::path list = state / "quarantine.json";
  std::error_code ignored;
  const Quarantine quarantine(state, run);
  if (fs::exists(list, ignored) && quarantine.is_empty()) return "quarantine.json is torn";
  if (!known.damaged.empty() && !quarantine.contains(*sha256_from_hex(known.damaged))) {
    return "a damaged blob is forgotten";
  }
  return std::nullopt;
}

class PowerCutOfTheState : public PowerCutTest {
 protected:
  PowerCutOfTheState() : PowerCutTest("power cut of the player's state") { offer(1); }

  // The next release is in the store.
  void offer(int release) {
    releases_.serve(release);
    const auto synced = run_program(releases_.sync_command(store()), Millis(20'000));
    ASSERT_EQ(synced.exit_code, 0);
  }
  fs::path store() { return elsewhere_ / "store"; }
  std::vector<std::string> writer(bool finds_damage) {
    std::vector<std::string> words{kWriter,
                                   store().string(),
                                   (elsewhere_ / "root.json").string(),
                                   (elsewhere_ / "display.toml").string(),
                                   (folder_ / "state").string(),
                                   (elsewhere_ / "run").string()};
    if (finds_damage) words.push_back(blob());
    return words;
  }
  std::string blob() {
    for (const auto& entry : fs::recursive_directory_iterator(store() / "blobs")) {
      if (entry.is_regular_file()) return entry.path().filename();
    }
    return "";
  }
  void accept() { ASSERT_EQ(run_program(writer(false), Millis(20'000)).exit_code, 0); }
  Judge judge(std::int64_t accepted_before) {
    return [=, this](const fs::path& disk, const std::string& said) -> std::optional<std::string> {
      const Known known = known_by(said, accepted_before);
      if (auto wrong = wrong_with_state(disk / "state", elsewhere_ / "run", known)) return wrong;
      // The next start goes on, and leaves nothing unfinished behind.
      const SystemClock clock;
      StoreSource source({store(), elsewhere_ / "root.json", disk / "state", elsewhere_ / "run"},
                         {{}, elsewhere_ / "display.toml", {}, {}}, clock);
      if (!source.read_first().offer) return "the next start finds nothing to play";
      for (const auto& entry : fs::recursive_directory_iterator(disk)) {
        const std::string name = entry.path().filename();
        if (name.find(".part-") != name.npos) return "left over: " + name;
      }
      return std::nullopt;
    };
  }

  MemoryFolder elsewhere_;
  SignedReleases releases_{elsewhere_.path()};
};

TEST_F(PowerCutOfTheState, ThatIsNewForgetsNothingThatWasSaid) {
  expect_right(recorded(writer(true)), judge(0), 15);
}

TEST_F(PowerCutOfTheState, NeverGoesBackBehindWhatWasAccepted) {
  accept();
  offer(2);
  expect_right(recorded(writer(true)), judge(1), 15);
}

TEST_F(PowerCutOfTheState, FindsEachPlantedBug) {
  using enum DiskCall::Kind;
  accept();
  offer(2);
  const Recording recording = recorded(writer(true));
  const Calls& calls = recording.calls;
  expect_found(recording, without(calls, kSyncs), judge(1), "nothing is synced");
  expect_found(recording, without(calls, {sync_file}), judge(1), "no file is synced");
  expect_found(recording, without(calls, {sync_folder}), judge(1), "no folder is synced");
  expect_found(recording, renamed_before_synced(calls), judge(1),
               "a file is renamed before it is synced");
  expect_found(recording, said_too_early(calls, "state/accepted.json"), judge(1),
               "said before it is synced");
}

}  // namespace
}  // namespace noseon::faults
