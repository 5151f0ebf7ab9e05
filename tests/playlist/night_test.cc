#include "playlist/night.h"

#include "playlist/patterns.h"
#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

constexpr Millis kMs{1};
constexpr int kDimmed = 600;

Display display_at_night(const std::string& zone_name, const std::string& hours) {
  Display display;
  display.zone = zone(zone_name);
  display.night = Night{parse_hours(hours).value(), kDimmed};
  return display;
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

}  // namespace
}  // namespace noseon::testing
