// The unattended player with its store, state, journal and cache, when it is killed, when a call of
// it fails, and when its disk is full.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <random>

#include "tests/faults/display.h"
#include "tests/faults/injection.h"
#include "tests/faults/journal_judge.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/summary.h"
#include "tests/player/virtual_screen.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

#ifdef NOSEON_SANITIZED
constexpr std::size_t kTriesQuick = 6;
constexpr Millis kPlays{6'000};
constexpr Millis kFrameComes{20'000};
#else
constexpr std::size_t kTriesQuick = 12;
// Three posters of a second each have come and two have gone by then, also on a busy machine.
constexpr Millis kPlays{4'000};
constexpr Millis kFrameComes{10'000};
#endif
// Where nothing else runs. The quick form shares its machine with the other tests.
constexpr Millis kFrameComesLong{3'000};
// What the units give it.
constexpr Millis kEnds{5'000};
// Until then it is seen how long an end takes that takes longer.
constexpr Millis kHangs{12'000};
// Which thread does a thing, and whether it comes to it in time, differs from run to run.
std::size_t proven_percent_least() {
  return is_long_run() ? 80 : 65;  // of a few
}
// They wait more than they work.
constexpr std::size_t kAtOnce = 3;

constexpr const char* kErrors[] = {"error=EIO",    "error=ENOSPC", "error=EROFS",
                                   "error=EMFILE", "error=ENOMEM", "error=EINTR"};

class PlayerFaults : public ::testing::Test {
 protected:
  struct Try {
    FaultPoint point;
    std::string fault;
  };
  struct Outcome {
    bool is_proven = false;
    std::optional<std::string> wrong;
  };

  void SetUp() override {
    if (const auto why = VirtualScreen::missing()) GTEST_SKIP() << *why;
    make_display(before());
  }
  fs::path before() { return folder_ / "before"; }
  // Half of what a display does at its first start it never does again.
  void play_once() { ASSERT_EQ(play(before()).exit_code, 0); }

  static Patience patience() { return {kPlays + kHangs, kPlays}; }
  // On no screen, until it is asked to end.
  static TracedRun play(const fs::path& display) {
    return run_program(unseen(display), patience());
  }
  static std::vector<std::string> unseen(const fs::path& display) {
    std::vector<std::string> words{"env", "SDL_VIDEODRIVER=offscreen"};
    const auto player = player_on(display);
    words.insert(words.end(), player.begin(), player.end());
    return words;
  }

  // All points of a start like the ones that are tried, each with each fault; some by chance.
  std::vector<Try> tries(const std::vector<std::string>& faults) {
    const fs::path display = afresh();
    const auto points = points_by_path(display, unseen(display), patience());
    EXPECT_TRUE(points) << points.error().message;
    std::vector<Try> all;
    for (const FaultPoint& point : points.value_or(std::vector<FaultPoint>())) {
      for (const std::string& fault : faults) all.push_back({point, fault});
    }
    EXPECT_GT(all.size(), 100U);
    std::cout << "  seed " << seed_ << ", " << all.size() << " points\n";
    std::mt19937_64 random(seed_);
    std::shuffle(all.begin(), all.end(), random);
    const char* const asked = std::getenv("NOSEON_TRIES");
    const std::size_t most = asked != nullptr ? std::strtoull(asked, nullptr, 10)
                             : is_long_run()  ? all.size()
                                              : kTriesQuick;
    if (all.size() > most) all.resize(most);
    return all;
  }

  // A copy of the display that nobody else has.
  fs::path afresh() {
    const fs::path display = folder_ / std::to_string(copies_++);
    fs::copy(before(), display, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    const fs::path key = display / "journal/device.key";
    if (fs::exists(key)) fs::permissions(key, fs::perms::owner_read | fs::perms::owner_write);
    return display;
  }

  // Several at a time; `judge` is called on any thread.
  template <class Judge>
  void expect_survived(std::string_view name, const std::vector<Try>& tries, const Judge& judge) {
    std::atomic<std::size_t> next{0};
    std::mutex mutex;
    std::size_t proven = 0;
    std::size_t survived = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < tries.size(); i = next++) {
        const fs::path display = afresh();
        const Outcome outcome = judge(tries[i], display);
        fs::remove_all(display);
        const std::lock_guard lock(mutex);
        if (outcome.is_proven) ++proven;
        if (!outcome.wrong) ++survived;
        EXPECT_FALSE(outcome.wrong)
            << tries[i].fault << " at " << tries[i].point.call << " number "
            << tries[i].point.number << " of " << tries[i].point.path << ": " << *outcome.wrong;
      }
    };
    std::vector<std::future<void>> workers;
    for (std::size_t i = 0; i < kAtOnce; ++i) {
      workers.push_back(std::async(std::launch::async, work));
    }
    for (auto& worker : workers) worker.get();
    say_survived(name, tries.size(), proven, survived);
    say_proven(name, tries.size(), proven, proven_percent_least());
    EXPECT_GE(proven * 100, tries.size() * proven_percent_least()) << "many never happened";
  }

  static Result<Injected> injected(const Try& tried, const fs::path& display) {
    FaultPoint point = tried.point;
    point.path = (display / point.path).string();
    return inject(point, tried.fault, unseen(display), patience());
  }

  static Millis frame_comes() { return is_long_run() ? kFrameComesLong : kFrameComes; }
  // Any picture that is not the bare screen's.
  std::optional<std::string> wrong_with_restart(const fs::path& display) {
    VirtualScreen screen({320, 180});
    const Steady::time_point start = Steady::now();
    Program player(player_on(display), {screen.display(), "SDL_VIDEODRIVER=x11", kKeepsLeaks},
                   display / "log");
    while (screen.at(160, 90) == Color{0, 0, 0}) {
      if (Steady::now() - start > frame_comes()) {
        return "no frame in time after the restart: " + player.said();
      }
      std::this_thread::sleep_for(5ms);
    }
    take_longest(slowest_frame_, Steady::now() - start);
    player.signal(SIGTERM);
    if (player.wait_for_end(static_cast<int>(kHangs.count())) != 0) {
      return "the restarted player did not end well: " + player.said();
    }
    return std::nullopt;
  }

  // Of any thread.
  static void take_longest(std::atomic<Millis>& longest, Steady::duration time) {
    const auto taken = std::chrono::ceil<Millis>(time);
    Millis before = longest;
    while (before < taken && !longest.compare_exchange_weak(before, taken)) {
    }
  }

  static void say_slow(const Try& tried, Millis end) {
    std::cout << fmt::format("  it took {} ms to end: {} at {} number {} of {}\n", end.count(),
                             tried.fault, tried.point.call, tried.point.number, tried.point.path);
  }

  std::atomic<Millis> slowest_frame_{};
  std::atomic<Millis> longest_end_{};
  MemoryFolder folder_;
  std::uint64_t seed_ = seed_of_run();
  std::atomic<int> copies_{0};
};

std::optional<std::string> wrong_with_balance(const Played& played) {
  if (played.shown == played.recorded + played.parked + played.lost) return std::nullopt;
  return fmt::format("{} plays shown, {} recorded, {} parked, {} lost", played.shown,
                     played.recorded, played.parked, played.lost);
}

class PlayerKilled : public PlayerFaults {
 protected:
  void expect_frame_after_each(std::string_view name) {
    const auto judge = [this](const Try& tried, const fs::path& display) {
      return outcome_of(tried, display);
    };
    expect_survived(name, tries({"signal=KILL"}), judge);
    say_measured(name, "frame after a restart", slowest_frame_.load().count(), "ms", Bound::at_most,
                 frame_comes().count());
  }

  Outcome outcome_of(const Try& tried, const fs::path& display) {
    const auto before = played_on(display);
    if (!before) return {false, before.error().message};
    fs::remove(display / "run/player.json");
    const auto killed = injected(tried, display);
    if (!killed) return {false, killed.error().message};
    Outcome outcome{killed->has_happened, {}};
    const auto played = played_on(display);
    if (!played) return {outcome.is_proven, played.error().message};
    const std::int64_t recorded =
        (*before ? (*before)->recorded : 0) + (*played ? (*played)->recorded : 0);
    if ((outcome.wrong = wrong_with_restart(display))) return outcome;
    outcome.wrong = wrong_with_display(display, recorded);
    return outcome;
  }
};

TEST_F(PlayerKilled, AnywhereItLosesNoRecordedPlayAndShowsAFrameAgain) {
  play_once();
  expect_frame_after_each("kill of the player");
}

TEST_F(PlayerKilled, AnywhereInItsFirstStartItShowsAFrameInTheNext) {
  expect_frame_after_each("kill of the player's first start");
}

TEST_F(PlayerFaults, WhicheverCallFailsOnceItPlaysOnAndCountsEachPlay) {
  play_once();
  const auto judge = [this](const Try& tried, const fs::path& display) -> Outcome {
    const auto before = played_on(display);
    if (!before) return {false, before.error().message};
    fs::remove(display / "run/player.json");
    const auto failed = injected(tried, display);
    if (!failed) return {false, failed.error().message};
    const bool is_proven = failed->has_happened;
    const TracedRun& run = failed->run;
    take_longest(longest_end_, run.took_to_end);
    if (run.took_to_end > kEnds) say_slow(tried, run.took_to_end);
    if (!run.is_over_in_time) return {is_proven, "it hung"};
    if (run.signal != 0) return {is_proven, fmt::format("it crashed by signal {}", run.signal)};
    if (run.exit_code > 1) return {is_proven, fmt::format("it ended with {}", run.exit_code)};
    const auto played = played_on(display);
    if (!played) return {is_proven, played.error().message};
    if (*played) {
      if (auto wrong = wrong_with_balance(**played)) return {is_proven, wrong};
      if ((*played)->shown < 2) return {is_proven, "it showed next to nothing"};
      if ((*played)->read_backs == 0) return {is_proven, "nobody looked whether it was dark"};
      if ((*played)->dark_ms > 0) return {is_proven, "what was on the glass was wrong for a while"};
    }
    if (!ends_with_item(display / "journal")) return {is_proven, "a card stood at the end"};
    const std::int64_t recorded =
        (*before ? (*before)->recorded : 0) + (*played ? (*played)->recorded : 0);
    return {is_proven, wrong_with_display(display, recorded)};
  };
  expect_survived("errors of the player", tries({std::begin(kErrors), std::end(kErrors)}), judge);
  say_measured("errors of the player", "longest end", longest_end_.load().count(), "ms",
               Bound::at_most, kEnds.count());
}

}  // namespace
}  // namespace noseon::faults
