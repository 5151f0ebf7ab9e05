// What sniff_picture() and noseon-decode read from a header, one function for each format.
// Private to media/.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/geometry.h"
#include "base/result.h"
#include "media/sniff.h"

namespace noseon {

struct PictureFacts {
  PictureFormat format = PictureFormat::png;
  Size stored;          ///< as the file stores it, before the orientation is applied
  int orientation = 1;  ///< 1 to 8, EXIF 2.32 tag 0x0112; JPEG only
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
[[nodiscard]] Result<PictureFacts> read_facts(std::string_view bytes);

/// REQUIRES of each: the bytes begin with that format's signature.
[[nodiscard]] Result<PictureFacts> read_png_facts(std::string_view bytes);
[[nodiscard]] Result<PictureFacts> read_jpeg_facts(std::string_view bytes);
[[nodiscard]] Result<PictureFacts> read_webp_facts(std::string_view bytes);

/// The size if it is within the caps of sniff.h; bad_format for a zero side, too_large past a cap.
[[nodiscard]] Result<Size> check_caps(std::int64_t width, std::int64_t height);

/// The refusal for a file that ends before its picture does.
[[nodiscard]] Error cut_short(std::string_view format, std::size_t bytes);

}  // namespace noseon
