// Where the pixels of a picture that is stored on its side or mirrored stand once it is upright.
#pragma once

#include <cstddef>

#include "base/geometry.h"
#include "media/facts.h"

namespace noseon {

/// For rows without padding, in pixels of the upright picture: where the first stored pixel goes,
/// and how far it is from there to its right neighbour and to the one below.
struct Stand {
  std::ptrdiff_t start = 0, right = 0, down = 0;

  /// `stored` is the picture's size as stored, `orientation` one of EXIF's eight.
  Stand(Size stored, int orientation) {
    const bool is_turned = swaps_sides(orientation);
    const std::ptrdiff_t width = is_turned ? stored.height : stored.width;
    const std::ptrdiff_t height = is_turned ? stored.width : stored.height;
    // Which way the stored rows and columns run in the upright picture.
    const bool from_right =
        orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    const bool from_bottom =
        orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    const std::ptrdiff_t across = from_right ? -1 : 1;
    const std::ptrdiff_t along = from_bottom ? -width : width;
    start = (from_right ? width - 1 : 0) + (from_bottom ? (height - 1) * width : 0);
    right = is_turned ? along : across;
    down = is_turned ? across : along;
  }
};

}  // namespace noseon
