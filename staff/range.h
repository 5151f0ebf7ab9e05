// The stretch of time that a command is asked about, from words and back to words.
#pragma once

#include <string>

#include "base/result.h"
#include "base/time.h"
#include "base/zone.h"

namespace noseon {

/// Both as parse_when() reads them. bad_format where the range is empty or turned round; too_large
/// past 400 days, which is more than anybody can use.
[[nodiscard]] Result<Span> parse_range(const std::string& from, const std::string& until,
                                       const Zone& zone);

/// "2027-02-01 06:30"; seconds and milliseconds only where they are not zero.
[[nodiscard]] std::string moment_text(Instant at, const Zone& zone);

/// "2027-02-01 06:30 to 09:30": the day once where there is one, its end as 24:00.
[[nodiscard]] std::string span_text(Span span, const Zone& zone);

/// "2027-02-01 00:00 to 2027-02-03 00:00 (2 days), Asia/Seoul"
[[nodiscard]] std::string range_in_words(Span range, const Zone& zone);

/// How many civil days of the zone a range touches.
[[nodiscard]] std::size_t days_touched(Span range, const Zone& zone);

}  // namespace noseon
