// The words for time. Instants are UTC in whole milliseconds; a civil day or time belongs to a
// zone (base/zone.h). std::chrono's calendar types throughout; its zones are missing from GCC 12.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace noseon {

using Millis = std::chrono::milliseconds;
/// A point in time, UTC.
using Instant = std::chrono::sys_time<Millis>;
/// A civil date and time of some zone, without the zone.
using Civil = std::chrono::local_time<Millis>;
/// A civil day of some zone.
using Day = std::chrono::local_days;
/// Monotonic time: only differences mean anything.
using Steady = std::chrono::steady_clock::time_point;

/// The limits of what can be written down: years 1 to 9999. They stand for "ever since" and "for
/// ever" where a stretch has no other bound.
inline constexpr Instant kBeginningOfTime =
    std::chrono::sys_days{std::chrono::year{1} / std::chrono::January / 1};
inline constexpr Instant kEndOfTime =
    std::chrono::sys_days{std::chrono::year{9999} / std::chrono::December / 31};

/// Half-open stretch of time [from, until).
struct Span {
  Instant from;
  Instant until;
  friend bool operator==(const Span&, const Span&) = default;
  [[nodiscard]] bool contains(Instant t) const { return from <= t && t < until; }
};

[[nodiscard]] constexpr Day to_day(Civil civil) {
  return std::chrono::floor<std::chrono::days>(civil);
}

/// "2027-02-25"
[[nodiscard]] std::string to_string(Day day);
/// "2027-02-25 08:00:00", with ".mmm" only where it is not zero.
[[nodiscard]] std::string to_string(Civil civil);
/// "2027-02-25 10:00:00 UTC", the second begun.
[[nodiscard]] std::string in_utc(Instant instant);
/// RFC 3339 with milliseconds: "2027-02-25T08:00:00.000+09:00".
[[nodiscard]] std::string to_rfc3339(Instant instant, std::chrono::seconds offset);

/// A day as written: "2027-02-25". Nothing for a day that does not exist or years outside 1-9999.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text);
/// "2027-02-25 08:00[:ss[.mmm]]", also with a 'T'; or a day alone, its first moment.
[[nodiscard]] std::optional<Civil> parse_civil(std::string_view text);
/// RFC 3339 with an offset or 'Z': "2027-02-25T08:00:00.000+09:00".
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

}  // namespace noseon
