// What must stand on the stage, and when: the rules of player/show.h on their exact boundaries.
#include "player/show.h"

#include <gtest/gtest.h>

#include "playlist/explain.h"
#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::seconds;

TEST(Show, StartsWithTheRightPosterAndNothingBefore) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:00");
  EXPECT_EQ(rig.stands(), "nothing");
  EXPECT_EQ(rig.last.standing, Standing::nothing);
  EXPECT_EQ(rig.ordered(), "morning");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "morning");
  EXPECT_EQ(rig.last.transition, Transition::cut);
}

TEST(Show, StartsWithTheCardOnceASecondHasPassedWithoutAPoster) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:00");
  EXPECT_EQ(rig.stands(), "nothing");
  EXPECT_EQ(rig.last.patience, rig.clock.steady_now() + seconds{1});
  rig.clock.advance(Millis{999});
  EXPECT_EQ(rig.stands(), "nothing");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "morning");
}

TEST(Show, StartsWithTheCardAtOnceWhereNothingIsEligible) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 13:00");
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.last.until, utc("2027-03-02 06:00"));
}

TEST(Show, ChangesAtTheEdgeExactly) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:59:56");
  rig.make_all();
  rig.go_to("2027-03-01 08:59:59.999");
  EXPECT_EQ(rig.stands(), "morning");
  EXPECT_EQ(rig.last.until, utc("2027-03-01 09:00"));
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "noon");
  EXPECT_EQ(rig.last.transition, Transition::cut) << "what fades out would be outside its window";
}

TEST(Show, PreparesOneSlotAheadAsSoonAsWhatOughtToStandIsThere) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:59:56");
  rig.decide();
  EXPECT_EQ(rig.ordered(), "morning") << "nothing competes with the first picture";
  rig.make_one();
  rig.decide();
  EXPECT_EQ(rig.ordered(), "noon");
}

TEST(Show, PutsTheCardWhereTheNextPosterIsNotReadyAtTheEdge) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:59:56");
  rig.decide();
  rig.make_one();
  EXPECT_EQ(rig.stands(), "morning");
  rig.go_to("2027-03-01 09:00");
  EXPECT_EQ(rig.stands(), "card");
  rig.make_one();
  EXPECT_EQ(rig.stands(), "noon");
}

TEST(Show, GoesDarkForNoOneAtTheEndOfTheLastWindow) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 11:59:59.999");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "noon");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.last.transition, Transition::cut);
}

TEST(Show, LetsAnItemThatStillTakesTurnsStandUntilTheNextIsReady) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00");
  rig.decide();
  rig.make_one();
  const std::string first = rig.stands();
  rig.clock.advance(rig.last.until - rig.clock.now());
  EXPECT_EQ(rig.stands(), first) << "the other one is still being made";
  rig.make_one();
  EXPECT_NE(rig.stands(), first);
  EXPECT_EQ(rig.last.transition, Transition::fade);
}

TEST(Show, FadesWhereTheIncomingItemFades) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00");
  rig.make_all();
  rig.clock.advance(rig.last.until - rig.clock.now());
  rig.decide();
  EXPECT_EQ(rig.last.transition, Transition::fade);
}

TEST(Show, CutsWhereTheIncomingItemCuts) {
  ShowRig rig(R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 8
transition = "cut"
[[item]]
id = "b"
text = { en = "b" }
seconds = 8
)",
              "2027-03-01 08:00");
  rig.make_all();
  for (int slot = 0; slot < 4; ++slot) {
    rig.clock.advance(rig.last.until - rig.clock.now());
    const std::string item = rig.stands();
    EXPECT_EQ(rig.last.transition, item == "a" ? Transition::cut : Transition::fade) << item;
  }
}

TEST(Show, LeavesThePictureOfAnItemAloneAcrossItsOwnTurns) {
  ShowRig rig(kAlone, "2027-03-01 08:00");
  rig.make_all();
  const PicturePtr picture = rig.decide().picture;
  const std::uint64_t turn = rig.last.turn;
  rig.clock.advance(rig.last.until - rig.clock.now());
  EXPECT_EQ(rig.decide().picture, picture);
  EXPECT_GT(rig.last.turn, turn);
  EXPECT_EQ(rig.ordered(), "");
}

// Against explain(), which is another way to ask who takes turns.
TEST(Show, CutsExactlyWhereTheOutgoingItemNoLongerTakesTurns) {
  ShowRig rig(R"(
[[item]]
id = "all-day"
text = { en = "1" }
seconds = 7
[[item]]
id = "early"
text = { en = "2" }
seconds = 5
hours = "07:00-08:10"
[[item]]
id = "late"
text = { en = "3" }
seconds = 9
hours = "08:00-08:20"
weight = 2
[[item]]
id = "above"
text = { en = "4" }
seconds = 4
role = "takeover"
hours = "08:15-08:17"
)",
              "2027-03-01 07:58");
  rig.make_all();
  int cuts = 0;
  int fades = 0;
  std::optional<EntryIndex> before = rig.show.showing().slot.entry;
  while (rig.clock.now() < utc("2027-03-01 08:25")) {
    rig.clock.advance(rig.last.until - rig.clock.now());
    rig.decide();
    const Decision change = rig.last;
    rig.make_all();
    const auto entry = rig.show.showing().slot.entry;
    ASSERT_TRUE(entry);
    if (entry != before) {
      const auto items =
          explain(*rig.show.edition().playlist(), *rig_display(), {}, rig.clock.now());
      const bool takes_turns = items.items[*before].state != ItemState::out;
      ASSERT_EQ(change.transition, takes_turns ? Transition::fade : Transition::cut)
          << to_string(Civil{rig.clock.now().time_since_epoch()});
      ++(takes_turns ? fades : cuts);
    }
    before = entry;
  }
  EXPECT_GE(cuts, 3);
  EXPECT_GE(fades, 50);
}

TEST(Show, AskedAgainWithinASlotItDecidesTheSame) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00");
  rig.make_all();
  const Decision first = rig.decide();
  rig.clock.advance(Millis{1});
  const Decision second = rig.decide();
  EXPECT_EQ(second.picture, first.picture);
  EXPECT_EQ(second.turn, first.turn);
  EXPECT_TRUE(second.orders.empty());
}

// The clock and the surroundings.

TEST(Show, FollowsAClockThatIsSet) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:00");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "morning");
  rig.clock.step(std::chrono::hours{2});
  EXPECT_EQ(rig.stands(), "card") << "the morning's poster is outside its window";
  rig.make_all();
  EXPECT_EQ(rig.stands(), "noon");
  rig.clock.step(-std::chrono::hours{2});
  EXPECT_EQ(rig.stands(), "morning") << "its picture is still at hand";
}

TEST(Show, LeavesAStepWithinTheSlotAlone) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00:01");
  rig.make_all();
  const Decision before = rig.decide();
  rig.clock.step(before.until - rig.clock.now() - Millis{1});
  EXPECT_EQ(rig.decide().turn, before.turn);
  rig.clock.step(Millis{1});
  EXPECT_GT(rig.decide().turn, before.turn);
}

TEST(Show, FollowsTheRoute) {
  ShowRig rig(R"(
[[item]]
id = "everywhere"
text = { en = "1" }
seconds = 8
[[item]]
id = "on-421"
text = { en = "2" }
seconds = 8
role = "takeover"
routes = ["421"]
)",
              "2027-03-01 08:00");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "everywhere");
  rig.show.set_context({.route = "421", .inside = {}, .since = rig.clock.now()});
  rig.make_all();
  EXPECT_EQ(rig.stands(), "on-421");
  rig.show.set_context({});
  EXPECT_EQ(rig.stands(), "everywhere");
  EXPECT_EQ(rig.last.transition, Transition::cut);
}

TEST(Show, KeepsThePictureWhileTheRightOneIsMadeAfterAJump) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:00");
  rig.make_all();
  rig.clock.step(std::chrono::hours{2});
  rig.show.jumped(rig.clock.steady_now());
  EXPECT_EQ(rig.stands(), "morning");
  rig.clock.advance(Millis{999});
  EXPECT_EQ(rig.stands(), "morning");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "card");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "noon");
}

TEST(Show, StandsOnTheCardWhereTheFolderIsEmpty) {
  ShowRig rig("", "2027-03-01 08:00");
  EXPECT_EQ(rig.stands(), "card");
  EXPECT_EQ(rig.last.until, kEndOfTime);
  EXPECT_FALSE(rig.last.patience);
}

// Work and memory.

TEST(Show, MakesThePicturesOfAShortLoopOnce) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00");
  std::size_t made = 0;
  for (int slot = 0; slot < 20; ++slot) {
    for (rig.decide(); !rig.orders.empty(); rig.decide(), ++made) rig.make_one();
    rig.clock.advance(rig.last.until - rig.clock.now());
  }
  EXPECT_EQ(made, 2u);
}

TEST(Show, KeepsNoMorePicturesThanItMayButAlwaysThisOneAndTheNext) {
  const std::string items = [] {
    std::string text;
    for (const char* id : {"a", "b", "c", "d", "e"})
      text += std::string("[[item]]\nid = \"") + id + "\"\ntext = { en = \"x\" }\nseconds = 8\n";
    return text;
  }();
  constexpr std::size_t kPicture = 16 * 9 * 4;
  for (const std::size_t room : {std::size_t{0}, 3 * kPicture}) {
    ShowRig rig(items, "2027-03-01 08:00", {.cache_bytes_max = room});
    for (int slot = 0; slot < 20; ++slot) {
      rig.make_all();
      ASSERT_NE(rig.stands(), "card");
      ASSERT_LE(rig.show.edition().pictures.bytes(), std::max(room, 2 * kPicture));
      rig.clock.advance(rig.last.until - rig.clock.now());
    }
  }
}

TEST(Show, NeverHasMoreThanTwoOrdersOut) {
  ShowRig rig(kMorningAndNoon, "2027-03-01 08:00");
  for (int jump = 0; jump < 20; ++jump) {
    rig.clock.step(std::chrono::hours{jump % 2 == 0 ? 2 : -2});
    rig.decide();
    ASSERT_LE(rig.orders.size(), 2u);
  }
}

}  // namespace
}  // namespace noseon
