// How bright a display is: dimmed at night, where its display.toml has one.
#pragma once

#include "playlist/display.h"

namespace noseon {

/// From an instant on, until just before `until`.
struct Brightness {
  int permille = 1000;         ///< 50 to 1,000, which is full
  Instant until = kEndOfTime;  ///< when it is another; kEndOfTime where it stays as it is
  friend bool operator==(const Brightness&, const Brightness&) = default;
};

/// The brightness that holds at `at`. A night belongs to the civil day of the display that it
/// starts on; its ends are civil times by the rule of Zone::instant_of, as an item's hours are
/// (times.h). Nights that touch are one, so 00:00-24:00 never ends. REQUIRES: the display has a
/// zone.
[[nodiscard]] Brightness brightness_at(const Display& display, Instant at);

}  // namespace noseon
