#include "player/paced_clock.h"

#include <gtest/gtest.h>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

class PreviewClockTest : public testing::Test {
 protected:
  FakeClock real{utc("2026-01-01")};
};

TEST_F(PreviewClockTest, StartsWhereTheTesterSaysAndRunsAtTheirSpeed) {
  PreviewClock clock(real, utc("2027-02-25 08:00"), 60);
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:00"));
  real.advance(seconds{1});
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:01"));
}

TEST_F(PreviewClockTest, DoesNotFollowTheMachinesCivilTime) {
  const PreviewClock clock(real, utc("2027-02-25 08:00"));
  real.step(hours{5});
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:00"));
}

TEST_F(PreviewClockTest, StandsStillWhilePausedAndGoesOnFromThere) {
  PreviewClock clock(real, utc("2027-02-25 08:00"), 10);
  real.advance(seconds{6});
  clock.pause(true);
  real.advance(hours{1});
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:01"));
  EXPECT_FALSE(clock.steady_at(utc("2027-02-25 09:00")));
  clock.pause(false);
  real.advance(seconds{6});
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:02"));
}

TEST_F(PreviewClockTest, ChangesItsSpeedWithoutJumping) {
  PreviewClock clock(real, utc("2027-02-25 08:00"), 1);
  real.advance(seconds{30});
  clock.set_speed(60);
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:00:30"));
  real.advance(seconds{1});
  EXPECT_EQ(clock.now(), utc("2027-02-25 08:01:30"));
}

TEST_F(PreviewClockTest, JumpsBothWaysAndKeepsItsPace) {
  PreviewClock clock(real, utc("2027-02-25 08:00"), 2);
  clock.jump(utc("2027-03-01"));
  EXPECT_EQ(clock.now(), utc("2027-03-01"));
  real.advance(seconds{1});
  EXPECT_EQ(clock.now(), utc("2027-03-01 00:00:02"));
  clock.jump(utc("2020-01-01"));
  EXPECT_EQ(clock.now(), utc("2020-01-01"));
}

// The timer of the loop is set for this: not a millisecond early, not one late.
TEST_F(PreviewClockTest, SaysWhenATimeWillHaveComeAtEverySpeed) {
  for (const double speed : {0.1, 0.25, 1.0, 3.0, 7.3, 60.0, 3600.0, 86400.0}) {
    PreviewClock clock(real, utc("2027-02-25 08:00"), speed);
    for (const Millis ahead : {Millis{1}, Millis{999}, Millis{8000}, Millis{3'599'999}}) {
      const Instant edge = clock.now() + ahead;
      const Steady at = clock.steady_at(edge).value();
      FakeClock later = real;
      const PreviewClock same(later, clock.now(), speed);
      // FakeClock moves in milliseconds; the last one before `at`, and the first one after it.
      const auto whole = std::chrono::floor<Millis>(at - real.steady_now());
      later.advance(whole - Millis{1});
      EXPECT_LT(same.now(), edge) << speed << " " << ahead.count();
      later.advance(Millis{2});
      EXPECT_GE(same.now(), edge) << speed << " " << ahead.count();
    }
  }
}

TEST_F(PreviewClockTest, KeepsWithinWhatCanBeWrittenDown) {
  PreviewClock clock(real, kEndOfTime - seconds{1}, 86400);
  real.advance(hours{1});
  EXPECT_EQ(clock.now(), kEndOfTime);
  EXPECT_TRUE(clock.steady_at(kEndOfTime));
  EXPECT_EQ(PreviewClock(real, utc("2027-01-01"), 1e9).speed(), PreviewClock::kSpeedMax);
  EXPECT_EQ(PreviewClock(real, utc("2027-01-01"), 0).speed(), PreviewClock::kSpeedMin);
}

TEST_F(PreviewClockTest, NamesASteadyTimeForAnyTimeHoweverFar) {
  const PreviewClock clock(real, utc("2027-02-25 08:00"), 0.1);
  EXPECT_GT(clock.steady_at(kEndOfTime).value(), real.steady_now());
  EXPECT_LT(clock.steady_at(kBeginningOfTime).value(), real.steady_now());
}

}  // namespace
}  // namespace noseon
