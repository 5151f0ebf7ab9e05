// The one painter: a Frame becomes one opaque picture on the CPU, the same bytes everywhere.
#pragma once

#include "player/frame.h"

namespace noseon {

/// Paints at the frame's size, then turns the result clockwise by `rotation` (0, 90, 180, 270).
/// Whatever lies outside of the frame is clipped. A frame that shows one whole picture and nothing
/// else gives that picture itself, not a copy.
[[nodiscard]] PicturePtr paint(const Frame& frame, Typesetter& typesetter, int rotation = 0);

/// The same for a frame without text, where no font may be asked for. REQUIRES: no TextDraw.
[[nodiscard]] PicturePtr paint_without_text(const Frame& frame, int rotation = 0);

}  // namespace noseon
