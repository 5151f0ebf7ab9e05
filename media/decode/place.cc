#include "media/decode/place.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace noseon {
namespace {

bool is_wider(Size picture, Size box) {
  return std::int64_t{picture.width} * box.height >= std::int64_t{picture.height} * box.width;
}

// round(side * factor / divisor), within the box and never nothing.
int scaled_side(int side, int factor, int divisor, int side_max) {
  const std::int64_t rounded =
      (2 * std::int64_t{side} * factor + divisor) / (2 * std::int64_t{divisor});
  return static_cast<int>(std::clamp<std::int64_t>(rounded, 1, side_max));
}

Size fitted_size(Size picture, Size box) {
  if (is_wider(picture, box)) {
    return {box.width, scaled_side(picture.height, box.width, picture.width, box.height)};
  }
  return {scaled_side(picture.width, box.height, picture.height, box.width), box.height};
}

}  // namespace

Placement place(Size picture, Size box, Fit fit) {
  Placement placement{box, 0, 0, static_cast<double>(picture.width),
                      static_cast<double>(picture.height)};
  if (fit == Fit::fit) {
    placement.output = fitted_size(picture, box);
    return placement;
  }
  if (is_wider(picture, box)) {
    placement.width = static_cast<double>(box.width) * picture.height / box.height;
    placement.x = (picture.width - placement.width) / 2;
  } else {
    placement.height = static_cast<double>(box.height) * picture.width / box.width;
    placement.y = (picture.height - placement.height) / 2;
  }
  if (placement.is_copy()) {
    // Half a pixel to one side, rather than every pixel blurred.
    placement.x = std::floor(placement.x);
    placement.y = std::floor(placement.y);
  }
  return placement;
}

}  // namespace noseon
