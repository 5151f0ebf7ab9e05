// What a poster should look like on the glass: scaled in linear light with Lanczos-3, in double
// precision, without any of the code of the programs that are held against it. And how far a
// program is from it.
//
// The filter: C. E. Duchon, "Lanczos Filtering in One and Two Dimensions", 1979; sinc(x) sinc(x/3),
// stretched by the scale when shrinking. Light: IEC 61966-2-1 (sRGB).
#pragma once

#include <vector>

#include "base/geometry.h"
#include "media/picture.h"
#include "tests/bench/peers/jpeg.h"

namespace noseon::peers {

/// sRGB values 0 to 255, not rounded; red, green, blue in turn, rows without padding.
struct Reference {
  Size size;
  std::vector<float> values;
};

/// Pixels are areas: the picture's edges lie on the output's edges.
[[nodiscard]] Reference scaled(const RgbPicture& picture, Size size);

/// The best match of what lies on the glass within one pixel of `expected`, its place and its size
/// alike: programs round them in different ways.
struct Match {
  double psnr = 0;  ///< dB over all three channels, against 255
  Rect place;
};
[[nodiscard]] Match best_match(const Picture& glass, const RgbPicture& original,
                               const Rect& expected);

}  // namespace noseon::peers
