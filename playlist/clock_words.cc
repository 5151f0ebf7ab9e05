#include "playlist/clock_words.h"

#include <fmt/format.h>
#include <unicode/dtptngen.h>
#include <unicode/locid.h>
#include <unicode/smpdtfmt.h>
#include <unicode/timezone.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>

namespace noseon {
namespace {

// CLDR's skeletons: the fields, whose order and signs between them are the language's.
constexpr const char* kDaySkeleton = "MMMMEEEEd";
constexpr const char* kTimeSkeleton = "Hm";

// Where ICU lacks a language it would speak that of the machine.
bool has_data(const icu::Locale& locale) {
  std::int32_t count = 0;
  const icu::Locale* all = icu::Locale::getAvailableLocales(count);
  return std::any_of(all, all + count, [&](const icu::Locale& one) {
    return std::strcmp(one.getLanguage(), locale.getLanguage()) == 0;
  });
}

std::optional<icu::Locale> locale_of(std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece tag = language == "en" ? "en-001" : icu::StringPiece(language);
  icu::Locale locale = icu::Locale::forLanguageTag(tag, status);
  if (U_FAILURE(status) || !has_data(locale)) return std::nullopt;
  locale.setKeywordValue("calendar", "gregorian", status);
  return U_SUCCESS(status) ? std::optional(locale) : std::nullopt;
}

icu::UnicodeString formatted(const icu::Locale& locale, icu::DateTimePatternGenerator& patterns,
                             const char* skeleton, Civil civil, UErrorCode& status) {
  const icu::UnicodeString pattern = patterns.getBestPattern(skeleton, status);
  icu::SimpleDateFormat format(pattern, locale, status);
  icu::UnicodeString text;
  if (U_FAILURE(status)) return text;
  format.setTimeZone(*icu::TimeZone::getGMT());  // as civil times are counted
  return format.format(static_cast<UDate>(civil.time_since_epoch().count()), text);
}

std::optional<std::string> in_language(std::string_view language, Civil civil, ClockStrip clock) {
  const auto locale = locale_of(language);
  if (!locale) return std::nullopt;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::DateTimePatternGenerator> patterns(
      icu::DateTimePatternGenerator::createInstance(*locale, status));
  if (U_FAILURE(status)) return std::nullopt;
  icu::UnicodeString text;
  if (clock == ClockStrip::date) {
    text = formatted(*locale, *patterns, kDaySkeleton, civil, status);
    text += u' ';
  }
  text += formatted(*locale, *patterns, kTimeSkeleton, civil, status);
  std::string words;
  text.toUTF8String(words);
  if (U_FAILURE(status) || words.size() > kClockBytesMax) return std::nullopt;
  return words;
}

std::string iso(Civil civil, ClockStrip clock) {
  const std::chrono::hh_mm_ss time{civil - to_day(civil)};
  const std::string minutes =
      fmt::format("{:02}:{:02}", time.hours().count(), time.minutes().count());
  return clock == ClockStrip::date ? to_string(to_day(civil)) + " " + minutes : minutes;
}

}  // namespace

std::string clock_words(std::string_view language, Civil civil, ClockStrip clock) {
  if (clock == ClockStrip::none) return "";
  auto words = in_language(language, civil, clock);
  return words ? *std::move(words) : iso(civil, clock);
}

}  // namespace noseon
