// When an item may be shown, as far as its campaign's window, its own window, days, hours and
// dayparts say, and the clock is right (playlist/doubt.h: where nobody knows). Spans belong to the
// civil day they start on; DST moves them by the rule of Zone::instant_of.
#pragma once

#include <optional>
#include <vector>

#include "playlist/model.h"

namespace noseon {

/// The item's spans inside `range`: ascending, merged where they touch, clipped to the range.
/// They replace what was in `spans` (passed in so that its memory is used again).
void spans_in(const Campaign& campaign, const Item& item, Span range, std::vector<Span>& spans);

/// The same for hours of every day of a zone.
void spans_in(const Zone& zone, const Hours& hours, Span range, std::vector<Span>& spans);

/// Where both are. REQUIRES: each ascending and merged.
[[nodiscard]] std::vector<Span> intersect(const std::vector<Span>& a, const std::vector<Span>& b);

/// May it be shown at `t`, as far as time decides?
[[nodiscard]] bool is_open(const Campaign& campaign, const Item& item, Instant t);

/// The first instant after `t` at which is_open() is another than at `t`, within ten years.
[[nodiscard]] std::optional<Instant> next_change(const Campaign& campaign, const Item& item,
                                                 Instant t);
/// The first instant of the stretch with the same is_open() that holds `t`, within ten years.
[[nodiscard]] std::optional<Instant> previous_change(const Campaign& campaign, const Item& item,
                                                     Instant t);

}  // namespace noseon
