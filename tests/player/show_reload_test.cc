// The folder changes while it plays.
#include <gtest/gtest.h>

#include <algorithm>

#include "player/show.h"
#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::seconds;

TEST(ShowReload, PlaysOnUntilTheFirstPictureOfTheNewStateIsReady) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.make_all();
  rig.show.load(rig_playlist(R"(
[[item]]
id = "new"
text = { en = "new" }
seconds = 8
)"),
                rig_display(), rig.clock.steady_now());
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_EQ(rig.ordered(), "new");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "new");
  EXPECT_EQ(rig.last.transition, Transition::cut);
}

TEST(ShowReload, KeepsTheWindowsOfTheOldStateWhileTheNewOneIsPrepared) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:59:59");
  rig.make_all();
  rig.show.load(rig_playlist(kAlone), rig_display(), rig.clock.steady_now());
  EXPECT_EQ(rig.stands(), "morning");
  rig.clock.advance(seconds{1});
  EXPECT_EQ(rig.stands(), "noon");
}

TEST(ShowReload, GivesUpWaitingForTheNewStateAfterTwoSeconds) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.make_all();
  rig.show.load(rig_playlist(kMorningAndNoon), rig_display(), rig.clock.steady_now());
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_EQ(rig.last.patience, rig.clock.steady_now() + seconds{2});
  rig.clock.advance(Millis{1999});
  EXPECT_EQ(rig.stands(), "a");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card") << "a is no longer in the folder";
}

TEST(ShowReload, TriesEachItemThatTakesTurnsBeforeTheNewStateTakesOver) {
  ShowRig rig(kAlone, "2027-03-01 08:00", {.trial_patience = seconds{5}});
  rig.make_all();
  rig.show.load(rig_playlist(std::string(kTwoInTurn) +
                             "[[item]]\nid = \"c\"\ntext = { en = \"c\" }\nseconds = 8\n"),
                rig_display(), rig.clock.steady_now());
  std::string tried;
  for (int item = 0; item < 3; ++item) {
    EXPECT_EQ(rig.stands(), "a") << "of the state before";
    EXPECT_EQ(rig.show.edition().number(), 1U);
    ASSERT_FALSE(rig.orders.empty());
    tried += rig.item_of(rig.orders.front());
    item == 1 ? rig.fail_one(ErrorKind::bad_format) : rig.make_one();
  }
  std::ranges::sort(tried);
  EXPECT_EQ(tried, "abc");
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 2U) << "taken over";
}

TEST(ShowReload, TriesForFiveSecondsAtTheMost) {
  ShowRig rig(kAlone, "2027-03-01 08:00", {.trial_patience = seconds{5}});
  rig.make_all();
  rig.show.load(rig_playlist(kTwoInTurn), rig_display(), rig.clock.steady_now());
  const auto start = rig.clock.steady_now();
  rig.decide();
  rig.make_one();
  rig.decide();
  rig.clock.advance(Millis{4999});
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 1U);
  EXPECT_EQ(rig.last.patience, start + seconds{5});
  rig.clock.advance(Millis{1});
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 2U);
}

TEST(ShowReload, TakesBackWhatWasSetAsideWhenTheFolderChanges) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.decide();
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_EQ(rig.stands(), "card");
  rig.show.load(rig_playlist(kAlone), rig_display(), rig.clock.steady_now());
  rig.make_all();
  EXPECT_EQ(rig.stands(), "a");
}

TEST(ShowReload, PlaysTheOthersOfANewStateWhoseFirstPictureIsBroken) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.make_all();
  rig.show.load(rig_playlist(kTwoInTurn), rig_display(), rig.clock.steady_now());
  EXPECT_EQ(rig.stands(), "a");
  const std::string broken = rig.ordered();
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_EQ(rig.stands(), "a");
  rig.make_all();
  EXPECT_EQ(rig.stands(), broken == "a" ? "b" : "a");
}

TEST(ShowReload, IgnoresPicturesOfAStateThatIsOver) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.decide();
  rig.show.load(rig_playlist("[[item]]\nid = \"x\"\ntext = { en = \"x\" }\nseconds = 8\n"),
                rig_display(), rig.clock.steady_now());
  rig.show.load(rig_playlist("[[item]]\nid = \"y\"\ntext = { en = \"y\" }\nseconds = 8\n"),
                rig_display(), rig.clock.steady_now());
  rig.make_all();
  EXPECT_EQ(rig.stands(), "y");
}

TEST(ShowReload, MakesACardOfTheNewSizeWhereTheDisplayChanges) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 13:00");
  EXPECT_EQ(rig.decide().picture->size(), (Size{16, 9}));
  rig.show.load(rig_playlist(kMorningAndNoon), rig_display({9, 16}), rig.clock.steady_now());
  EXPECT_EQ(rig.decide().picture->size(), (Size{9, 16}));
}

}  // namespace
}  // namespace noseon
