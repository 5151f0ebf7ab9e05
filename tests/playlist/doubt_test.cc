// A clock that nothing confirms: what an item asks of the floor, on its exact edges.
#include "playlist/doubt.h"

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

using namespace std::chrono_literals;

const std::string kSpring = "[window]\nfrom = 2027-02-01\nuntil = 2027-03-31\n";

/// A bus whose clock says `now`, where all that is certain is `floor`.
Bus in_doubt(Bus bus, const std::string& now, const std::string& floor) {
  bus.context.since = bus.at(now);
  bus.context.clock_floor = bus.at(floor);
  return bus;
}

Bus spring(const std::string& now, const std::string& floor, const std::string& keys = "") {
  return in_doubt(Bus({campaign_toml(kSpring + item_toml("w", keys)),
                       campaign_toml(item_toml("always", "role = \"filler\""), "always")}),
                  now, floor);
}

TEST(Doubt, AWindowHoldsFromTheFloorTo72HoursLaterBothIncluded) {
  EXPECT_EQ(spring("2027-02-01", "2027-02-01").shows("2027-02-01"), "w");
  EXPECT_EQ(spring("2027-02-01", "2027-01-31 23:59:59.999").shows("2027-02-01"), "always");
  const std::string last = "2027-03-28 23:59:59.999";
  EXPECT_EQ(spring(last, last).shows(last), "w");
  EXPECT_EQ(spring("2027-03-29", "2027-03-29").shows("2027-03-29"), "always");
}

TEST(Doubt, TheDisplaysOwnClockIsHeardToo) {
  EXPECT_EQ(spring("2027-03-31 23:59:59.999", "2027-03-01").shows("2027-03-31 23:59:59.999"), "w");
  EXPECT_EQ(spring("2027-04-01", "2027-03-01").shows("2027-04-01"), "always");
}

TEST(Doubt, TheFloorPassesAsTimeDoes) {
  const Bus bus = spring("2027-03-20 12:00", "2027-03-20");  // twelve hours ahead
  EXPECT_EQ(bus.shows("2027-03-29 11:59:59.999"), "w");
  EXPECT_EQ(bus.shows("2027-03-29 12:00"), "always");
  Schedule schedule(bus.playlist, bus.display);
  EXPECT_EQ(bus.civil(*schedule.next_edge(bus.context, bus.at("2027-03-21"))),
            "2027-03-29 12:00:00");
  EXPECT_EQ(bus.civil(*schedule.previous_edge(bus.context, bus.at("2027-03-30"))),
            "2027-03-29 12:00:00");
}

TEST(Doubt, MovingTheContextOnChangesNothingButItsSince) {
  Bus bus = spring("2027-03-20 12:00", "2027-03-20");
  const Instant later = bus.at("2027-03-25");
  const Instant floor = bus.context.floor_at(later);
  bus.context.move_to(later);
  EXPECT_EQ(bus.context.since, later);
  EXPECT_EQ(*bus.context.clock_floor, floor);
  EXPECT_EQ(bus.context.floor_at(bus.at("2027-03-29")), bus.at("2027-03-28 12:00"));
}

TEST(Doubt, DaysHoursAndDaypartsWaitAndWhatAsksForNoTimePlays) {
  const std::string noon = "2027-02-25 12:00";
  for (const char* keys : {"hours = \"00:00-24:00\"", "days = \"daily\""})
    EXPECT_EQ(spring(noon, noon, keys).shows(noon), "always") << keys;
  EXPECT_EQ(spring("2037-01-01", noon).shows("2037-01-01"), "always");
}

TEST(DoubtExplained, AnItemWithAWindowSaysFromWhenToWhenItHasToHold) {
  const Bus bus = spring("2027-03-31 12:00", "2027-03-30 12:00");
  const auto explained =
      explain(bus.playlist, bus.display, bus.context, bus.at("2027-03-31 12:00"));
  const Explanation& item = explained.items.at(1);
  EXPECT_EQ(item.rule, Rule::clock);
  EXPECT_EQ(item.state, ItemState::out);
  EXPECT_EQ(item.reason,
            "nothing confirms the display's clock; an item with a window plays only if it is "
            "inside from 2027-03-30 12:00:00 to 2027-04-02 12:00:00");
  EXPECT_EQ(bus.civil(item.changes.value()), "2027-04-01 00:00:00") << "then by the window";
}

TEST(DoubtExplained, SaysWhenTheFloorWillHaveComeFarEnough) {
  const Bus bus = spring("2027-02-02 12:00", "2027-01-30 12:00");
  const auto explained =
      explain(bus.playlist, bus.display, bus.context, bus.at("2027-02-02 12:00"));
  EXPECT_EQ(explained.items.at(1).rule, Rule::clock);
  EXPECT_EQ(bus.civil(explained.items.at(1).changes.value()), "2027-02-04 00:00:00");
  EXPECT_EQ(explained.items.at(0).state, ItemState::shown);
}

TEST(DoubtExplained, WhatHasHoursWaitsForTheClockAndIsOutByItsHoursFirst) {
  const Bus bus = spring("2027-02-25 12:00", "2027-02-25 12:00", "hours = \"08:00-18:00\"");
  const auto rule_at = [&](const std::string& civil) {
    return explain(bus.playlist, bus.display, bus.context, bus.at(civil)).items.at(1);
  };
  EXPECT_EQ(rule_at("2027-02-25 12:00").rule, Rule::clock);
  EXPECT_EQ(rule_at("2027-02-25 12:00").reason,
            "nothing confirms the display's clock; items with days or hours wait for it");
  EXPECT_EQ(bus.civil(rule_at("2027-02-25 12:00").changes.value()), "2027-02-25 18:00:00");
  EXPECT_EQ(rule_at("2027-02-25 18:00").rule, Rule::hours);
  EXPECT_EQ(bus.civil(rule_at("2027-02-25 18:00").changes.value()), "2027-02-26 08:00:00");
}

TEST(DoubtExplained, TheClockIsAskedAfterTheRouteAndBeforeTheRole) {
  Bus bus = spring("2027-03-31", "2027-03-31", "routes = [\"421\"]");
  EXPECT_EQ(explain(bus.playlist, bus.display, bus.context, bus.at("2027-03-31")).items.at(1).rule,
            Rule::routes);
  bus.context.route = "421";
  EXPECT_EQ(explain(bus.playlist, bus.display, bus.context, bus.at("2027-03-31")).items.at(1).rule,
            Rule::clock);
}

}  // namespace
}  // namespace noseon::testing
