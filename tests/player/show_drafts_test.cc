// Drafts, which stand for a poster while it is made: in the preview alone.
#include <gtest/gtest.h>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

ShowOptions with_drafts() {
  ShowOptions options;
  options.drafts = Drafts::allowed;
  return options;
}

TEST(ShowDrafts, AreNotAskedForOnABus) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00");
  rig.decide();
  ASSERT_EQ(rig.ordered(), "a");
  EXPECT_FALSE(rig.draft_one());
}

TEST(ShowDrafts, StandWhileThePictureIsMadeAndNothingElseIsMadeBefore) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00", with_drafts());
  rig.decide();
  ASSERT_TRUE(rig.draft_one());
  EXPECT_EQ(rig.stands(), "a draft of a");
  EXPECT_TRUE(rig.last.is_draft);
  EXPECT_TRUE(rig.last.is_stand_in);
  EXPECT_EQ(rig.last.standing, Standing::item);
  EXPECT_EQ(rig.ordered(), "a") << "the picture itself, and not yet what comes next";
  EXPECT_FALSE(rig.draft_one()) << "one draft is enough";
  rig.make_one();
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_FALSE(rig.last.is_draft);
  EXPECT_FALSE(rig.last.is_stand_in);
  EXPECT_EQ(rig.ordered(), "b");
}

TEST(ShowDrafts, GiveWayByACutInTheirOwnTurn) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00", with_drafts());
  rig.make_all();
  rig.clock.advance(rig.last.until - rig.clock.now());
  rig.make_all();
  rig.show.load(rig_playlist(kAlone), rig_display(), rig.clock.steady_now());
  rig.decide();
  ShowRig fresh(kTwoInTurn, "2027-03-01 08:00", with_drafts());
  fresh.decide();
  fresh.draft_one();
  const std::uint64_t turn = (fresh.stands(), fresh.last.turn);
  fresh.make_one();
  EXPECT_EQ(fresh.stands(), "a");
  EXPECT_EQ(fresh.last.transition, Transition::cut);
  EXPECT_EQ(fresh.last.turn, turn);
}

TEST(ShowDrafts, OfWhatComesNextAreNotAskedFor) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00", with_drafts());
  rig.decide();
  rig.make_one();
  rig.decide();
  ASSERT_EQ(rig.ordered(), "b");
  EXPECT_FALSE(rig.draft_one());
}

TEST(ShowDrafts, ThatComeTooLateAreForgotten) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:59:59", with_drafts());
  rig.decide();
  rig.go_to("2027-03-01 09:00");
  rig.decide();
  ASSERT_TRUE(rig.draft_one());
  EXPECT_NE(rig.stands(), "a draft of morning");
  rig.go_to("2027-03-01 08:59:59.500");
  EXPECT_NE(rig.stands(), "a draft of morning") << "it was let go of";
}

TEST(ShowDrafts, GoWithThePictureThatCannotBeMade) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00", with_drafts());
  rig.decide();
  ASSERT_TRUE(rig.draft_one());
  EXPECT_EQ(rig.stands(), "a draft of a");
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_NE(rig.stands(), "a draft of a");
  ASSERT_EQ(rig.ordered(), "b");
}

TEST(ShowDrafts, TeachNothingAboutTheItem) {
  ShowRig rig(kAlone, "2027-03-01 08:00", with_drafts());
  rig.pages = {1, 1};
  rig.decide();
  rig.draft_one();
  rig.decide();
  EXPECT_EQ(rig.show.edition().pages_of(0).size(), 1U);
  rig.make_one();
  rig.decide();
  EXPECT_EQ(rig.show.edition().pages_of(0).size(), 2U);
}

}  // namespace
}  // namespace noseon
