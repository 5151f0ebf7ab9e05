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

/// What noseon-prepare makes of an upright picture for a box: as place(), but never larger than the
/// picture (one that would be enlarged stays whole and as it is, and noseon-decode enlarges it),
/// and never larger than what noseon-decode takes. Of a picture that it made, it makes the same
/// again.
[[nodiscard]] Placement place_to_prepare(Size picture, Size box, Fit fit);

/// Whether nothing is cut off or scaled.
[[nodiscard]] bool is_whole(const Placement& placement, Size picture);

/// The same place in a picture stored in one of the eight orientations of EXIF, of which `upright`
/// is the size once upright; its output is stored the same way.
[[nodiscard]] Placement as_stored(const Placement& placement, Size upright, int orientation);

}  // namespace noseon
