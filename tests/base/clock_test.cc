#include "base/clock.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using namespace std::chrono_literals;

constexpr Instant kNoon = std::chrono::sys_days{2027y / 2 / 25} + 12h;

TEST(FakeClock, AdvancesBothTimesTogether) {
  FakeClock clock(kNoon);
  const Steady before = clock.steady_now();
  clock.advance(90s);
  EXPECT_EQ(clock.now(), kNoon + 90s);
  EXPECT_EQ(clock.steady_now() - before, 90s);
}

TEST(FakeClock, AStepMovesCivilTimeAlone) {
  FakeClock clock(kNoon);
  const Steady before = clock.steady_now();
  clock.step(-24h);
  EXPECT_EQ(clock.now(), kNoon - 24h);
  EXPECT_EQ(clock.steady_now(), before);
}

TEST(FakeClock, StandsStillUntilItIsMoved) {
  const FakeClock clock(kNoon);
  EXPECT_EQ(clock.now(), clock.now());
  EXPECT_EQ(clock.steady_now(), clock.steady_now());
}

TEST(FakeClock, IsTrustedUntilToldOtherwise) {
  FakeClock clock(kNoon);
  EXPECT_EQ(clock.grade(), ClockGrade::trusted);
  clock.set_grade(ClockGrade::floor_only);
  EXPECT_EQ(clock.grade(), ClockGrade::floor_only);
}

TEST(FakeClock, ItsFloorPassesAsTimeDoesAndNoStepMovesIt) {
  FakeClock clock(kNoon);
  EXPECT_EQ(clock.floor(), kNoon);
  clock.step(24h);
  EXPECT_EQ(clock.floor(), kNoon);
  clock.advance(90s);
  EXPECT_EQ(clock.floor(), kNoon + 90s);
  clock.set_floor(kNoon - 24h);
  EXPECT_EQ(clock.floor(), kNoon - 24h);
}

TEST(BuildTime, IsThatOfTheSourceAndThereforeReproducible) {
  // Of the environment, the commit or the release: whole seconds, never when somebody built.
  EXPECT_GE(build_time(), Instant{std::chrono::sys_days{2026y / 11 / 1}});
  EXPECT_EQ(build_time(), std::chrono::floor<std::chrono::seconds>(build_time()));
  EXPECT_EQ(SystemClock().floor(), build_time());
}

TEST(SystemClock, NeverRunsBackwardsInSteadyTime) {
  const SystemClock clock;
  const Steady first = clock.steady_now();
  EXPECT_LE(first, clock.steady_now());
}

TEST(SystemClock, IsPastTheYearItWasWrittenIn) {
  EXPECT_GT(SystemClock().now(), Instant{std::chrono::sys_days{2025y / 1 / 1}});
}

}  // namespace
}  // namespace noseon
