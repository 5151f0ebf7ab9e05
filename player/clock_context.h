// What the clock is worth as part of what is around the display: in floor-only time a context has a
// floor (playlist/doubt.h).
#pragma once

#include "base/clock.h"
#include "playlist/display.h"

namespace noseon {

/// How much what is certain may move against the clock before the context is another: both are read
/// one after the other, in whole milliseconds.
inline constexpr Millis kClockJitter{100};

/// The context as the clock has it at `now`, what it says itself. It is changed only where the
/// clock is worth more or less than the context says, or was set.
[[nodiscard]] Context with_clock(Context context, const Clock& clock, Instant now);

}  // namespace noseon
