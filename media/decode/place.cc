#include "media/decode/place.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "media/facts.h"

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

namespace {

Placement whole(Size picture) {
  return {picture, 0, 0, static_cast<double>(picture.width), static_cast<double>(picture.height)};
}

bool is_taken_by_decode(Size size) {
  return std::max(size.width, size.height) <= kPictureSideMax &&
         std::int64_t{size.width} * size.height <= kPicturePixelsMax;
}

// Cut to whole pixels, evenly, with what a later place() cuts off still there.
Placement cropped(const Placement& placement, Size picture) {
  const double left = std::floor(placement.x), top = std::floor(placement.y);
  Placement crop{{}, left, top, picture.width - 2 * left, picture.height - 2 * top};
  crop.output = {static_cast<int>(crop.width), static_cast<int>(crop.height)};
  return crop;
}

Placement within_caps(Placement placement) {
  const Size size = placement.output;
  if (is_taken_by_decode(size)) return placement;
  const double pixels = static_cast<double>(size.width) * size.height;
  const double scale =
      std::min({1.0, static_cast<double>(kPictureSideMax) / std::max(size.width, size.height),
                std::sqrt(static_cast<double>(kPicturePixelsMax) / pixels)});
  const auto scaled = [scale](int side) { return std::max(1, static_cast<int>(side * scale)); };
  placement.output = {scaled(size.width), scaled(size.height)};
  return placement;
}

}  // namespace

Placement place_to_prepare(Size picture, Size box, Fit fit) {
  const Placement placement = place(picture, box, fit);
  const bool is_enlarged =
      placement.output.width > placement.width || placement.output.height > placement.height;
  if (!is_enlarged) return within_caps(placement);
  if (is_taken_by_decode(picture)) return whole(picture);
  return within_caps(fit == Fit::fill ? cropped(placement, picture) : whole(picture));
}

bool is_whole(const Placement& placement, Size picture) {
  return placement.output == picture && placement.is_copy();
}

Placement as_stored(const Placement& placement, Size upright, int orientation) {
  Placement stored = placement;
  const bool is_right_first =
      orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const bool is_bottom_first =
      orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  if (is_right_first) stored.x = upright.width - placement.x - placement.width;
  if (is_bottom_first) stored.y = upright.height - placement.y - placement.height;
  if (!swaps_sides(orientation)) return stored;
  std::swap(stored.x, stored.y);
  std::swap(stored.width, stored.height);
  std::swap(stored.output.width, stored.output.height);
  return stored;
}

}  // namespace noseon
