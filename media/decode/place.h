// Which part of a picture goes into a box, and how large.
#pragma once

#include "base/appearance.h"
#include "base/geometry.h"

namespace noseon {

/// The part of the picture at (x, y), width x height of its pixels, becomes `output`.
struct Placement {
  Size output;
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;
  /// One pixel becomes one pixel; x and y are whole then.
  [[nodiscard]] bool is_copy() const { return width == output.width && height == output.height; }
};

/// Fit::fit: the largest size of the picture's aspect inside the box, rounded, at least 1.
/// Fit::fill: exactly the box, the picture cropped evenly. REQUIRES: all sides at least 1.
[[nodiscard]] Placement place(Size picture, Size box, Fit fit);

}  // namespace noseon
