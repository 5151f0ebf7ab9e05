#include "playlist/explain.h"

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

// "a: out by hours, changes 2027-02-25 20:00:00"
std::string line(const Bus& bus, const Explanation& one) {
  std::string text =
      bus.playlist.item_of(one.entry).id.str() + ": " + std::string(to_string(one.state));
  if (one.rule) text += " by " + std::string(to_string(*one.rule));
  return text + ", changes " + (one.changes ? bus.civil(*one.changes) : "never");
}

std::string explain_first(const Bus& bus, const std::string& at) {
  return line(bus, explain(bus.playlist, bus.display, bus.context, bus.at(at)).items.at(0));
}

TEST(Explain, AWindowIsTestedFirst) {
  const Bus bus(
      {campaign_toml("[window]\nyearly = \"02-01/03-31\"\n" +
                     item_toml("a", "yearly = \"02-25/02-26\"\nhours = \"20:00-22:00\""))});
  EXPECT_EQ(explain_first(bus, "2027-02-24 21:00"),
            "a: out by window, changes 2027-02-25 00:00:00");
  EXPECT_EQ(explain_first(bus, "2027-02-25 00:00"), "a: out by hours, changes 2027-02-25 20:00:00");
  EXPECT_EQ(explain_first(bus, "2027-02-25 20:00"), "a: shown, changes 2027-02-25 22:00:00");
  EXPECT_EQ(explain_first(bus, "2027-02-26 22:00"), "a: out by hours, changes 2027-02-27 00:00:00");
  EXPECT_EQ(explain_first(bus, "2027-02-27 00:00"),
            "a: out by window, changes 2028-02-25 00:00:00");
}

TEST(Explain, SaysWhatIsOverOfAnUrgentItem) {
  const Bus bus({campaign_toml("[window]\nuntil = 2027-02-25\n" +
                               item_toml("a",
                                         "role = \"urgent\"\nfrom = 2027-02-25T20:00:00\n"
                                         "until = 2027-02-26T04:00:00"))});
  const auto why = [&](const std::string& at) {
    return explain(bus.playlist, bus.display, bus.context, bus.at(at)).items.at(0).reason;
  };
  EXPECT_EQ(why("2027-02-25 19:59:59.999"), "outside its urgent hours");
  EXPECT_EQ(why("2027-02-26 00:00"), "outside the campaign's window (until 2027-02-25)");
  EXPECT_EQ(why("2027-02-26 04:00"), "outside its urgent hours");
}

TEST(Explain, SaysThatTheDayIsAHolidayWhereTheItemAsks) {
  const std::string kr = "holidays = \"kr\"\n";
  const std::string commute =
      "[dayparts]\ncommute = [{ days = \"mon-fri,-holiday\", hours = \"06:30-09:30\" }]\n";
  const Bus bus({campaign_toml(kr + commute + item_toml("a", "dayparts = [\"commute\"]") +
                               item_toml("b", "days = \"-holiday\"") +
                               item_toml("c", "hours = \"09:00-10:00\""))});
  const auto why = [&](const std::string& at, std::size_t item) {
    return explain(bus.playlist, bus.display, bus.context, bus.at(at)).items.at(item).reason;
  };
  EXPECT_EQ(why("2027-03-01 08:00", 0),
            "outside its hours (commute); 2027-03-01 is a public holiday");
  EXPECT_EQ(why("2027-03-01 08:00", 1), "this is none of its days; 2027-03-01 is a public holiday");
  EXPECT_EQ(why("2027-03-01 08:00", 2), "outside its hours (09:00-10:00)");
  EXPECT_EQ(why("2027-03-02 05:00", 0), "outside its hours (commute)");
}

TEST(Explain, DaysComeBeforeHours) {
  const Bus bus({campaign_toml(item_toml("a", "days = \"mon\"\nhours = \"08:00-09:00\""))});
  EXPECT_EQ(explain_first(bus, "2027-02-28 08:30"), "a: out by days, changes 2027-03-01 00:00:00");
  EXPECT_EQ(explain_first(bus, "2027-03-01 07:00"), "a: out by hours, changes 2027-03-01 08:00:00");
}

TEST(Explain, TargetingComesInTheOrderOfTheLanguage) {
  Bus bus({campaign_toml(
      "[places]\np = { lat = 37.5, lon = 127, radius_m = 100 }\n" +
      item_toml("a", "routes = [\"421\"]\nnear = [\"p\"]\nhours = \"08:00-09:00\""))});
  EXPECT_EQ(explain_first(bus, "2027-02-25 08:00"),
            "a: out by routes, changes 2027-02-25 09:00:00");
  bus.context.route = "421";
  EXPECT_EQ(explain_first(bus, "2027-02-25 08:00"), "a: out by near, changes 2027-02-25 09:00:00");
  bus.context.inside = {{"spring", "p"}};
  EXPECT_EQ(explain_first(bus, "2027-02-25 08:00"), "a: shown, changes 2027-02-25 09:00:00");
}

TEST(Explain, LabelsComeBeforeShare) {
  const Bus both({campaign_toml(item_toml("a", "labels = [\"x:y\"]\nshare = 0"))});
  EXPECT_EQ(explain_first(both, "2027-02-25"), "a: out by labels, changes never");
  const Bus share({campaign_toml(item_toml("a", "share = 0"))});
  EXPECT_EQ(explain_first(share, "2027-02-25"), "a: out by share, changes never");
}

TEST(Explain, ALowerTierWaitsForTheHigherToEnd) {
  const Bus bus({campaign_toml(item_toml("rest", "role = \"filler\"") +
                               item_toml("a", "hours = \"08:00-09:00\"") +
                               item_toml("b", "hours = \"08:30-10:00\""))});
  EXPECT_EQ(explain_first(bus, "2027-02-25 08:00"),
            "rest: out by role, changes 2027-02-25 10:00:00");
  const Bus never({campaign_toml(item_toml("rest", "role = \"filler\"") + item_toml("a"))});
  EXPECT_EQ(explain_first(never, "2027-02-25 08:00"), "rest: out by role, changes never");
}

TEST(Explain, AnItemAloneIsShownUntilItsWindowEnds) {
  const Bus bus({campaign_toml(item_toml("a", "until = 2027-03-31"))});
  EXPECT_EQ(explain_first(bus, "2027-02-25"), "a: shown, changes 2027-04-01 00:00:00");
}

TEST(Explain, ShownAndWaitingChangeAtTheNextSlotsEdge) {
  const Bus bus({campaign_toml(item_toml("a") + item_toml("b"))});
  const Instant t = bus.at("2027-02-25 08:00");
  const Explained explained = explain(bus.playlist, bus.display, bus.context, t);
  const Instant edge = explained.showing.slot.until;
  for (const Explanation& one : explained.items) {
    EXPECT_EQ(one.state == ItemState::shown, one.entry == *explained.showing.slot.entry);
    EXPECT_EQ(one.changes, edge);
    EXPECT_FALSE(one.rule);
  }
}

TEST(Explain, TwoTurnsInARowAreOneState) {
  const Bus bus({campaign_toml(item_toml("a", "weight = 3") + item_toml("b"))});
  const auto slots = bus.plan_of("2027-02-25 08:00", "2027-02-25 08:05");
  for (std::size_t i = 1; i + 4 < slots.size(); ++i) {
    const Explained explained = explain(bus.playlist, bus.display, bus.context, slots[i].from);
    std::size_t end = i;
    while (slots[end].entry == slots[i].entry) ++end;
    EXPECT_EQ(explained.items[*slots[i].entry].changes, slots[end].from);
  }
}

}  // namespace
}  // namespace noseon::testing
