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

// What shows at a time, by the schedule alone.
std::string item_at(const std::string& items, Instant at) {
  const auto playlist = rig_playlist(items);
  const auto display = rig_display();
  const Showing showing = Schedule(*playlist, *display).showing_at({}, at);
  return playlist->item_of(*showing.slot.entry).id.str();
}

// Texts a, b, ... in turn, so many seconds each.
std::string in_turn(const std::string& ids, int each) {
  std::string items;
  for (const char id : ids)
    items +=
        fmt::format("[[item]]\nid = \"{0}\"\ntext = {{ en = \"{0}\" }}\nseconds = {1}\n", id, each);
  return items;
}

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
  int each = 2;
  while (item_at(in_turn("abc", each), edge) == item_at(in_turn("abc", each), rig.clock.now()))
    ++each;
  const std::string items = in_turn("abc", each);
  load(rig, items.c_str());
  rig.decide();
  const std::string then = item_at(items, edge);
  ASSERT_FALSE(rig.orders.empty());
  EXPECT_EQ(rig.item_of(rig.orders.front()), then);
}

TEST(ShowTakeover, WhereItsPatienceEndsBeforeTheSlotItMakesWhatWillShowThen) {
  ShowRig rig(kLong, "2027-03-01 08:10", kAtEdges);
  rig.make_all();
  const Instant end = rig.clock.now() + seconds{30};
  std::string items;
  for (int each = 2;; ++each) {
    items =
        in_turn("abc", each) +
        fmt::format("[[item]]\nid = \"long\"\ntext = {{ en = \"long\" }}\nseconds = {}\n", each);
    if (item_at(items, end) != item_at(items, rig.clock.now()) &&
        item_at(items, end) != item_at(items, rig.show.showing().slot.until))
      break;
  }
  const std::string then = item_at(items, end);
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

TEST(ShowTakeover, AnUrgentItemDoesNotWaitForAnotherEither) {
  const std::string one =
      "[[item]]\nid = \"one\"\nrole = \"urgent\"\ntext = { en = \"one\" }\nseconds = 60\n"
      "from = 2027-03-01T00:00:00\nuntil = 2027-03-01T23:00:00\n";
  const std::string both =
      one +
      "[[item]]\nid = \"other\"\nrole = \"urgent\"\ntext = { en = \"other\" }\nseconds = 60\n"
      "from = 2027-03-01T00:00:00\nuntil = 2027-03-01T23:00:00\n";
  Instant start = utc("2027-03-01 08:00:10");
  while (item_at(both, start) != "other") start += seconds{60};
  ShowRig rig(one, "2027-03-01 08:00:10", kAtEdges);
  rig.clock.advance(start - rig.clock.now());
  rig.make_all();
  load(rig, both.c_str());
  EXPECT_EQ(rig.stands(), "one");
  rig.make_all();
  EXPECT_EQ(rig.stands(), "other");
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
