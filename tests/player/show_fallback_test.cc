// The operator's fallback card: what stands where nothing is eligible, and what where it is not
// made.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "player/show.h"
#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;

std::shared_ptr<const Display> with_fallback(const char* file = "standby.png") {
  auto display = std::make_shared<Display>(*rig_display());
  display->fallback = file;
  return display;
}

ShowRig rig_at(std::string_view start, const char* items = kMorningAndNoon) {
  return {items, start, {}, with_fallback()};
}

TEST(ShowFallback, StandsFromTheEdgeAtWhichNothingIsEligible) {
  ShowRig rig = rig_at("2027-03-01 11:59:56");
  rig.make_all();
  rig.go_to("2027-03-01 11:59:59.999");
  EXPECT_EQ(rig.stands(), "noon");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "fallback");
  EXPECT_EQ(rig.last.standing, Standing::card);
  EXPECT_EQ(rig.last.transition, Transition::cut);
  EXPECT_EQ(rig.last.until, utc("2027-03-02 06:00"));
}

TEST(ShowFallback, IsOrderedAheadOfTheSlotThatShowsItAndNoSooner) {
  ShowRig rig = rig_at("2027-03-01 11:59:40");
  for (rig.decide(); rig.last.until < utc("2027-03-01 12:00"); rig.decide()) {
    while (!rig.orders.empty()) {
      EXPECT_EQ(rig.ordered().find("fallback"), std::string::npos);
      rig.make_one();
      rig.decide();
    }
    rig.clock.advance(rig.last.until - rig.clock.now());
  }
  EXPECT_EQ(rig.ordered(), "fallback");
}

TEST(ShowFallback, AtTheStartIsWaitedForLikeAPoster) {
  ShowRig rig = rig_at("2027-03-01 13:00");
  EXPECT_EQ(rig.stands(), "nothing");
  EXPECT_EQ(rig.ordered(), "fallback");
  rig.clock.advance(Millis{999});
  EXPECT_EQ(rig.stands(), "nothing");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card") << "the built-in one, until it is made";
  rig.make_one();
  EXPECT_EQ(rig.stands(), "fallback");
}

TEST(ShowFallback, StandsOnWhereTheNextPosterIsNotReady) {
  ShowRig rig = rig_at("2027-03-02 05:59:59");
  rig.decide();
  ASSERT_EQ(rig.ordered(), "fallback");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "fallback");
  ASSERT_EQ(rig.ordered(), "morning");
  rig.go_to("2027-03-02 06:00");
  EXPECT_EQ(rig.stands(), "fallback");
  EXPECT_EQ(rig.last.standing, Standing::card);
  rig.make_one();
  EXPECT_EQ(rig.stands(), "morning");
}

TEST(ShowFallback, OfTheStateBeforeDoesNotStandInForAPoster) {
  ShowRig rig = rig_at("2027-03-01 13:00");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "fallback");
  rig.show.load(rig_playlist(kAlone), with_fallback(), rig.clock.steady_now());
  rig.clock.advance(Millis{2000});
  EXPECT_EQ(rig.stands(), "card") << "of another state of the folder, perhaps another display";
}

TEST(ShowFallback, ThatIsNoPictureIsSaidOnceAndTheBuiltInCardStands) {
  ShowRig rig = rig_at("2027-03-01 13:00", "");
  rig.decide();
  rig.fail_one(ErrorKind::bad_format, "it is torn");
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "");
  EXPECT_THAT(rig.notes, ElementsAre("the fallback card is set aside: it is torn"));
  EXPECT_EQ(rig.show.edition().aside_count(), 0U) << "it is no item";
  EXPECT_EQ(rig.last.patience, rig.clock.steady_now() + minutes{10});
}

TEST(ShowFallback, ThatIsNoPictureCostsNoItem) {
  ShowRig rig = rig_at("2027-03-02 05:59");
  rig.decide();
  rig.fail_one(ErrorKind::bad_format);
  rig.go_to("2027-03-02 06:00");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "morning");
}

TEST(ShowFallback, IsTriedAgainAfterTenMinutes) {
  ShowRig rig = rig_at("2027-03-01 13:00", "");
  rig.decide();
  rig.fail_one(ErrorKind::bad_format);
  rig.clock.advance(minutes{10} - Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "fallback");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "fallback");
}

TEST(ShowFallback, IsNeverOrderedWhereTheDisplayNamesNone) {
  ShowRig rig("", "2027-03-01 13:00");
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.ordered(), "");
}

TEST(ShowFallback, GivesWayToAnItemWithItsTransition) {
  ShowRig rig = rig_at("2027-03-02 05:59:59");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "fallback");
  rig.clock.advance(Millis{1000});
  EXPECT_EQ(rig.stands(), "morning");
  EXPECT_EQ(rig.last.transition, Transition::fade);
}

}  // namespace
}  // namespace noseon
