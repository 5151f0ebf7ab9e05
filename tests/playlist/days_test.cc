#include "playlist/days.h"

#include <gtest/gtest.h>

#include "playlist/patterns.h"

namespace noseon {
namespace {

Day day(const std::string& text) {
  return parse_day(text).value();
}

bool in_yearly(const std::string& yearly, const std::string& on) {
  return contains(parse_yearly(yearly).value(), day(on));
}

TEST(Yearly, HoldsBothItsEndsAndNotADayMore) {
  EXPECT_FALSE(in_yearly("02-01/03-31", "2027-01-31"));
  EXPECT_TRUE(in_yearly("02-01/03-31", "2027-02-01"));
  EXPECT_TRUE(in_yearly("02-01/03-31", "2027-03-31"));
  EXPECT_FALSE(in_yearly("02-01/03-31", "2027-04-01"));
}

TEST(Yearly, WrapsTheYearsEndWhereItsDaysAsWrittenDo) {
  EXPECT_FALSE(in_yearly("12-20/01-10", "2026-12-19"));
  EXPECT_TRUE(in_yearly("12-20/01-10", "2026-12-20"));
  EXPECT_TRUE(in_yearly("12-20/01-10", "2027-01-01"));
  EXPECT_TRUE(in_yearly("12-20/01-10", "2027-01-10"));
  EXPECT_FALSE(in_yearly("12-20/01-10", "2027-01-11"));
}

TEST(Yearly, LeapDayIsTheTwentyEighthAsAnEndInCommonYears) {
  EXPECT_TRUE(in_yearly("02-20/02-29", "2027-02-28"));
  EXPECT_FALSE(in_yearly("02-20/02-29", "2027-03-01"));
  EXPECT_TRUE(in_yearly("02-20/02-29", "2028-02-29"));
  EXPECT_FALSE(in_yearly("02-20/02-29", "2028-03-01"));
}

TEST(Yearly, LeapDayIsTheFirstOfMarchAsAStartInCommonYears) {
  EXPECT_FALSE(in_yearly("02-29/03-05", "2027-02-28"));
  EXPECT_TRUE(in_yearly("02-29/03-05", "2027-03-01"));
  EXPECT_TRUE(in_yearly("02-29/03-05", "2028-02-29"));
}

TEST(Yearly, LeapDayAloneChoosesNoDayInACommonYear) {
  for (Day d = day("2027-01-01"); d <= day("2027-12-31"); d += std::chrono::days{1}) {
    EXPECT_FALSE(contains(parse_yearly("02-29/02-29").value(), d)) << to_string(d);
  }
  EXPECT_TRUE(in_yearly("02-29/02-29", "2028-02-29"));
  EXPECT_FALSE(in_yearly("02-29/02-29", "2028-02-28"));
  EXPECT_FALSE(in_yearly("02-29/02-29", "2028-03-01"));
}

TEST(Yearly, WholeYearFromMarchToLeapDayLeavesNothingOut) {
  for (Day d = day("2027-01-01"); d <= day("2028-12-31"); d += std::chrono::days{1}) {
    EXPECT_TRUE(contains(parse_yearly("03-01/02-29").value(), d)) << to_string(d);
  }
}

TEST(Occurrence, BelongsToTheYearItStartsIn) {
  const auto span = occurrence(parse_yearly("12-20/01-10").value(), std::chrono::year{2026});
  ASSERT_TRUE(span.has_value());
  EXPECT_EQ(to_string(span->first), "2026-12-20");
  EXPECT_EQ(to_string(span->last), "2027-01-10");
  EXPECT_FALSE(occurrence(parse_yearly("02-29/02-29").value(), std::chrono::year{2027}));
}

TEST(DayWindow, BoundsAndYearlyAreAnded) {
  DayWindow window;
  window.yearly = parse_yearly("02-01/03-31").value();
  window.from = day("2027-03-01");
  window.until = day("2028-02-10");
  EXPECT_FALSE(contains(window, day("2027-02-28")));
  EXPECT_TRUE(contains(window, day("2027-03-01")));
  EXPECT_TRUE(contains(window, day("2027-03-31")));
  EXPECT_FALSE(contains(window, day("2027-04-01")));
  EXPECT_TRUE(contains(window, day("2028-02-10")));
  EXPECT_FALSE(contains(window, day("2028-02-11")));
}

TEST(DayPattern, ChoosesByTheDayOfTheWeek) {
  const DayPattern workdays = parse_day_pattern("mon-fri").value();
  EXPECT_FALSE(matches(workdays, day("2027-02-28"), nullptr));  // a Sunday
  EXPECT_TRUE(matches(workdays, day("2027-03-01"), nullptr));
  EXPECT_TRUE(matches(workdays, day("2027-03-05"), nullptr));
  EXPECT_FALSE(matches(workdays, day("2027-03-06"), nullptr));
}

// 1 March 2027 is a Monday and a holiday, 9 October a Saturday and a holiday; 8 October is neither.
TEST(DayPattern, HolidayAddsHolidaysAndMinusHolidayTakesThemAway) {
  const HolidaysPtr kr = holidays_of("kr");
  const auto chosen = [&](const char* pattern, const char* on, const HolidaysPtr& holidays) {
    return matches(parse_day_pattern(pattern).value(), day(on), holidays);
  };
  EXPECT_FALSE(chosen("mon-fri,-holiday", "2027-03-01", kr));
  EXPECT_TRUE(chosen("mon-fri,-holiday", "2027-03-02", kr));
  EXPECT_FALSE(chosen("-holiday", "2027-10-09", kr));
  EXPECT_TRUE(chosen("-holiday", "2027-10-10", kr)) << "a Sunday is no holiday by itself";
  EXPECT_TRUE(chosen("holiday", "2027-10-09", kr));
  EXPECT_FALSE(chosen("holiday", "2027-10-08", kr));
  EXPECT_TRUE(chosen("sat,sun,holiday", "2027-10-11", kr)) << "the substitute of the 9th";
  EXPECT_FALSE(chosen("sat,sun,holiday", "2027-10-12", kr));
  EXPECT_TRUE(chosen("mon-fri,-holiday", "2027-03-01", nullptr)) << "no calendar: no holiday";
  EXPECT_FALSE(chosen("holiday", "2027-10-09", nullptr));
  EXPECT_FALSE(chosen("holiday", "2029-01-01", kr)) << "a year that the calendar lacks";
}

TEST(NextChosen, FindsTheDayAtBothEndsOfItsSearch) {
  Campaign campaign;
  Item item;
  item.window.yearly = parse_yearly("02-25/02-26").value();
  EXPECT_EQ(to_string(*next_chosen(campaign, item, day("2027-02-25"))), "2027-02-25");
  EXPECT_EQ(to_string(*next_chosen(campaign, item, day("2027-02-27"))), "2028-02-25");
  EXPECT_EQ(to_string(*previous_chosen(campaign, item, day("2027-02-24"))), "2026-02-26");
  item.window.until = day("2027-12-31");
  EXPECT_FALSE(next_chosen(campaign, item, day("2027-02-27")));
}

}  // namespace
}  // namespace noseon
