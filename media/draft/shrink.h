// How small a draft's original is decoded.
#pragma once

#include <algorithm>

#include "media/decode/place.h"

namespace noseon {

/// The output has no more pixels than its part of the picture, in either direction.
[[nodiscard]] inline bool is_reduced(const Placement& placement) {
  return placement.output.width <= placement.width && placement.output.height <= placement.height;
}

/// 1, 2, 4 or 8: as small as it can be decoded and still be reduced.
[[nodiscard]] inline int draft_shrink(const Placement& placement) {
  const double rest = std::min(placement.width / placement.output.width,
                               placement.height / placement.output.height);
  for (const int shrink : {8, 4, 2}) {
    if (rest >= shrink) return shrink;
  }
  return 1;
}

}  // namespace noseon
