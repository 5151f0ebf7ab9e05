// The strip along the bottom of a display: a poster's caption, the clock of a style, or both.
// Private to composition.
#pragma once

#include <vector>

#include "player/arrange.h"
#include "player/look.h"
#include "playlist/display.h"

namespace noseon {

enum class StripContent {
  clock,    ///< where the style has one
  caption,  ///< words, and the clock where the style has one
};

/// How a frame is divided. Without a strip all of it is content.
struct Strips {
  Rect content;  ///< what the poster or the text has
  Rect strip;    ///< along the whole of the bottom; no height where there is none
  StripContent holds = StripContent::clock;
};

/// The strip has room for a legible line of each of two languages of a caption, one above the
/// other, or for one line of a clock, but no more than 45 % of the display's height.
[[nodiscard]] Strips strips_of(const Style& style, StripContent content, const Display& display);

/// What a strip has at its right end, and where the rest of it is.
struct ClockStripDraws {
  std::vector<Draw> draws;  ///< the strip's ground first; none where there is no strip
  Rect rest;                ///< for the caption, inside its margins
};

/// The strip's ground and the clock, in the display's first language. Without look.minute no clock.
[[nodiscard]] ClockStripDraws draw_clock_strip(const Strips& strips, const Style& style,
                                               const Display& display, const Look& look,
                                               Typesetter& typesetter);

}  // namespace noseon
