// A time as people write it.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/zone.h"

namespace noseon {

/// A date (its first instant), "2027-02-25 08:00[:ss[.mmm]]" in the zone, RFC 3339, or, where
/// `today` is given, a time of that day alone: "08:00[:ss]". bad_format says what can be written.
[[nodiscard]] Result<Instant> parse_when(std::string_view text, const Zone& zone,
                                         std::optional<Day> today = std::nullopt);

}  // namespace noseon
