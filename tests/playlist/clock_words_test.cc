#include "playlist/clock_words.h"

#include <gmock/gmock.h>
#include <unicode/locid.h>

#include "base/unicode.h"
#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

using ::testing::HasSubstr;

std::string time_in(std::string_view language, std::string_view civil = "2027-02-25 14:05") {
  return clock_words(language, parse_civil(civil).value(), ClockStrip::time);
}
std::string date_in(std::string_view language, std::string_view civil = "2027-02-25 14:05") {
  return clock_words(language, parse_civil(civil).value(), ClockStrip::date);
}

TEST(ClockWords, OfNoClockAreNone) {
  EXPECT_EQ(clock_words("ko", parse_civil("2027-02-25 14:05").value(), ClockStrip::none), "");
}

TEST(ClockWords, AreTheTimeInTwentyFourHours) {
  EXPECT_EQ(time_in("ko"), "14:05");
  EXPECT_EQ(time_in("en"), "14:05");
  EXPECT_EQ(time_in("en-US"), "14:05");
  EXPECT_EQ(time_in("az"), "14:05");
  EXPECT_EQ(time_in("ar"), "١٤:٠٥");
}

TEST(ClockWords, GoFromMidnightToTheLastMinuteOfADay) {
  EXPECT_EQ(time_in("ko", "2027-02-25 00:00"), "00:00");
  EXPECT_EQ(time_in("ko", "2027-02-25 00:00:59.999"), "00:00");
  EXPECT_EQ(time_in("ko", "2027-02-25 00:01"), "00:01");
  EXPECT_EQ(time_in("ko", "2027-02-25 12:00"), "12:00");
  EXPECT_EQ(time_in("ko", "2027-02-25 23:59:59.999"), "23:59");
  EXPECT_EQ(date_in("ko", "2027-02-25 23:59:59.999"), "2월 25일 목요일 23:59");
  EXPECT_EQ(date_in("ko", "2027-02-26"), "2월 26일 금요일 00:00");
  EXPECT_EQ(date_in("ko", "2028-02-29 09:00"), "2월 29일 화요일 09:00");
}

TEST(ClockWords, SayTheDayAsTheLanguageDoes) {
  EXPECT_EQ(date_in("ko"), "2월 25일 목요일 14:05");
  EXPECT_EQ(date_in("en"), "Thursday, 25 February 14:05");
  EXPECT_EQ(date_in("en-US"), "Thursday, February 25 14:05");
  EXPECT_EQ(date_in("az"), "25 fevral, cümə axşamı 14:05");
  EXPECT_EQ(date_in("ar"), "الخميس، ٢٥ فبراير ١٤:٠٥");
  EXPECT_EQ(date_in("ja"), "2月25日木曜日 14:05");
  EXPECT_EQ(date_in("zh-Hant"), "2月25日 星期四 14:05");
}

TEST(ClockWords, AreOfTheGregorianCalendarInLanguagesThatHaveAnother) {
  EXPECT_THAT(date_in("th"), HasSubstr("25 กุมภาพันธ์"));
  EXPECT_THAT(date_in("fa"), HasSubstr("فوریه"));
  EXPECT_THAT(date_in("ja-u-ca-japanese"), HasSubstr("2月25日"));
}

TEST(ClockWords, OfAnUnknownLanguageAreThoseOfTheStandard) {
  for (const char* unknown : {"xx", "", "tlh", "a", "no language", "zz-Hant"}) {
    EXPECT_EQ(time_in(unknown), "14:05") << unknown;
    EXPECT_EQ(date_in(unknown), "2027-02-25 14:05") << unknown;
    EXPECT_EQ(date_in(unknown, "0987-01-02 03:04"), "0987-01-02 03:04") << unknown;
  }
}

// As a bus may be set to.
TEST(ClockWords, DependOnNothingOfTheMachine) {
  const icu::Locale before = icu::Locale::getDefault();
  UErrorCode status = U_ZERO_ERROR;
  icu::Locale::setDefault(icu::Locale("ar", "EG"), status);
  const std::vector<std::string> words = {date_in("ko"), date_in("en"), date_in("xx"),
                                          date_in("de-1901")};
  icu::Locale::setDefault(before, status);
  EXPECT_EQ(words, (std::vector<std::string>{"2월 25일 목요일 14:05", "Thursday, 25 February 14:05",
                                             "2027-02-25 14:05", "Donnerstag, 25. Februar 14:05"}));
}

TEST(ClockWords, AreShortAndSoundInEveryLanguageThatIcuKnows) {
  std::int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  ASSERT_GT(count, 100);
  for (std::int32_t i = 0; i < count; ++i) {
    UErrorCode status = U_ZERO_ERROR;
    const auto tag = all[i].toLanguageTag<std::string>(status);
    for (const char* civil : {"2027-02-25 14:05", "2027-09-30 23:59"}) {
      const std::string words = date_in(tag, civil);
      EXPECT_LE(words.size(), kClockBytesMax) << tag;
      EXPECT_EQ(first_bad_utf8(words), std::nullopt) << tag;
      EXPECT_EQ(words.find('\n'), std::string::npos) << tag;
      EXPECT_FALSE(words.starts_with("2027-")) << tag << ": " << words;
    }
  }
}

}  // namespace
}  // namespace noseon::testing
