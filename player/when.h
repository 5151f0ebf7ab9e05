// Times, and doubts about them, as people write them.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/zone.h"
#include "playlist/display.h"

namespace noseon {

/// A date (its first instant), "2027-02-25 08:00[:ss[.mmm]]" in the zone, RFC 3339, or, where
/// `today` is given, a time of that day alone: "08:00[:ss]". bad_format says what can be written.
[[nodiscard]] Result<Instant> parse_when(std::string_view text, const Zone& zone,
                                         std::optional<Day> today = std::nullopt);

/// The context of a display whose clock says `at`, where --clock is `clock`: empty, it is trusted;
/// "unknown", nothing confirms it, and `at` is what is certain; a time, the same with that as the
/// floor. It has been in doubt for longer than any plan looks back. bad_format: no time, or a floor
/// that is later than `at`.
[[nodiscard]] Result<Context> in_doubt(Context context, std::string_view clock, Instant at,
                                       const Zone& zone);

}  // namespace noseon
