// A drawing as a frame, for the painter: the same pixels on every machine with our fonts.
#pragma once

#include "player/frame.h"
#include "staff/drawing.h"

namespace noseon {

[[nodiscard]] Frame frame_of(const Drawing& drawing, Typesetter& typesetter);

}  // namespace noseon
