#include "player/clock_context.h"

#include <algorithm>

namespace noseon {

Context with_clock(Context context, const Clock& clock, Instant now) {
  if (clock.grade() == ClockGrade::trusted) {
    if (!context.clock_floor) return context;
    context.clock_floor.reset();
    context.since = now;
    return context;
  }
  const Instant floor = std::min(clock.floor(), now);
  const bool is_known =
      context.clock_floor && std::chrono::abs(context.doubt() - (now - floor)) <= kClockJitter;
  if (is_known) return context;
  context.clock_floor = floor;
  context.since = now;
  return context;
}

}  // namespace noseon
