// The small written forms of the campaign language: "02-01/03-31", "mon-fri,-holiday",
// "22:00-02:00". Errors are bad_format, their message says what is wrong and how it is written.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "playlist/model.h"

namespace noseon {

/// "MM-DD/MM-DD", both ends included; the second may lie before the first: it wraps the year's end.
[[nodiscard]] Result<Yearly> parse_yearly(std::string_view text);

/// Comma-separated: daily, holiday, -holiday, mon ... sun, mon-fri, fri-mon.
[[nodiscard]] Result<DayPattern> parse_day_pattern(std::string_view text);

/// "HH:MM-HH:MM", 24:00 as an end; an end before the start is on the next day; equal ends are
/// wrong.
[[nodiscard]] Result<Hours> parse_hours(std::string_view text);

/// Each in the form that its parser above reads: the same value comes back. "mon-fri,-holiday"
/// names runs of days from Monday on. REQUIRES: a value as its parser makes it.
[[nodiscard]] std::string to_string(const Yearly& yearly);
[[nodiscard]] std::string to_string(const DayPattern& pattern);
[[nodiscard]] std::string to_string(const Hours& hours);

/// [a-z0-9][a-z0-9-]{0,63}
[[nodiscard]] bool is_id(std::string_view text);

/// A language as in BCP 47: "ko", "en", "az", "zh-Hant".
[[nodiscard]] bool is_language(std::string_view text);

}  // namespace noseon
