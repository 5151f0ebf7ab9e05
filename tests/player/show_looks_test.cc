// Night and clocks on the stage: a page is made anew for each look, ahead of its moment.
#include <gtest/gtest.h>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

constexpr const char* kPoster = R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 3600
transition = "cut"
)";

constexpr const char* kClock = R"(
[styles.s]
clock = "time"
[[item]]
id = "a"
text = { en = "a" }
style = "s"
seconds = 3600
)";

std::shared_ptr<const Display> with_night() {
  auto display = std::make_shared<Display>(*rig_display());
  display->night = Night{{std::chrono::hours{20}, std::chrono::hours{30}}, 600};
  return display;
}

// Into the slot that stands at a time, everything made on the way.
void enter_slot_of(ShowRig& rig, std::string_view civil) {
  rig.make_all();
  while (rig.show.showing().slot.until <= utc(civil)) {
    rig.clock.advance(rig.show.showing().slot.until - rig.clock.now());
    rig.make_all();
  }
}

Look ordered_look(const ShowRig& rig) {
  return rig.orders.front().page.look;
}

TEST(ShowLooks, ADisplayIsDimmedAtTheNightsFirstInstantByAFadeMadeAhead) {
  ShowRig rig(kPoster, "2027-03-01 18:59", {}, with_night());
  enter_slot_of(rig, "2027-03-01 20:00");
  const Decision day = rig.decide();
  EXPECT_EQ(day.until, utc("2027-03-01 20:00"));
  rig.go_to("2027-03-01 19:59:59.999");
  EXPECT_EQ(rig.decide().picture, day.picture);
  rig.go_to("2027-03-01 20:00");
  const Decision night = rig.decide();
  EXPECT_NE(night.picture, day.picture);
  EXPECT_EQ(night.transition, Transition::fade) << "whatever the item's transition is";
  EXPECT_FALSE(night.is_stand_in);
}

TEST(ShowLooks, ALookThatIsNotReadyLeavesTheOneBeforeAndIsCounted) {
  ShowRig rig(kPoster, "2027-03-01 18:59", {}, with_night());
  rig.decide();
  while (rig.show.showing().slot.until <= utc("2027-03-01 20:00")) {
    rig.clock.advance(rig.show.showing().slot.until - rig.clock.now());
    rig.decide();
  }
  rig.make_one();
  const Decision day = rig.decide();
  ASSERT_EQ(rig.ordered(), "a") << "the same, for the night";
  EXPECT_EQ(ordered_look(rig).brightness, 600);
  rig.go_to("2027-03-01 20:00");
  const Decision late = rig.decide();
  EXPECT_EQ(late.picture, day.picture);
  EXPECT_TRUE(late.is_stand_in);
}

TEST(ShowLooks, TheBuiltInCardIsDimmedToo) {
  ShowRig rig("", "2027-03-01 19:59:59.999", {}, with_night());
  const Decision day = rig.decide();
  EXPECT_EQ(day.until, utc("2027-03-01 20:00"));
  rig.go_to("2027-03-01 20:00");
  const Decision night = rig.decide();
  EXPECT_NE(night.picture, day.picture);
  EXPECT_FALSE(night.is_stand_in);
}

TEST(ShowLooks, AClockIsCutToTheNextMinuteWhichIsMadeAhead) {
  ShowRig rig(kClock, "2027-03-01 12:00:30");
  rig.make_all();
  const Decision now = rig.decide();
  EXPECT_EQ(now.until, utc("2027-03-01 12:01"));
  rig.go_to("2027-03-01 12:01");
  const Decision next = rig.decide();
  EXPECT_NE(next.picture, now.picture);
  EXPECT_FALSE(next.is_stand_in);
  EXPECT_EQ(next.transition, Transition::cut);
  ASSERT_EQ(rig.orders.size(), 1u);
  EXPECT_EQ(ordered_look(rig).minute, parse_civil("2027-03-01 12:02"));
}

TEST(ShowLooks, TheNextItemIsMadeInTheLookItWillHave) {
  ShowRig rig(
      std::string(kPoster) + "[[item]]\nid = \"b\"\ntext = { en = \"b\" }\nseconds = 3600\n",
      "2027-03-01 18:59", {}, with_night());
  enter_slot_of(rig, "2027-03-01 20:00");
  rig.go_to("2027-03-01 20:00");
  rig.decide();
  ASSERT_FALSE(rig.orders.empty());
  EXPECT_EQ(ordered_look(rig).brightness, 600);
  EXPECT_NE(rig.orders.front().page.entry, rig.show.showing().slot.entry);
}

}  // namespace
}  // namespace noseon
