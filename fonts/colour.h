// Colour bitmaps of a font (CBDT), brought from the size they were drawn at to the one asked for.
#pragma once

#include "fonts/typeset.h"

namespace noseon {

/// The bitmap times `scale`, its origin moved right by x_fraction/64 px. Premultiplied pixels are
/// weighted by the area that each covers, and between them linearly where they grow: the same bytes
/// on every machine. REQUIRES: is_colour, 0 < scale <= 16, 0 <= x_fraction < 64.
[[nodiscard]] GlyphBitmap scaled_bitmap(const GlyphBitmap& bitmap, double scale, int x_fraction);

}  // namespace noseon
