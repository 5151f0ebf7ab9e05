// The painter's inner loops over BGRX words. Integer arithmetic alone, so that the same frame is
// the same bytes on every machine; plain loops, so that GCC vectorises them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/geometry.h"

namespace noseon {

/// 0xffRRGGBB.
[[nodiscard]] constexpr std::uint32_t to_word(Color color) {
  return 0xff000000U | std::uint32_t{color.red} << 16U | std::uint32_t{color.green} << 8U |
         color.blue;
}

/// value / 255, rounded to nearest. REQUIRES: value <= 65,025.
[[nodiscard]] constexpr std::uint32_t divided_by_255(std::uint32_t value) {
  return (value + 128U + ((value + 128U) >> 8U)) >> 8U;
}

/// One colour over `count` pixels; `opacity` 0 to 255, by plain blending of the encoded values.
void blend_fill(std::uint32_t* pixels, std::size_t count, Color color, unsigned opacity);

/// Ink through a row of a glyph's coverage, 0 to 255.
///
/// On gamma: blending encoded sRGB values makes dark text fat and light text thin, blending linear
/// light does the opposite to the eye. Text here is blended half-way: the mean of the blend of the
/// encoded values and of the blend of their squares, which is within 6 of 255 of a blend at gamma
/// 1.4, the exponent that Skia uses for text on Linux. No coverage leaves the pixel, full coverage
/// is the ink, exactly.
void blend_ink(std::uint32_t* pixels, const std::uint8_t* coverage, std::size_t count, Color ink);

/// A row of premultiplied BGRA over the pixels.
void blend_bgra(std::uint32_t* pixels, const std::uint8_t* bgra, std::size_t count);

/// `width` x `height` pixels turned clockwise into `turned`, which has as many. REQUIRES: degrees
/// is 90, 180 or 270; the two do not overlap.
void turn(const std::uint32_t* pixels, int width, int height, int degrees, std::uint32_t* turned);

/// The smallest rectangle outside of which two pictures of one size are the same; no width where
/// they are the same throughout. REQUIRES: both have size.width * size.height words.
[[nodiscard]] Rect changed_area(std::span<const std::uint32_t> from,
                                std::span<const std::uint32_t> to, Size size);

/// Pictures for the night: every channel times `permille` / 1000, rounded to nearest.
/// REQUIRES: 0 <= permille <= 1000.
void dim(std::span<std::uint32_t> pixels, int permille);
[[nodiscard]] Color dimmed(Color color, int permille);

}  // namespace noseon
