// The row "poison": an item that crashes the player each time that it stands. Somebody outside
// looks at the glass, and ends the player by SIGSEGV whenever the item is there: what the player
// makes of it cannot know that it is tested.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/files.h"
#include "player/ladder.h"
#include "tests/faults/summary.h"
#include "tests/player/supervised_rig.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;

class GlassPoison : public SupervisedRig {
 protected:
  // Watches until `done`, and ends the player whenever the poison is on the glass; how often.
  std::size_t poison(const std::vector<Color>& poisons, Millis time,
                     const std::function<bool()>& done) {
    const std::size_t crashes = crash_on(poisons, time, done);
    injected_ += crashes;
    const auto ends = service().ends();
    const auto crashed =
        static_cast<std::size_t>(std::ranges::count(ends, 128 + SIGSEGV, &Supervisor::End::code));
    proven_ += crashed - std::exchange(crashed_before_, crashed);
    return crashes;
  }
  std::size_t crash_on(const std::vector<Color>& poisons, Millis time,
                       const std::function<bool()>& done) {
    std::size_t crashes = 0;
    std::optional<pid_t> last;
    Steady since = Clock::now();
    std::ignore = becomes(
        [&] {
          const auto pid = service().pid();
          const Color now = glass();
          const bool is_poison = std::ranges::find(poisons, now) != poisons.end();
          // What a dead player left on the glass may be there for a moment yet.
          if (!pid || pid == last || !is_poison || !is_ready()) since = Clock::now();
          if (Clock::now() - since >= 100ms) {
            ::kill(*pid, SIGSEGV);
            last = pid;
            ++crashes;
          }
          return done();
        },
        time);
    return crashes;
  }
  // An item was left out, and the player has come again since.
  bool is_safe() { return ladder().rung != Rung::everything && is_ready(); }
  // The player has shown that color without a crash for so long.
  bool is_calm(Color color, Millis time) {
    const std::size_t runs = service().runs();
    const bool holds = becomes([&] { return glass() == color; }, 10s);
    std::this_thread::sleep_for(time);
    return holds && service().runs() == runs;
  }
  [[nodiscard]] Ladder ladder() const {
    return read_file(folder_ / "state/crashes.json", kLadderBytesMax)
        .and_then(read_ladder)
        .value_or(Ladder{});
  }
  // An hour of calm less a second has passed: the display's own file says so.
  void pass_most_of_an_hour() {
    ASSERT_EQ(service().end(), 0);
    Ladder now = ladder();
    now.calm = kCalm - 1s;
    ASSERT_TRUE(write_file(folder_ / "state/crashes.json", write_ladder(now)));
    service().begin();
  }

  // So much time has passed since the crashes before: the display's own file says so.
  void pass(std::chrono::seconds time) {
    Ladder now = ladder();
    for (Crash& crash : now.crashes) {
      crash.at -= time;
      crash.shown_at -= time;
    }
    for (Suspect& suspect : now.suspects)
      for (std::chrono::seconds& at : suspect.at) at -= time;
    ASSERT_TRUE(write_file(folder_ / "state/crashes.json", write_ladder(now)));
  }
  // The next time that the color comes to the glass, the player's loop hangs there; until it is
  // started anew.
  void hang_with(Color color) {
    ASSERT_TRUE(becomes([&] { return is_ready() && glass() != color; }, 20s));
    const std::size_t runs = service().runs();
    ASSERT_TRUE(becomes([&] { return glass() == color; }, 20s));
    ++injected_;
    const auto wrong = hang(*service().pid(), "noseon::Schedule::showing_at(");
    ASSERT_FALSE(wrong) << *wrong;
    ASSERT_TRUE(becomes([&] { return service().ends().size() == runs; }, back_within()));
    ASSERT_TRUE(service().ends().back().by_watchdog);
    ++proven_;
    ASSERT_TRUE(becomes([&] { return service().runs() > runs && is_ready(); }, back_within()));
  }

  static constexpr Millis kSafeWithin{10'000};
  std::size_t crashed_before_ = 0;

  static void TearDownTestSuite() { faults::say_survived("poison", injected_, proven_, survived_); }
  inline static std::size_t injected_ = 0;
  inline static std::size_t proven_ = 0;
  inline static std::size_t survived_ = 0;
};

TEST_F(GlassPoison, AnItemThatCrashesThePlayerIsLeftOutWithinTenSecondsAndTheOthersGoOn) {
  set_posters({{"blue", kBlue}, {"red", kRed}}, 1);
  store_.publish(repository_);
  supervise();
  const Steady begin = Clock::now();
  const std::size_t crashes = poison({kRed}, 30s, [&] { return is_safe(); });
  const auto took = std::chrono::ceil<Millis>(Clock::now() - begin);
  faults::say_measured("poison", "safe", took.count(), "ms", faults::Bound::at_most,
                       kSafeWithin.count());
  EXPECT_EQ(crashes, 3U);
  EXPECT_LE(took, kSafeWithin);
  EXPECT_THAT(service().said(), HasSubstr("spring/red is left out"));
  // A whole loop of both, and the other one stands throughout.
  EXPECT_TRUE(becomes([&] { return glass() == kBlue; }, 5s));
  const auto seen = watch(2500ms, [] { return false; });
  EXPECT_THAT(seen, ::testing::ElementsAre(kBlue));
  EXPECT_EQ(service().runs(), 4U);
  EXPECT_TRUE(is_left_out(ladder(), ladder().left_out.at(0).content));
  if (!HasFailure()) survived_ += crashes;

  // The same content under another name stays out; another version is back.
  repository_.set_campaign("seoul", "spring",
                           poster("blue", "seconds = 1") + poster("renamed", "seconds = 1"),
                           {{"blue.png", plain_png(kBlue)}, {"renamed.png", plain_png(kRed)}});
  store_.publish(repository_);
  EXPECT_THAT(watch(4s, [] { return false; }), ::testing::Not(::testing::Contains(kRed)));
  set_posters({{"blue", kBlue}, {"red", kGreen}}, 1);
  store_.publish(repository_);
  EXPECT_TRUE(comes(kGreen, 10s));
}

// Planted: the display forgets its crashes at each start.
TEST_F(GlassPoison, ADisplayThatForgetsItsCrashesIsNeverSafeWhichTheJudgeSees) {
  set_posters({{"blue", kBlue}, {"red", kRed}}, 1);
  store_.publish(repository_);
  supervise({},
            {"sh", "-c", R"(rm -f "$0"; exec "$@")", (folder_ / "state/crashes.json").string()});
  const std::size_t crashes = crash_on({kRed}, kSafeWithin, [&] { return is_safe(); });
  const bool is_found = !is_safe() && crashes > 3;
  faults::say_planted("poison", 1, is_found ? 1 : 0);
  EXPECT_TRUE(is_found) << crashes << " crashes";
}

TEST_F(GlassPoison, AnItemThatHangsThePlayerOnceALoopIsLeftOutTheThirdTimeAndTheReleasePlaysOn) {
#if !defined(__x86_64__)
  GTEST_SKIP() << "what makes a function hang is written for x86-64";
#endif
  constexpr auto kLoop = 135s;
  const auto since_boot =
      std::chrono::floor<std::chrono::seconds>(SystemClock().steady_now().time_since_epoch());
  if (since_boot < 3 * kLoop) GTEST_SKIP() << "this machine has just been started";
  set_posters({{"blue", kBlue}, {"green", kGreen}, {"red", kRed}}, 2);
  store_.publish(repository_);
  supervise();
  for (std::size_t loop = 1; loop <= 3; ++loop) {
    ASSERT_EQ(ladder().rung, Rung::everything) << loop;
    ASSERT_NO_FATAL_FAILURE(hang_with(kRed));
    if (loop < 3) {
      ASSERT_NO_FATAL_FAILURE(pass(kLoop));
    }
  }
  EXPECT_THAT(service().said(), HasSubstr("spring/red is left out"));
  EXPECT_THAT(ladder().avoided, ::testing::IsEmpty()) << "the release is not given up";
  // Two loops of the others.
  EXPECT_TRUE(becomes([&] { return glass() == kBlue; }, 10s));
  const auto seen = watch(9s, [] { return false; });
  EXPECT_THAT(seen, ::testing::Contains(kGreen));
  EXPECT_THAT(seen, ::testing::Not(::testing::Contains(kRed)));
  EXPECT_EQ(service().runs(), 4U);
  if (!HasFailure()) survived_ += 3;
}

TEST_F(GlassPoison, ItHealsAfterAnHour) {
  set_posters({{"blue", kBlue}, {"red", kRed}}, 1);
  store_.publish(repository_);
  supervise();
  survived_ += poison({kRed}, 30s, [&] { return is_safe(); });
  pass_most_of_an_hour();
  // By now it is no poison any more. Left out until the hour is over, then it is back.
  ASSERT_TRUE(becomes([&] { return ladder().rung == Rung::everything; }, 10s));
  EXPECT_TRUE(comes(kRed, 20s));
  EXPECT_THAT(service().said(), HasSubstr("everything is played again"));
}

TEST_F(GlassPoison, WhereEachItemCrashesItTheReleaseBeforeIsPlayedThenTheCardAndItHealsStepByStep) {
  set_posters({{"green", kGreen}}, 3600);
  store_.publish(repository_);
  supervise();
  ASSERT_TRUE(comes(kGreen));
  set_posters({{"red", kRed}}, 3600);
  store_.publish(repository_);
  survived_ += poison({kRed}, 60s, [&] { return ladder().rung == Rung::previous && is_ready(); });
  EXPECT_TRUE(is_calm(kGreen, 2s)) << "the release before";
  survived_ +=
      poison({kGreen, kRed}, 60s, [&] { return ladder().rung == Rung::card && is_ready(); });
  EXPECT_EQ(service().runs(), 7U);
  EXPECT_TRUE(becomes([&] { return glass() != kRoot; }, 1s)) << "the built-in card";
  EXPECT_NE(glass(), kRed);
  EXPECT_NE(glass(), kGreen);
  EXPECT_THAT(service().said(), HasSubstr("the built-in card alone is shown"));

  // Restarting is never given up.
  const Color card = glass();
  for (std::size_t crash = 0; crash < 3; ++crash) {
    const std::size_t runs = service().runs();
    ::kill(*service().pid(), SIGSEGV);
    ASSERT_TRUE(becomes([&] { return service().runs() > runs && is_ready(); }, 10s));
    EXPECT_TRUE(becomes([&] { return glass() == card; }, 1s));
  }
  pass_most_of_an_hour();
  EXPECT_TRUE(becomes([&] { return ladder().rung == Rung::previous; }, 10s));
  EXPECT_TRUE(is_calm(card, 1s) || glass() == card) << "green is left out for another hour";
  // What staff publish to mend it is played at once.
  set_posters({{"blue", kBlue}}, 3600);
  store_.publish(repository_);
  EXPECT_TRUE(comes(kBlue, 10s));
}

TEST_F(GlassPoison, EndsAndPowerCutsAreNoCrashes) {
  set_posters({{"red", kRed}}, 3600);
  store_.publish(repository_);
  supervise();
  for (int i = 0; i < 5; ++i) {
    const std::size_t runs = service().runs();
    ASSERT_TRUE(becomes([&] { return service().runs() > 0 && is_ready(); }, 10s)) << i;
    ASSERT_EQ(service().end(), 0);
    service().begin();
    ASSERT_TRUE(becomes([&] { return service().runs() > runs; }, 10s));
  }
  // The power goes: what was in memory is gone with it.
  for (int i = 0; i < 5; ++i) {
    const std::size_t runs = service().runs();
    ASSERT_TRUE(becomes([&] { return is_ready(); }, 10s));
    fs::remove_all(folder_ / "run");
    ::kill(*service().pid(), SIGKILL);
    ASSERT_TRUE(becomes([&] { return service().runs() > runs && is_ready(); }, 10s));
  }
  EXPECT_FALSE(fs::exists(folder_ / "state/crashes.json"));
  EXPECT_EQ(glass(), kRed);
}

// Whoever ends the player in order has it killed where a disk keeps it from ending.
TEST_F(GlassPoison, AnOrderlyEndAtADiskThatHangsIsNoCrash) {
#if !defined(__x86_64__)
  GTEST_SKIP() << "what makes a function hang is written for x86-64";
#endif
  set_posters({{"blue", kBlue}, {"red", kRed}}, 1);
  store_.publish(repository_);
  supervise();
  survived_ += poison({kRed}, 30s, [&] { return is_safe(); });
  const Ladder before = ladder();
  const auto wrong = hang(*service().pid(), "noseon::Crashes::save(");
  ASSERT_FALSE(wrong) << *wrong;
  ::kill(*service().pid(), SIGTERM);
  EXPECT_TRUE(becomes(
      [&] {
        const auto trail = read_file(folder_ / "run/trail.json", 4096);
        return trail && trail->find(R"("has_ended":true)") != std::string::npos;
      },
      1s));
  ASSERT_EQ(service().end(SIGKILL), 128 + SIGKILL) << "it ended, and the disk did not hang";
  const std::size_t runs = service().runs();
  service().begin();
  ASSERT_TRUE(becomes([&] { return service().runs() > runs && is_ready(); }, 10s));
  EXPECT_THAT(service().said(), ::testing::Not(HasSubstr("the player crashed:")));
  EXPECT_EQ(ladder(), before);
}

}  // namespace
}  // namespace noseon
