// Languages that take turns within a slot: the pages of player/pages.h on the stage.
#include <gtest/gtest.h>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

// Two pages, of 12 s the first 8 and the second 4: 2 s each, and the rest as 3 to 1.
ShowRig rig_of(const std::string& items, std::string_view start) {
  ShowRig rig(items, start);
  rig.pages = {3, 1};
  return rig;
}

constexpr const char* kLong = R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 12
)";

constexpr const char* kLongCut = R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 12
transition = "cut"
)";

// To the start of the slot that comes.
void go_to_next_slot(ShowRig& rig) {
  const Instant until = rig.show.showing().slot.until;
  rig.clock.advance(until - rig.clock.now());
}

// The start of a slot, all its pages made.
void enter_slot(ShowRig& rig) {
  rig.make_all();
  go_to_next_slot(rig);
  rig.make_all();
}

TEST(ShowPages, ChangeWithinTheSlotAtTheMillisecond) {
  ShowRig rig = rig_of(kLong, "2027-03-01 08:00");
  enter_slot(rig);
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_EQ(rig.last.page.count, 2U);
  EXPECT_EQ(rig.last.until, rig.show.showing().slot.from + std::chrono::seconds{8});
  rig.clock.advance(Millis{7999});
  EXPECT_EQ(rig.stands(), "a");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "a/1");
  EXPECT_EQ(rig.last.page.page, 1U);
  EXPECT_EQ(rig.last.transition, Transition::fade);
  EXPECT_EQ(rig.last.until, rig.show.showing().slot.until);
}

TEST(ShowPages, ChangeAsTheItemCame) {
  ShowRig rig = rig_of(kLongCut, "2027-03-01 08:00");
  enter_slot(rig);
  rig.clock.advance(Millis{8000});
  EXPECT_EQ(rig.stands(), "a/1");
  EXPECT_EQ(rig.last.transition, Transition::cut);
}

TEST(ShowPages, BeginAgainWithTheNextSlot) {
  ShowRig rig = rig_of(kLong, "2027-03-01 08:00");
  enter_slot(rig);
  rig.clock.advance(Millis{11'999});
  EXPECT_EQ(rig.stands(), "a/1");
  rig.clock.advance(Millis{1});
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_EQ(rig.last.transition, Transition::fade);
}

TEST(ShowPages, AreOrderedOneAhead) {
  ShowRig rig = rig_of(kTwoInTurn, "2027-03-01 08:00");
  rig.make_all();
  go_to_next_slot(rig);
  const std::string id = rig.stands();
  rig.make_all();
  ShowRig fresh = rig_of(kTwoInTurn, "2027-03-01 08:00");
  fresh.clock.advance(rig.clock.now() - fresh.clock.now());
  fresh.decide();
  EXPECT_EQ(fresh.ordered(), id);
  fresh.make_one();
  fresh.decide();
  EXPECT_EQ(fresh.ordered(), id + "/1") << "it is known now that there is another page";
}

TEST(ShowPages, StandsOnWithTheOneBeforeWhereTheNextIsNotReady) {
  ShowRig rig = rig_of(kLong, "2027-03-01 08:00");
  rig.decide();
  rig.make_one();
  EXPECT_EQ(rig.stands(), "a");
  rig.orders.clear();  // the workshop takes its time
  go_to_next_slot(rig);
  rig.clock.advance(Millis{8000});
  EXPECT_EQ(rig.stands(), "a");
  EXPECT_EQ(rig.last.standing, Standing::item);
}

TEST(ShowPages, StandsOnWithTheOneBeforeInTheVeryFirstSlotToo) {
  ShowRig before = rig_of(kLong, "2027-03-01 08:00");
  before.decide();
  go_to_next_slot(before);
  before.decide();
  const Civil start{before.show.showing().slot.from.time_since_epoch()};
  ShowRig rig = rig_of(kLong, to_string(start));
  rig.decide();
  rig.make_one();
  EXPECT_EQ(rig.stands(), "a");
  rig.clock.advance(Millis{8000});
  EXPECT_EQ(rig.stands(), "a");
  rig.clock.advance(Millis{1500});
  EXPECT_EQ(rig.stands(), "a") << "nor does the card come once patience is over";
}

TEST(ShowPages, AShortSlotShowsTheFirstAlone) {
  ShowRig rig = rig_of(R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 3
)",
                       "2027-03-01 08:00");
  for (int slot = 0; slot < 3; ++slot) {
    rig.make_all();
    EXPECT_EQ(rig.stands(), "a");
    EXPECT_EQ(rig.last.page.count, 1U);
    go_to_next_slot(rig);
  }
}

TEST(ShowPages, OfAnItemSetAsideAreGoneWithIt) {
  ShowRig rig = rig_of(kLong, "2027-03-01 08:00");
  enter_slot(rig);
  rig.clock.advance(Millis{8000});
  ASSERT_EQ(rig.stands(), "a/1");
  rig.show.load(rig_playlist(kLong), rig_display(), rig.clock.steady_now());
  rig.decide();
  ASSERT_EQ(rig.ordered(), "a") << "of the new state";
  rig.fail_one(ErrorKind::bad_format);
  EXPECT_EQ(rig.stands(), "card");
}

}  // namespace
}  // namespace noseon
