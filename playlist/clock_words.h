// What a clock strip says, in the words of a language: Unicode CLDR's patterns, by ICU.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/appearance.h"
#include "base/time.h"

namespace noseon {

/// No clock strip says more bytes than this.
inline constexpr std::size_t kClockBytesMax = 128;

/// "14:05", or the day before it: "2월 25일 목요일 14:05", "Thursday, 25 February 14:05". Always of
/// 24 hours and of the Gregorian calendar, in the language's own digits; empty for
/// ClockStrip::none. "2027-02-25 14:05" (ISO 8601) in a language that ICU does not know. `language`
/// is a code as campaigns write it ("ko", "zh-Hant"); plain "en" is that of the world, the day
/// before the month. Depends on its arguments and on ICU's data, never on the machine's locale or
/// zone. Takes a millisecond or two: to be asked when the minute changes (next_minute of
/// base/zone.h), not with each frame. May be called from any thread.
[[nodiscard]] std::string clock_words(std::string_view language, Civil civil, ClockStrip clock);

}  // namespace noseon
