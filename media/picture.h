// A decoded picture: display-ready pixels that everyone shares and nobody changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "media/pixel_memory.h"

namespace noseon {

/// Opaque sRGB pixels, BGRX (0xXXRRGGBB in a little-endian word, X = 0xff), rows without padding,
/// top row first. Immutable; shared between threads by PicturePtr.
class Picture {
 public:
  virtual ~Picture() = default;
  [[nodiscard]] virtual Size size() const = 0;
  /// size().width * size().height words.
  [[nodiscard]] virtual std::span<const std::uint32_t> pixels() const = 0;
};

using PicturePtr = std::shared_ptr<const Picture>;

/// The colour that continues the picture's rim, for the margins beside it: the mean of its edges.
[[nodiscard]] Color edge_color(const Picture& picture);

/// A picture over pixels in memory. REQUIRES: pixels.size() == width * height.
[[nodiscard]] PicturePtr make_picture(Size size, std::vector<std::uint32_t> pixels);
/// The same of a frame. REQUIRES: pixels.words().size() == width * height.
[[nodiscard]] PicturePtr make_frame(Size size, PixelMemory pixels);

}  // namespace noseon
