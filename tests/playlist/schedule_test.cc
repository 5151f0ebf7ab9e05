#include "playlist/schedule.h"

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

constexpr Millis kMs{1};

TEST(Schedule, CommutePosterLeavesTheScreenAtHalfPastNineExactly) {
  const Bus bus({campaign_toml("[dayparts]\ncommute = [{ hours = \"06:30-09:30\" }]\n" +
                               item_toml("commute", "dayparts = [\"commute\"]") +
                               item_toml("rest", "role = \"filler\""))});
  EXPECT_EQ(bus.shows(bus.at("2027-02-25 06:30") - kMs), "rest");
  EXPECT_EQ(bus.shows("2027-02-25 06:30"), "commute");
  EXPECT_EQ(bus.shows(bus.at("2027-02-25 09:30") - kMs), "commute");
  EXPECT_EQ(bus.shows("2027-02-25 09:30"), "rest");
}

TEST(Schedule, OnlyTheHighestTierPlays) {
  const Bus bus({campaign_toml(
      item_toml("urgent",
                "role = \"urgent\"\nfrom = 2027-02-25T12:00:00\nuntil = "
                "2027-02-25T13:00:00") +
      item_toml("takeover", "role = \"takeover\"\nhours = \"12:30-14:00\"") +
      item_toml("normal", "hours = \"12:45-15:00\"") + item_toml("filler", "role = \"filler\""))});
  EXPECT_EQ(bus.shows(bus.at("2027-02-25 12:00") - kMs), "filler");
  EXPECT_EQ(bus.shows("2027-02-25 12:00"), "urgent");
  EXPECT_EQ(bus.shows(bus.at("2027-02-25 13:00") - kMs), "urgent");
  EXPECT_EQ(bus.shows("2027-02-25 13:00"), "takeover");
  EXPECT_EQ(bus.shows("2027-02-25 14:00"), "normal");
  EXPECT_EQ(bus.shows("2027-02-25 15:00"), "filler");
}

TEST(Schedule, TheFallbackCardIsOneSlotAcrossMidnights) {
  const Bus bus({campaign_toml(item_toml("a", "yearly = \"02-01/03-31\""))});
  const Showing showing = bus.showing(bus.at("2027-06-15 12:34"));
  EXPECT_FALSE(showing.slot.entry);
  EXPECT_EQ(bus.civil(showing.slot.from), "2027-04-01 00:00:00");
  EXPECT_EQ(bus.civil(showing.slot.until), "2028-02-01 00:00:00");
  const auto slots = bus.plan_of("2027-05-01", "2027-05-10");
  ASSERT_EQ(slots.size(), 1U);
  EXPECT_EQ(bus.name(slots[0]), "fallback");
}

TEST(Schedule, WithNothingAtAllTheFallbackCardStandsForEver) {
  const Bus bus(std::vector<std::string>{});
  const Showing showing = bus.showing(bus.at("2027-06-15"));
  EXPECT_EQ(showing.slot, (Slot{std::nullopt, kBeginningOfTime, kEndOfTime}));
}

TEST(Schedule, ASegmentEndsAtTheDisplaysMidnightAndNotAtAnotherZones) {
  // Both items whole-day, in two zones: at Seoul's midnight nothing about E changes.
  const Bus bus({campaign_toml(item_toml("a")), campaign_toml(item_toml("b"), "other", "UTC")},
                "America/New_York");
  const Showing showing = bus.showing(bus.at("2027-02-25 12:00"));
  EXPECT_EQ(bus.civil(showing.segment.from), "2027-02-25 00:00:00");
  EXPECT_EQ(bus.civil(showing.segment.until), "2027-02-26 00:00:00");
}

TEST(Schedule, AChangeOfALowerTierEndsNoSegment) {
  const Bus bus({campaign_toml(item_toml("a") +
                               item_toml("b", "role = \"filler\"\nhours = \"10:00-11:00\""))});
  EXPECT_EQ(bus.civil(bus.showing(bus.at("2027-02-25 09:00")).segment.until),
            "2027-02-26 00:00:00");
}

TEST(Schedule, ASegmentStartsNoEarlierThanTheContext) {
  Bus bus({campaign_toml(item_toml("a") + item_toml("b"))});
  bus.context.since = bus.at("2027-02-25 08:00:07");
  const Showing showing = bus.showing(bus.at("2027-02-25 08:00:07"));
  EXPECT_EQ(bus.civil(showing.segment.from), "2027-02-25 08:00:07");
  EXPECT_EQ(bus.civil(showing.slot.from), "2027-02-25 08:00:07");
  EXPECT_EQ(bus.civil(bus.showing(bus.at("2027-02-25 08:00:06")).segment.until),
            "2027-02-25 08:00:07");
}

TEST(Schedule, ARouteThatIsUnknownKeepsItsItemsOut) {
  Bus bus({campaign_toml(item_toml("a", "routes = [\"421\", \"N16\"]") +
                         item_toml("rest", "role = \"filler\""))});
  EXPECT_EQ(bus.shows("2027-02-25 08:00"), "rest");
  bus.context.route = "421";
  EXPECT_EQ(bus.shows("2027-02-25 08:00"), "a");
  bus.context.route = "42";
  EXPECT_EQ(bus.shows("2027-02-25 08:00"), "rest");
}

TEST(Schedule, AnItemNearAPlaceShowsInsideItsCircle) {
  Bus bus({campaign_toml("[places]\nstation = { lat = 37.5547, lon = 126.9707, radius_m = 600 }\n" +
                         item_toml("a", "near = [\"station\"]") +
                         item_toml("rest", "role = \"filler\""))});
  EXPECT_EQ(bus.shows("2027-02-25 08:00"), "rest");
  bus.context.inside = places_around(bus.playlist, {37.5547 + 0.005, 126.9707});  // 556 m north
  EXPECT_EQ(bus.shows("2027-02-25 08:00"), "a");
  bus.context.inside = places_around(bus.playlist, {37.5547 + 0.006, 126.9707});  // 667 m north
  EXPECT_EQ(bus.shows("2027-02-25 08:00"), "rest");
}

TEST(Schedule, TwoDisplaysWithTheSamePlaylistAreInPhase) {
  const std::string toml = campaign_toml(item_toml("a") + item_toml("b") + item_toml("c"));
  const Bus one({toml});
  const Bus other({toml});
  for (int s = 0; s < 300; s += 7) {
    const Instant t = one.at("2027-02-25 08:00") + std::chrono::seconds{s};
    EXPECT_EQ(one.showing(t).slot, other.showing(t).slot);
  }
}

TEST(Schedule, ItsAnswerIsTheSlotOfThePlanAtEveryEdge) {
  const Bus bus({campaign_toml(item_toml("a", "weight = 3") + item_toml("b", "", 7) +
                               item_toml("c", "hours = \"08:00-08:01\""))});
  for (const Slot& slot : bus.plan_of("2027-02-25 07:55", "2027-02-25 08:05")) {
    if (slot.from > bus.at("2027-02-25 07:55")) {
      EXPECT_EQ(bus.showing(slot.from).slot.from, slot.from);
    }
    EXPECT_EQ(bus.name(bus.showing(slot.from).slot), bus.name(slot));
    EXPECT_EQ(bus.name(bus.showing(slot.until - kMs).slot), bus.name(slot));
  }
}

TEST(Schedule, AskedAgainAfterAJumpItAnswersAsIfNew) {
  const Bus bus({campaign_toml(item_toml("a") + item_toml("b", "hours = \"10:00-12:00\""))});
  Schedule schedule(bus.playlist, bus.display);
  for (const char* at : {"2027-02-25 11:00", "2027-02-25 09:00", "2030-01-01 10:00",
                         "2027-02-25 11:00", "1999-12-31 23:59:59.999"}) {
    EXPECT_EQ(schedule.showing_at(bus.context, bus.at(at)).slot, bus.showing(bus.at(at)).slot)
        << at;
  }
}

TEST(Schedule, TwoTurnsInARowAreTwoSlots) {
  const Bus bus({campaign_toml(item_toml("a"))});
  const auto slots = bus.plan_of("2027-02-25 08:00", "2027-02-25 08:01");
  EXPECT_GE(slots.size(), 6U);
}

TEST(Edges, AreFoundInBothDirectionsAcrossYears) {
  const Bus bus({campaign_toml(item_toml("a", "yearly = \"02-01/03-31\"") +
                               item_toml("rest", "role = \"filler\""))});
  Schedule schedule(bus.playlist, bus.display);
  const Instant june = bus.at("2027-06-01");
  EXPECT_EQ(bus.civil(*schedule.next_edge(bus.context, june)), "2028-02-01 00:00:00");
  EXPECT_EQ(bus.civil(*schedule.previous_edge(bus.context, june)), "2027-04-01 00:00:00");
  const Instant edge = bus.at("2027-04-01");
  EXPECT_EQ(bus.civil(*schedule.previous_edge(bus.context, edge)), "2027-02-01 00:00:00");
  EXPECT_EQ(bus.civil(*schedule.previous_edge(bus.context, edge + kMs)), "2027-04-01 00:00:00");
  EXPECT_EQ(bus.civil(*schedule.next_edge(bus.context, edge - kMs)), "2027-04-01 00:00:00");
}

TEST(Edges, ThereAreNoneWhereNothingEverChanges) {
  const Bus bus({campaign_toml(item_toml("a"))});
  Schedule schedule(bus.playlist, bus.display);
  EXPECT_FALSE(schedule.next_edge(bus.context, bus.at("2027-06-01")));
  EXPECT_FALSE(schedule.previous_edge(bus.context, bus.at("2027-06-01")));
}

TEST(Reason, NamesTurnsLoopAndTier) {
  const Bus bus({campaign_toml(item_toml("a", "weight = 3") + item_toml("b"))});
  const auto slots = bus.plan_of("2027-02-25 08:00", "2027-02-25 08:01");
  Instant t = slots.front().from;
  while (bus.shows(t) != "a") t += std::chrono::seconds{1};
  EXPECT_EQ(reason(bus.showing(t)),
            "its turn: 3 of 4 turns in a loop of 40 s among 2 items (normal)");
}

}  // namespace
}  // namespace noseon::testing
