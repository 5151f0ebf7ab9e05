#include "player/frame_times.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace noseon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST(TimeHistogram, TellsQuantilesToHalfAMillisecond) {
  TimeHistogram times;
  EXPECT_EQ(times.quantile(0.5), 0);
  for (int i = 0; i < 999; ++i) times.add(16'600us);
  times.add(21ms);
  EXPECT_EQ(times.quantile(0.5), 17.0);
  EXPECT_EQ(times.quantile(0.999), 17.0) << "999 of 1,000";
  EXPECT_EQ(times.quantile(1), 21.0) << "never more than the longest";
  times.add(21ms);
  EXPECT_EQ(times.quantile(0.999), 21.0) << "999.999 of 1,001: two are longer than 17";
}

TEST(TimeHistogram, CountsOnTheEdges) {
  TimeHistogram times;
  for (const auto time : {0ns, 999'999ns, 1'000'000ns, 19'999'999ns, 20'000'000ns, 99'999'999ns,
                          100'000'000ns, 5'000'000'000ns})
    times.add(time);
  EXPECT_EQ(times.between(0, 1), 2U);
  EXPECT_EQ(times.between(1, 20), 2U);
  EXPECT_EQ(times.between(20, 100), 4U) << "the last has no end";
  EXPECT_EQ(times.count(), 8U);
  EXPECT_EQ(times.longest(), 5s);
  EXPECT_EQ(times.quantile(1), 5000.0);
}

TEST(FrameTimes, TheFirstFrameOfAFadeHasNoneBeforeIt) {
  FrameTimes times;
  times.add(2ms, 0ns);
  EXPECT_EQ(times.rate(), 0);
  times.add(2ms, 20ms);
  EXPECT_EQ(times.rate(), 50);
  times.drop(3);
  times.end_fade();
  EXPECT_THAT(times.report(), HasSubstr("fades 1, frames 2, dropped 3, 50.0 frames/s, 2.00 ms"));
  EXPECT_THAT(times.report(), HasSubstr("  20-25         0            1\n"));
}

}  // namespace
}  // namespace noseon
