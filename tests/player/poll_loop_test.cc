#include "player/poll_loop.h"

#include <gtest/gtest.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdio>

namespace noseon {
namespace {

using namespace std::chrono_literals;

Steady now() {
  return std::chrono::steady_clock::now();
}

TEST(PollLoop, WaitsForItsTimersAndNothingElse) {
  PollLoop loop;
  Timer timer;
  int waits = 0;
  loop.before_wait([&] { ++waits; });
  loop.watch(timer.fd(), [&] {
    EXPECT_EQ(timer.take(), 1u);
    loop.stop();
  });
  const Steady at = now() + 50ms;
  timer.set(at);
  ASSERT_TRUE(loop.run());
  EXPECT_GE(now(), at);
  EXPECT_LT(now(), at + 500ms);
  EXPECT_EQ(waits, 2) << "before the one wait, and once it was told to stop";
}

TEST(PollLoop, EndsWithWhatItWasStoppedWith) {
  PollLoop loop;
  loop.before_wait([&] { loop.stop(fail(ErrorKind::unavailable, "gone")); });
  EXPECT_EQ(loop.run().error().message, "gone");
}

TEST(PollLoop, FailsWhenTheConnectionToTheDisplayBreaks) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Fd reading(ends[0]);
  Fd writing(ends[1]);
  PollLoop loop;
  loop.watch(reading.get(), [] {});
  writing.reset();
  EXPECT_EQ(loop.run().error().kind, ErrorKind::unavailable);
}

TEST(PollLoop, IgnoresADescriptorThatIsNotThere) {
  PollLoop loop;
  loop.watch(-1, [] { FAIL(); });
  loop.before_wait([&] { loop.stop(); });
  EXPECT_TRUE(loop.run());
}

TEST(Timer, FiresAtOnceForATimeThatIsPast) {
  Timer timer;
  timer.set(Steady{});
  ::usleep(1000);
  EXPECT_EQ(timer.take(), 1u);
  EXPECT_EQ(timer.take(), 0u);
}

TEST(Timer, CountsThePeriodsItMissed) {
  Timer timer;
  timer.set_every(2ms);
  ::usleep(21'000);
  EXPECT_GE(timer.take(), 10u);
  timer.clear();
  ::usleep(5000);
  EXPECT_EQ(timer.take(), 0u);
}

TEST(ClockStepWatch, IsQuietWhileTimePasses) {
  ClockStepWatch watch;
  ::usleep(5000);
  EXPECT_FALSE(watch.take());
}

TEST(Signals, ComeAsSomethingToRead) {
  Signals signals{SIGUSR1, SIGUSR2};
  EXPECT_FALSE(signals.take());
  ::raise(SIGUSR2);
  EXPECT_EQ(signals.take(), SIGUSR2);
  EXPECT_FALSE(signals.take());
}

}  // namespace
}  // namespace noseon
