#include "playlist/night.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "playlist/patterns.h"
#include "tests/playlist/bus.h"
#include "tests/support/long_run.h"
#include "tests/support/random_playlist.h"

namespace noseon::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr Millis kMs{1};
constexpr int kDimmed = 600;

Display display_at_night(const ZonePtr& zone, const Hours& hours) {
  Display display;
  display.zone = zone;
  display.night = Night{hours, kDimmed};
  return display;
}
Display display_at_night(const std::string& zone_name, const std::string& hours) {
  return display_at_night(zone(zone_name), parse_hours(hours).value());
}

Instant utc(const std::string& rfc3339) {
  return parse_rfc3339(rfc3339).value();
}

// Dimmed from the first instant to just before the second, full on either side.
void expect_night(const Display& display, Instant from, Instant until) {
  EXPECT_EQ(brightness_at(display, from - kMs), (Brightness{1000, from}));
  EXPECT_EQ(brightness_at(display, from), (Brightness{kDimmed, until}));
  EXPECT_EQ(brightness_at(display, until - kMs), (Brightness{kDimmed, until}));
  EXPECT_EQ(brightness_at(display, until).permille, 1000);
}

TEST(Night, WithoutOneADisplayIsFullForEver) {
  Display display;
  display.zone = zone("Asia/Seoul");
  EXPECT_EQ(brightness_at(display, utc("2027-02-25T12:00:00Z")), (Brightness{1000, kEndOfTime}));
}

TEST(Night, IsDimmedFromItsFirstInstantToJustBeforeItsEnd) {
  const Display display = display_at_night("Asia/Seoul", "20:00-22:00");
  expect_night(display, utc("2027-02-25T20:00:00+09:00"), utc("2027-02-25T22:00:00+09:00"));
  EXPECT_EQ(brightness_at(display, utc("2027-02-25T22:00:00+09:00")),
            (Brightness{1000, utc("2027-02-26T20:00:00+09:00")}));
}

TEST(Night, PastMidnightBelongsToTheDayItStartsOn) {
  const Display display = display_at_night("Asia/Seoul", "20:00-06:00");
  expect_night(display, utc("2027-02-25T20:00:00+09:00"), utc("2027-02-26T06:00:00+09:00"));
  EXPECT_EQ(brightness_at(display, utc("2027-02-26T00:00:00+09:00")),
            (Brightness{kDimmed, utc("2027-02-26T06:00:00+09:00")}));
}

TEST(Night, OfTheWholeDayNeverEnds) {
  for (const char* zone_name : {"Asia/Seoul", "America/Havana", "Pacific/Apia"}) {
    const Display display = display_at_night(zone_name, "00:00-24:00");
    for (const char* at : {"2011-12-30T09:59:59Z", "2024-03-10T05:00:00Z", "2027-02-25T00:00:00Z"})
      EXPECT_EQ(brightness_at(display, utc(at)), (Brightness{kDimmed, kEndOfTime})) << zone_name;
  }
}

TEST(Night, OfFullBrightnessChangesNothing) {
  Display display = display_at_night("Asia/Seoul", "20:00-06:00");
  display.night->brightness_permille = 1000;
  EXPECT_EQ(brightness_at(display, utc("2027-02-25T21:00:00+09:00")),
            (Brightness{1000, kEndOfTime}));
}

// On 2024-03-10 in New York 02:00 is 03:00; on 2024-11-03 the hour from 01:00 comes twice.
TEST(Night, IsAnHourShorterOrLongerWhereClocksAreSetInIt) {
  const Display display = display_at_night("America/New_York", "22:00-06:00");
  expect_night(display, utc("2024-03-09T22:00:00-05:00"), utc("2024-03-10T06:00:00-04:00"));
  expect_night(display, utc("2024-11-02T22:00:00-04:00"), utc("2024-11-03T06:00:00-05:00"));
}

TEST(Night, ThatBeginsInAGapBeginsAfterIt) {
  const Display display = display_at_night("America/New_York", "02:30-05:00");
  expect_night(display, utc("2024-03-10T07:00:00Z"), utc("2024-03-10T09:00:00Z"));
}

TEST(Night, InsideOfAGapFallsAwayThatDay) {
  const Display display = display_at_night("America/New_York", "02:10-02:50");
  EXPECT_EQ(brightness_at(display, utc("2024-03-10T07:00:00Z")),
            (Brightness{1000, utc("2024-03-11T02:10:00-04:00")}));
}

TEST(Night, ThatEndsInAnHourThatComesTwiceEndsInTheFirst) {
  const Display display = display_at_night("America/New_York", "22:00-01:30");
  expect_night(display, utc("2024-11-02T22:00:00-04:00"), utc("2024-11-03T01:30:00-04:00"));
}

// The gap takes what lies between: 02:15 and 02:30 are the same instant then.
TEST(Night, ThatTouchesTheNextInAGapIsOne) {
  const Display display = display_at_night("America/New_York", "02:30-02:15");
  EXPECT_EQ(brightness_at(display, utc("2024-03-09T12:00:00-05:00")),
            (Brightness{kDimmed, utc("2024-03-11T02:15:00-04:00")}));
}

// Apia had no 30 December 2011: the night of the 29th ends where the 31st begins, and none belongs
// to the day between.
TEST(Night, OfADayThatWasLeftOutIsNone) {
  const Display display = display_at_night("Pacific/Apia", "20:00-06:00");
  expect_night(display, utc("2011-12-29T20:00:00-10:00"), utc("2011-12-31T00:00:00+14:00"));
  EXPECT_EQ(brightness_at(display, utc("2011-12-31T00:00:00+14:00")),
            (Brightness{1000, utc("2011-12-31T20:00:00+14:00")}));
}

// ---- Against every night that there is, one by one ---------------------------------------------

struct SlowNights {
  SlowNights(const Zone& zone, const Hours& hours, Day around) {
    for (Day day = around - days{20}; day <= around + days{20}; day += days{1}) {
      if (zone.start_of(day) >= zone.start_of(day + days{1})) continue;  // a day that was left out
      nights.push_back(
          {zone.instant_of(Civil{day} + hours.start), zone.instant_of(Civil{day} + hours.end)});
    }
  }
  [[nodiscard]] bool is_night(Instant t) const {
    return std::any_of(nights.begin(), nights.end(),
                       [&](const Span& night) { return night.contains(t); });
  }
  // The first end of any night, after `t`, at which it is no longer as it was.
  [[nodiscard]] Instant change_after(Instant t) const {
    Instant first = kEndOfTime;
    for (const Span& night : nights) {
      for (const Instant edge : {night.from, night.until})
        if (edge > t && edge < first && is_night(edge) != is_night(t)) first = edge;
    }
    return first;
  }
  std::vector<Span> nights;
};

// A day on which the zone's clocks are set, or any.
Day random_day(Dice& dice, const Zone& zone) {
  const Instant any = dice.in({Instant{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}},
                               Instant{std::chrono::sys_days{std::chrono::year{2037} / 1 / 1}}});
  const auto step = dice.one_in(4) ? std::nullopt : zone.next_step(any);
  return zone.day_of(step.value_or(any)) + days{dice.between(-1, 1)};
}

Hours random_night(Dice& dice) {
  if (dice.one_in(8)) return {};
  const bool is_small = dice.one_in(2);  // near the hours at which clocks are set
  const Millis start = minutes{dice.between(0, is_small ? 240 : 24 * 60 - 1)};
  const Millis length = minutes{dice.one_in(3) ? 24 * 60 - dice.between(1, 60)
                                               : dice.between(1, is_small ? 120 : 24 * 60 - 1)};
  return {start, start + length};
}

TEST(Night, IsThatOfTheSlowFormInAnyZone) {
  const std::vector<std::string> zone_names = {
      "Asia/Seoul",          "UTC",           "America/New_York", "America/Havana",
      "Australia/Lord_Howe", "Pacific/Apia",  "America/St_Johns", "Asia/Beirut",
      "Africa/Casablanca",   "Europe/Dublin", "Antarctica/Troll", "Pacific/Kwajalein"};
  const std::uint64_t count = is_long_run() ? 200'000 : 3'000;
  for (std::uint64_t seed = 0; seed < count; ++seed) {
    Dice dice{seed};
    const ZonePtr in = zone(dice.pick(zone_names));
    const Day day = random_day(dice, *in);
    const Hours hours = random_night(dice);
    const SlowNights slow(*in, hours, day);
    const bool is_whole = hours.end - hours.start == days{1};
    const Span around{in->start_of(day), in->start_of(day + days{2})};
    Instant at = dice.in(around);
    if (dice.one_in(2)) at = slow.change_after(at) - Millis{dice.between(0, 1)};
    if (is_whole) at = dice.in(around);
    const Brightness expected{slow.is_night(at) ? kDimmed : 1000,
                              is_whole ? kEndOfTime : slow.change_after(at)};
    ASSERT_EQ(brightness_at(display_at_night(in, hours), at), expected)
        << "seed " << seed << " " << in->name() << " " << to_string(hours) << " "
        << to_rfc3339(at, in->offset_at(at));
  }
}

}  // namespace
}  // namespace noseon::testing
