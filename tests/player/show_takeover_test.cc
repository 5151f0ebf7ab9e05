// A new state that waits for the end of the slot, as that of a store does; and when it may not.
#include <gtest/gtest.h>

#include "player/show.h"
#include "tests/player/show_rig.h"

namespace noseon {
namespace {

using std::chrono::seconds;

constexpr ShowOptions kAtEdges{.trial_patience = seconds{5}, .edge_patience = seconds{30}};

// The one item of an hour, and another beside it.
constexpr const char* kLong = R"(
[[item]]
id = "long"
text = { en = "long" }
seconds = 3600
)";
constexpr const char* kLongAndNew = R"(
[[item]]
id = "long"
text = { en = "long" }
seconds = 3600
[[item]]
id = "new"
text = { en = "new" }
seconds = 3600
weight = 1000
)";
constexpr const char* kLongAndUrgent = R"(
[[item]]
id = "long"
text = { en = "long" }
seconds = 3600
[[item]]
id = "urgent"
role = "urgent"
text = { en = "urgent" }
from = 2027-03-01T00:00:00
until = 2027-03-01T23:00:00
)";
constexpr const char* kOther = R"(
[[item]]
id = "other"
text = { en = "other" }
seconds = 8
)";
constexpr const char* kThree = R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 8
[[item]]
id = "b"
text = { en = "b" }
seconds = 8
[[item]]
id = "c"
text = { en = "c" }
seconds = 8
)";

void load(ShowRig& rig, const char* items) {
  rig.show.load(rig_playlist(items), rig_display(), rig.clock.steady_now());
}

TEST(ShowTakeover, WaitsForTheSlotsEdgeThoughAllIsReady) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00:01", kAtEdges);
  rig.make_all();
  const std::string stood = rig.stands();
  const Instant edge = rig.show.showing().slot.until;
  load(rig, kThree);
  rig.make_all();
  EXPECT_EQ(rig.show.edition().number(), 1U);
  EXPECT_EQ(rig.last.until, edge) << "asked again there";
  rig.clock.advance(edge - rig.clock.now() - Millis{1});
  EXPECT_EQ(rig.stands(), stood);
  EXPECT_EQ(rig.show.edition().number(), 1U);
  rig.clock.advance(Millis{1});
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 2U);
  EXPECT_FALSE(rig.last.is_stand_in) << "what shows from the edge was made before it";
}

TEST(ShowTakeover, MakesWhatWillShowAtTheEdgeNotWhatWouldShowNow) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00:01", kAtEdges);
  rig.make_all();
  rig.decide();
  const Instant edge = rig.show.showing().slot.until;
  load(rig, kThree);
  rig.decide();
  const auto playlist = rig_playlist(kThree);
  const auto then = Schedule(*playlist, *rig_display()).showing_at({}, edge).slot.entry;
  ASSERT_FALSE(rig.orders.empty());
  EXPECT_EQ(rig.item_of(rig.orders.front()), playlist->item_of(*then).id.str());
}

TEST(ShowTakeover, WhereItsPatienceEndsBeforeTheSlotItMakesWhatWillShowThen) {
  ShowRig rig(kLong, "2027-03-01 08:10", kAtEdges);
  rig.make_all();
  const std::string items =
      std::string(kThree) + "[[item]]\nid = \"long\"\ntext = { en = \"long\" }\nseconds = 8\n";
  const auto playlist = rig_playlist(items);
  const auto display = rig_display();
  Schedule schedule(*playlist, *display);
  const auto item_at = [&](Instant at) {
    return playlist->item_of(*schedule.showing_at({}, at).slot.entry).id.str();
  };
  const std::string then = item_at(rig.clock.now() + seconds{30});
  ASSERT_NE(then, item_at(rig.show.showing().slot.until));
  load(rig, items.c_str());
  rig.decide();
  ASSERT_FALSE(rig.orders.empty());
  EXPECT_EQ(rig.item_of(rig.orders.front()), then);
}

TEST(ShowTakeover, WaitsNoLongerThanItsPatienceForALongSlot) {
  ShowRig rig(kLong, "2027-03-01 08:10", kAtEdges);
  rig.make_all();
  load(rig, kLongAndNew);
  rig.make_all();
  rig.clock.advance(seconds{30} - Millis{1});
  rig.make_all();
  EXPECT_EQ(rig.show.edition().number(), 1U);
  EXPECT_EQ(*rig.last.patience, rig.clock.steady_now() + Millis{1}) << "asked again then";
  rig.clock.advance(Millis{1});
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 2U);
  EXPECT_FALSE(rig.last.is_stand_in) << "what shows from then was made before";
}

TEST(ShowTakeover, AnUrgentItemDoesNotWaitForTheEdge) {
  ShowRig rig(kLong, "2027-03-01 08:10", kAtEdges);
  rig.make_all();
  load(rig, kLongAndUrgent);
  EXPECT_EQ(rig.stands(), "long") << "until its picture is there";
  rig.make_one();
  EXPECT_EQ(rig.stands(), "urgent");
}

TEST(ShowTakeover, WhatWasWithdrawnDoesNotStandUntilTheEdge) {
  ShowRig rig(kLong, "2027-03-01 08:10", kAtEdges);
  rig.make_all();
  load(rig, kOther);
  EXPECT_EQ(rig.stands(), "long") << "until there is a picture for its place";
  rig.make_one();
  EXPECT_EQ(rig.stands(), "other");
}

TEST(ShowTakeover, NothingIsWaitedForWhereACardStands) {
  ShowRig rig("", "2027-03-01 08:10", kAtEdges);
  EXPECT_EQ(rig.stands(), "card");
  load(rig, kLong);
  rig.decide();
  rig.make_one();
  EXPECT_EQ(rig.stands(), "long");
}

TEST(ShowTakeover, WithoutItsFirstPictureItTakesOverOnlyWhenPatienceIsOver) {
  ShowRig rig(kTwoInTurn, "2027-03-01 08:00:01", kAtEdges);
  rig.make_all();
  load(rig, kThree);
  rig.decide();
  // Slots come and go; of the state that comes nothing is made.
  for (int second = 0; second < 29; ++second) {
    rig.clock.advance(seconds{1});
    rig.decide();
    ASSERT_EQ(rig.show.edition().number(), 1U);
  }
  rig.clock.advance(Millis{999});
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 1U);
  rig.clock.advance(Millis{1});
  rig.decide();
  EXPECT_EQ(rig.show.edition().number(), 2U);
}

}  // namespace
}  // namespace noseon
