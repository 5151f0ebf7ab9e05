// Where the keys of a preview lead in time. Pure: where from, where to.
#pragma once

#include <optional>

#include "player/pages.h"
#include "playlist/schedule.h"

namespace noseon {

enum class Direction { back, forth };

/// The start of the slot before or after the one at `from`; nothing where there is none.
[[nodiscard]] std::optional<Instant> slot_beside(Schedule& schedule, const Context& context,
                                                 Instant from, Direction direction);
/// The start of the page before or after the one at `from`, within its slot; nothing where there is
/// none. `from` lies in the slot.
[[nodiscard]] std::optional<Instant> page_beside(const PageWeights& weights, Span slot,
                                                 Instant from, Direction direction);
/// The edge of the schedule before or after `from`.
[[nodiscard]] std::optional<Instant> edge_beside(Schedule& schedule, const Context& context,
                                                 Instant from, Direction direction);
/// The same civil time a day before or after.
[[nodiscard]] std::optional<Instant> day_beside(const Zone& zone, Instant from,
                                                Direction direction);

/// The next speed, or size of the window, of those offered; at the last one it stays.
[[nodiscard]] double speed_beside(double speed, Direction direction);
[[nodiscard]] double scale_beside(double scale, Direction direction);
/// The largest scale offered, at most 1, at which `size` fits `room`.
[[nodiscard]] double scale_that_fits(Size size, Size room);

}  // namespace noseon
