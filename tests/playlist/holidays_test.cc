// The calendars of public holidays that are shipped, and how their files are read.
#include "playlist/holidays.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace noseon {
namespace {

using std::chrono::year;
using std::chrono::year_month_day;
using testing::ElementsAre;
using testing::HasSubstr;

Day day(const char* text) {
  return parse_day(text).value();
}

std::string refusal(const std::string& years) {
  const auto read = parse_holidays("id = \"x\"\ntitle = \"x\"\n" + years, "x.toml");
  return read ? "read" : read.error().message;
}

TEST(Holidays, TheKoreanCalendarCovers2024To2028) {
  const HolidaysPtr kr = holidays_of("kr");
  ASSERT_NE(kr, nullptr);
  EXPECT_THAT(kr->years, ElementsAre(year{2024}, year{2025}, year{2026}, year{2027}, year{2028}));
  EXPECT_FALSE(kr->covers(year{2023}));
  EXPECT_TRUE(kr->covers(year{2024}));
  EXPECT_TRUE(kr->covers(year{2028}));
  EXPECT_FALSE(kr->covers(year{2029}));
  EXPECT_THAT(holiday_calendars(), ElementsAre("kr"));
}

// Counted by hand from the law: 15 days a year by name, two more by law from 2026, and what
// weekends and elections add or take.
TEST(Holidays, EachYearHasItsNumberOfDays) {
  std::map<int, int> count;
  for (const Day d : holidays_of("kr")->days) ++count[static_cast<int>(year_month_day{d}.year())];
  EXPECT_EQ(count,
            (std::map<int, int>{{2024, 19}, {2025, 19}, {2026, 22}, {2027, 24}, {2028, 18}}));
}

TEST(Holidays, TheDaysOfTheSunComeEveryYear) {
  const HolidaysPtr kr = holidays_of("kr");
  for (const year y : kr->years)
    for (const char* date :
         {"01-01", "03-01", "05-05", "06-06", "08-15", "10-03", "10-09", "12-25"})
      EXPECT_TRUE(kr->is_holiday(day((std::to_string(static_cast<int>(y)) + "-" + date).c_str())))
          << static_cast<int>(y) << " " << date;
}

TEST(Holidays, LabourDayAndConstitutionDayComeSince2026) {
  const HolidaysPtr kr = holidays_of("kr");
  for (const char* before : {"2024-05-01", "2025-05-01", "2024-07-17", "2025-07-17"})
    EXPECT_FALSE(kr->is_holiday(day(before))) << before;
  for (const char* since : {"2026-05-01", "2027-05-01", "2028-05-01", "2026-07-17", "2027-07-17"})
    EXPECT_TRUE(kr->is_holiday(day(since))) << since;
}

// The law's rule, worked out again: the days that get a substitute where they fall on a weekend.
TEST(Holidays, WhatFallsOnAWeekendHasItsSubstituteOnTheNextFreeDay) {
  const HolidaysPtr kr = holidays_of("kr");
  const auto weekday_of = [](Day d) { return std::chrono::weekday{d}.c_encoding(); };
  for (const Day d : kr->days) {
    const year_month_day date{d};
    const auto month = static_cast<unsigned>(date.month());
    const auto of_month = static_cast<unsigned>(date.day());
    const bool has_none = (month == 1 && of_month == 1) || (month == 6 && of_month == 6);
    const bool is_solar = (month == 3 && of_month == 1) || (month == 5 && of_month <= 5) ||
                          month == 7 || month == 8 || (month == 10 && of_month <= 9) || month == 12;
    const bool on_sunday = weekday_of(d) == 0;
    const bool on_saturday = weekday_of(d) == 6;
    if (has_none || (!on_sunday && !(on_saturday && is_solar))) continue;
    Day next = d + std::chrono::days{1};
    while (weekday_of(next) == 0 || weekday_of(next) == 6) next += std::chrono::days{1};
    EXPECT_TRUE(kr->is_holiday(next)) << to_string(d) << " is followed by " << to_string(next);
  }
}

TEST(Holidays, TheNeighboursOfHolidaysAreNone) {
  const HolidaysPtr kr = holidays_of("kr");
  for (const char* ordinary : {"2027-02-05", "2027-02-10", "2027-06-07", "2027-09-13", "2027-09-17",
                               "2027-12-28", "2028-10-06", "2026-08-18", "2028-01-25"})
    EXPECT_FALSE(kr->is_holiday(day(ordinary))) << ordinary;
  EXPECT_TRUE(kr->is_holiday(day("2027-12-27"))) << "the substitute of Christmas";
  EXPECT_TRUE(kr->is_holiday(day("2028-10-05"))) << "Chuseok met 3 October";
}

TEST(Holidays, AnUnknownCalendarIsNone) {
  EXPECT_EQ(holidays_of("us"), nullptr);
  EXPECT_EQ(holidays_of(""), nullptr);
}

TEST(Holidays, AFileWithAMistakeIsRefusedWithItsPlace) {
  const std::string year = "[[year]]\nnumber = 2027\ncertainty = \"past\"\n";
  EXPECT_EQ(refusal(year + "days = [{ on = 2027-01-01, name = \"a\" }]\n"), "read");
  EXPECT_THAT(refusal(year + "days = [{ on = 2028-01-01, name = \"a\" }]\n"),
              HasSubstr("x.toml:6:9"));
  EXPECT_THAT(refusal(year + "days = [{ on = 2027-01-02, name = \"a\" },\n"
                             "{ on = 2027-01-02, name = \"b\" }]\n"),
              HasSubstr("x.toml:7:1"));
  EXPECT_THAT(refusal(year + "days = [{ on = \"2027-01-01\", name = \"a\" }]\n"),
              HasSubstr("bad-day"));
  EXPECT_THAT(refusal(year + "days = [2027-01-01]\n"), HasSubstr("wrong-type"));
  EXPECT_THAT(refusal(year), HasSubstr("missing-key"));
  const auto with_empty = [&](const char* next) {
    return refusal(year + "days = []\n[[year]]\nnumber = " + next +
                   "\ncertainty = \"past\"\ndays = []\n");
  };
  EXPECT_EQ(with_empty("2028"), "read");
  EXPECT_THAT(with_empty("2027"), HasSubstr("bad-year"));
  EXPECT_THAT(with_empty("2026"), HasSubstr("bad-year"));
  EXPECT_THAT(refusal("[[year]]\nnumber = 2027\ncertainty = \"maybe\"\ndays = []\n"),
              HasSubstr("unknown-word"));
  EXPECT_THAT(refusal("yaer = 1\n"), HasSubstr("unknown-key"));
}

}  // namespace
}  // namespace noseon
