#include "playlist/patterns.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string weekdays_of(std::string_view text) {
  const auto pattern = parse_day_pattern(text);
  if (!pattern) return "refused";
  constexpr const char* kLetters = "SMTWTFS";
  std::string chosen;
  for (std::size_t i = 0; i < 7; ++i) chosen += pattern->weekdays[i] ? kLetters[i] : '.';
  return chosen;
}

TEST(DayPatternForm, ReadsRangesListsAndWraps) {
  EXPECT_EQ(weekdays_of("mon-fri"), ".MTWTF.");
  EXPECT_EQ(weekdays_of("fri-mon"), "SM...FS");
  EXPECT_EQ(weekdays_of("sat,sun"), "S.....S");
  EXPECT_EQ(weekdays_of("sat, sun"), "S.....S");
  EXPECT_EQ(weekdays_of("daily"), "SMTWTFS");
  EXPECT_EQ(weekdays_of("wed"), "...W...");
  EXPECT_EQ(weekdays_of("wed-wed"), "...W...");
}

TEST(DayPatternForm, MinusHolidayAloneIsEveryDayButHolidays) {
  const auto pattern = parse_day_pattern("-holiday");
  EXPECT_EQ(weekdays_of("-holiday"), "SMTWTFS");
  EXPECT_TRUE(pattern->not_holidays);
  EXPECT_FALSE(pattern->holidays);
}

TEST(DayPatternForm, HolidayAloneChoosesNoWeekday) {
  EXPECT_EQ(weekdays_of("holiday"), ".......");
  EXPECT_TRUE(parse_day_pattern("holiday")->holidays);
  EXPECT_EQ(weekdays_of("mon,holiday"), ".M.....");
}

TEST(DayPatternForm, RefusesWhatIsNoDay) {
  for (const char* bad : {"", "monday", "mon-", "-mon", "mon,,tue", "Mon", "holiday,-holiday",
                          "mon--fri", "mon-fri-sat"}) {
    EXPECT_EQ(weekdays_of(bad), "refused") << bad;
  }
  EXPECT_NE(parse_day_pattern("mno-fri").error().message.find("mno-fri"), std::string::npos);
}

TEST(HoursForm, EndsOnTheNextDayWhereTheEndLiesBeforeTheStart) {
  EXPECT_EQ(parse_hours("22:00-02:00")->start, hours{22});
  EXPECT_EQ(parse_hours("22:00-02:00")->end, hours{26});
  EXPECT_EQ(parse_hours("06:30-09:30")->end, hours{9} + minutes{30});
  EXPECT_EQ(parse_hours("00:00-24:00")->end, hours{24});
  EXPECT_EQ(parse_hours("20:00-00:00")->end, hours{24});
  EXPECT_EQ(parse_hours("23:59-23:58")->end, hours{47} + minutes{58});
}

TEST(HoursForm, RefusesEqualEndsAndTimesThatDoNotExist) {
  for (const char* bad : {"08:00-08:00", "00:00-00:00", "24:00-02:00", "08:00", "8:00-9:00",
                          "08:60-09:00", "08:00-25:00", "08:00-24:01", "08:00 to 09:00", "", "-"}) {
    EXPECT_FALSE(parse_hours(bad)) << bad;
  }
}

TEST(YearlyForm, RefusesDaysThatDoNotExist) {
  EXPECT_TRUE(parse_yearly("02-29/03-31"));
  for (const char* bad : {"02-30/03-31", "02-01/04-31", "13-01/12-31", "00-10/01-01", "02-01",
                          "2-1/3-31", "02-01/03-31/04-01", "02-01 / 03-31", ""}) {
    EXPECT_FALSE(parse_yearly(bad)) << bad;
  }
  EXPECT_NE(parse_yearly("02-30/03-31").error().message.find("02-30 does not exist"),
            std::string::npos);
}

TEST(IdForm, IsLowerCaseDigitsAndDashesToSixtyFour) {
  EXPECT_TRUE(is_id("a"));
  EXPECT_TRUE(is_id("4th-stop"));
  EXPECT_TRUE(is_id(std::string(64, 'a')));
  EXPECT_FALSE(is_id(std::string(65, 'a')));
  for (const char* bad : {"", "-a", "A", "a_b", "a b", "호잘리"}) EXPECT_FALSE(is_id(bad)) << bad;
}

TEST(LanguageForm, IsAShortCodeWithSubtags) {
  for (const char* good : {"ko", "en", "az", "fil", "zh-Hant", "pt-BR"}) {
    EXPECT_TRUE(is_language(good)) << good;
  }
  for (const char* bad : {"", "k", "KO", "korean", "ko-", "ko_KR"}) {
    EXPECT_FALSE(is_language(bad)) << bad;
  }
}

}  // namespace
}  // namespace noseon
