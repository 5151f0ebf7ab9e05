// What a reduced picture should look like, computed the long way: for each pixel of the result all
// of the picture's pixels under the filter, in doubles. Nothing of media/ is in it.
#pragma once

#include <vector>

#include "base/geometry.h"
#include "tests/media/picture_files.h"

namespace noseon::testing {

/// The whole of `pixels` as `output`, by a Lanczos-3 filter in linear light, sRGB values in and
/// out.
[[nodiscard]] Pixels reference_scale(Size size, const Pixels& pixels, Size output);
/// Peak signal-to-noise ratio of red, green and blue together, in dB. REQUIRES: as many pixels.
[[nodiscard]] double psnr(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b);
/// sRGB (IEC 61966-2-1): 0 to 1 in either direction.
[[nodiscard]] double light_of_value(double value);
[[nodiscard]] double value_of_light(double light);

}  // namespace noseon::testing
