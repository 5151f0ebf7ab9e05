// How much of each pixel something covers, as a value that can be blurred: what shadows are made
// of.
#pragma once

#include <cstdint>
#include <vector>

#include "base/geometry.h"
#include "fonts/typeset.h"

namespace noseon {

class Coverage {
 public:
  /// Nothing covered yet. `area` in the frame's pixels; an empty one is allowed.
  explicit Coverage(Rect area);

  [[nodiscard]] const Rect& area() const { return area_; }
  /// A row of the area, 0 to 255 a pixel. REQUIRES: 0 <= row < area().height.
  [[nodiscard]] const std::uint8_t* row(int row) const;

  /// A glyph's own coverage, of a colour one its opacity, with its top left corner at `corner`;
  /// what is covered already stays at least as much. What lies outside of the area is clipped.
  void add(const GlyphBitmap& bitmap, Point corner);

  /// Three passes of a box, which look like a Gaussian and reach `radius` pixels in all. Integer
  /// arithmetic: the same bytes on every machine. REQUIRES: radius >= 0.
  void blur(int radius);

 private:
  [[nodiscard]] std::size_t index(int x, int y) const;

  Rect area_;
  std::vector<std::uint8_t> values_;
};

}  // namespace noseon
