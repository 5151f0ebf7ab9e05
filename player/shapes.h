// Anti-aliased lines and discs over BGRX pixels, for cards that may need no file and no font.
// Whole numbers throughout: the same bytes on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "base/geometry.h"

namespace noseon {

/// Sixteenths of a pixel; the middle of the first pixel is (8, 8).
using Px16 = std::int64_t;

struct Spot {
  Px16 x = 0;
  Px16 y = 0;
};

/// A line through points, its ends and joints round.
struct Stroke {
  std::vector<Spot> points;  ///< one point alone is a disc
  Px16 radius = 0;           ///< half the line's width
  Color color;
  int opacity = 255;  ///< 0 to 255
};

/// Draws over `pixels`, size.width * size.height words; what lies outside is clipped.
void draw_stroke(std::vector<std::uint32_t>& pixels, Size size, const Stroke& stroke);

/// The line through `corners` with every inner corner rounded: the curve leaves the straight line
/// `reach` before the corner, or half-way where the next corner is nearer than that.
[[nodiscard]] std::vector<Spot> rounded(const std::vector<Spot>& corners, Px16 reach);

/// A vertical gradient, dithered so that a slow one shows no bands.
void draw_gradient(std::vector<std::uint32_t>& pixels, Size size, Color top, Color bottom);

}  // namespace noseon
