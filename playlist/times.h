// When an item may be shown, as far as its campaign's window, its own window, days, hours and
// dayparts say. Spans belong to the civil day they start on; DST moves them by the rule of
// Zone::instant_of.
#pragma once

#include <vector>

#include "playlist/model.h"

namespace noseon {

/// The item's spans inside `range`: ascending, merged where they touch, clipped to the range.
/// They replace what was in `spans` (passed in so that its memory is used again).
void spans_in(const Campaign& campaign, const Item& item, Span range, std::vector<Span>& spans);

/// May it be shown at `t`, as far as time decides?
[[nodiscard]] bool is_open(const Campaign& campaign, const Item& item, Instant t);

/// The longest stretch around `t` with the same is_open(). Where that does not change within ten
/// years, the bound is kBeginningOfTime or kEndOfTime.
[[nodiscard]] Span stretch_at(const Campaign& campaign, const Item& item, Instant t);

}  // namespace noseon
