#include "playlist/display.h"

#include "base/check.h"

namespace noseon {

Millis Context::doubt() const {
  CHECK(clock_floor && since != kBeginningOfTime);
  return since - *clock_floor;
}

Instant Context::floor_at(Instant t) const {
  return t - doubt();
}

void Context::move_to(Instant t) {
  if (clock_floor) clock_floor = floor_at(t);
  since = t;
}

}  // namespace noseon
