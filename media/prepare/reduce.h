// From the original's rows to the prepared pixels: on the background, scaled in linear light,
// upright.
#pragma once

#include <cstdint>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"
#include "media/decode/place.h"
#include "media/prepare/options.h"
#include "media/prepare/original.h"

namespace noseon {

/// RGB, 8 bits, sRGB values, rows without padding, upright.
struct PreparedPixels {
  Size size;
  std::vector<std::uint8_t> rgb;
  /// The original was decoded smaller, and has edges too sharp for that: `rgb` is not finished.
  bool is_too_rough = false;
};

/// DCT scaling is not for rougher pictures (roughness.h).
inline constexpr double kShrunkRoughnessMax = 100'000;

/// How much smaller a JPEG may be decoded, so that the rest of the reduction hides it.
[[nodiscard]] int shrink_for(const Placement& placement);

/// `placement` is place_to_prepare()'s, of the upright picture. Errors: bad_format, where the
/// pixels cannot be read to their end.
[[nodiscard]] Result<PreparedPixels> reduce(const Original& original, const Placement& placement,
                                            const PrepareOptions& options);

}  // namespace noseon
