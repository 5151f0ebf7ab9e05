#include "player/dark_time.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using Stands = DarkTime::Stands;

Steady at(int milliseconds) {
  return Steady{} + Millis{milliseconds};
}

TEST(DarkTime, IsNothingWhileTheRightThingStands) {
  DarkTime dark;
  EXPECT_EQ(dark.total(at(5000)), Millis{0}) << "before the first frame";
  dark.stands(Stands::right, at(5000));
  dark.read_back(true, at(6000));
  dark.stands(Stands::right, at(9000));
  EXPECT_EQ(dark.total(at(10'000)), Millis{0});
  EXPECT_EQ(dark.reads(), 1u);
  EXPECT_EQ(dark.wrong(), 0u);
}

TEST(DarkTime, CountsAStandInFromItsFirstToItsLastMillisecond) {
  DarkTime dark;
  dark.stands(Stands::right, at(0));
  dark.stands(Stands::stand_in, at(1000));
  EXPECT_EQ(dark.total(at(1040)), Millis{40});
  dark.stands(Stands::stand_in, at(1050));
  dark.stands(Stands::right, at(1100));
  EXPECT_EQ(dark.total(at(9000)), Millis{100});
}

TEST(DarkTime, CountsAWrongGlassSinceItWasLastKnownToBeRight) {
  DarkTime dark;
  dark.stands(Stands::right, at(0));
  dark.read_back(true, at(1000));
  dark.read_back(false, at(61'000));
  EXPECT_EQ(dark.total(at(70'000)), Millis{60'000});
  dark.read_back(true, at(121'000));
  EXPECT_EQ(dark.total(at(130'000)), Millis{60'000}) << "it was brought up again";
  EXPECT_EQ(dark.wrong(), 1u);
}

TEST(DarkTime, CountsNoMillisecondTwice) {
  DarkTime dark;
  dark.stands(Stands::right, at(0));
  dark.stands(Stands::stand_in, at(1000));
  dark.read_back(false, at(1500));
  EXPECT_EQ(dark.total(at(1500)), Millis{1500}) << "1 s unknown, then half a second of a stand-in";
  dark.stands(Stands::right, at(2000));
  dark.read_back(false, at(2500));
  EXPECT_EQ(dark.total(at(3000)), Millis{2500});
}

}  // namespace
}  // namespace noseon
