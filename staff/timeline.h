// A plan as one picture: items down, days across, each item's time on screen as bars.
//
// An item's bar is in full colour where it takes turns, and pale where it is open but a higher role
// plays. The last row says what plays at all, and where nothing but fillers or nothing does.
#pragma once

#include <vector>

#include "playlist/holidays.h"
#include "playlist/schedule.h"
#include "staff/drawing.h"

namespace noseon {

/// Borrows: all of it must outlive the call.
struct TimelineInput {
  const Playlist& playlist;
  const Display& display;
  const Context& context;
  Span range;                                 ///< not empty
  const std::vector<ItemShare>& shares;       ///< one for each entry
  const std::vector<HolidaysPtr>& calendars;  ///< whose holidays are shaded; none of them null
};

/// Items past this many are left out, and the drawing says so.
inline constexpr std::size_t kTimelineRowsMax = 400;

inline constexpr int kTimelineWidth = 1920;

/// Pure: the same input gives the same shapes. The titles of bars name the item and what it does
/// there ("spring/a takes turns", "spring/a waits").
[[nodiscard]] Drawing lay_out_timeline(const TimelineInput& input);

}  // namespace noseon
