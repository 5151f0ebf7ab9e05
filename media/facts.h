// What sniff_picture() and noseon-decode read from a header, one function for each format.
// Private to media/.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/geometry.h"
#include "base/result.h"
#include "media/sniff.h"

namespace noseon {

/// As people call it: "PNG".
[[nodiscard]] const char* name_of(PictureFormat format);

struct PictureFacts {
  PictureFormat format = PictureFormat::png;
  Size stored;          ///< as the file stores it, before the orientation is applied
  int orientation = 1;  ///< 1 to 8, EXIF 2.32 tag 0x0112; JPEG only
  /// Grey or RGB with at most 8 bits, opaque, in sRGB: nothing to do but scaling. Upright or not.
  bool is_plain = true;
  /// Bytes of pixels that a decoder holds at once; 0 where it goes row by row.
  std::uint64_t held_bytes = 0;
  /// PNG: of a file whose values are not sRGB's, 100,000 times the exponent that made them (gAMA).
  std::uint32_t gamma = 0;
  /// JPEG of four inks: samples are ink. With Adobe's marker, which nearly all have, they are
  /// paper.
  bool is_ink = false;
};

/// Of the 8 orientations the last four lay the picture on its side.
[[nodiscard]] constexpr bool swaps_sides(int orientation) {
  return orientation >= 5;
}
[[nodiscard]] constexpr Size upright_size(const PictureFacts& facts) {
  if (!swaps_sides(facts.orientation)) return facts.stored;
  return {facts.stored.height, facts.stored.width};
}

/// The whole of sniff_picture(), with what only a decoder needs.
[[nodiscard]] Result<PictureFacts> read_facts(std::string_view bytes, const PictureLimits& limits);

/// REQUIRES of each: the bytes begin with that format's signature.
[[nodiscard]] Result<PictureFacts> read_png_facts(std::string_view bytes,
                                                  const PictureLimits& limits);
[[nodiscard]] Result<PictureFacts> read_jpeg_facts(std::string_view bytes,
                                                   const PictureLimits& limits);
[[nodiscard]] Result<PictureFacts> read_webp_facts(std::string_view bytes,
                                                   const PictureLimits& limits);

/// The size if it is within the limits; bad_format for a zero side, too_large past a cap.
[[nodiscard]] Result<Size> check_caps(std::int64_t width, std::int64_t height,
                                      const PictureLimits& limits);
/// too_large where a decoder would have to hold too much. `what` is the kind of file, `remedy` how
/// to save it instead; both said already.
[[nodiscard]] Status check_held(std::uint64_t held_bytes, const PictureLimits& limits,
                                std::string_view what, std::string_view remedy);

/// The refusal for a file that ends before its picture does.
[[nodiscard]] Error cut_short(std::string_view format, std::size_t bytes);

}  // namespace noseon
