// What may be shown while nothing confirms the display's clock: floor-only time.
//
// All that is certain then is the floor, which passes as time does (Context::clock_floor). The
// truth is at the floor or later, and how much later nobody knows: as long as the power was off. So
// what the rest of the language asks for is asked of two times at once:
// - of the display's clock, which may be right after all: an item is out where that is outside;
// - of the floor: an item with a window of days is out unless it is inside throughout
//   [floor, floor + kDoubtReach], both ends included; one with `days`, `hours` or `dayparts`, and
//   an urgent one, waits, for no clock says what hour it is. An item that asks for no time plays.
// What an unknown clock can do wrong is bounded by that: nothing shows more than the time without
// power beyond kDoubtReach outside its window.
#pragma once

#include <optional>
#include <vector>

#include "playlist/display.h"

namespace noseon {

/// How long a display may have been without power while its clock stood still: a long weekend.
inline constexpr Millis kDoubtReach = std::chrono::hours{72};

/// What an item asks of a clock.
enum class ClockNeed {
  nothing,  ///< it plays whenever
  days,     ///< it has a window, or its campaign has
  hours,    ///< it has days, hours or dayparts, or is urgent
};
[[nodiscard]] ClockNeed clock_need(const Campaign& campaign, const Item& item);

/// May it be shown where `floor` is all that is certain?
[[nodiscard]] bool is_certain(const Campaign& campaign, const Item& item, Instant floor);

// The questions of playlist/times.h, of a display in a context. They are the same as there while
// its clock is trusted.
void spans_in(const Campaign& campaign, const Item& item, const Context& context, Span range,
              std::vector<Span>& spans);
[[nodiscard]] bool is_open(const Campaign& campaign, const Item& item, const Context& context,
                           Instant t);
[[nodiscard]] std::optional<Instant> next_change(const Campaign& campaign, const Item& item,
                                                 const Context& context, Instant t);
[[nodiscard]] std::optional<Instant> previous_change(const Campaign& campaign, const Item& item,
                                                     const Context& context, Instant t);

}  // namespace noseon
