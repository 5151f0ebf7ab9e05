// The poster of a new campaign, drawn by Noseon itself: a bus on its morning round, and a welcome.
#pragma once

#include "player/frame.h"

namespace noseon {

/// For 1920x1080 and for bars (1920x540); any size with a width of 1.5 heights or more looks right.
/// REQUIRES: both sides > 0.
[[nodiscard]] Frame compose_welcome(Size size, Typesetter& typesetter);

}  // namespace noseon
