// The original as libvips reads it: from top to bottom, in sRGB, not yet upright or scaled.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "media/facts.h"
#include "media/prepare/library.h"

namespace noseon {

struct Original {
  Image image;     ///< 1 to 4 bands (grey or RGB, alpha last) of 8 or 16 bits, sRGB values
  int shrink = 1;  ///< of its pixels, how many of the file's each side covers: 1, 2, 4 or 8
};

/// Opens the picture's descriptor, a file of `file_bytes`, by the loader of its format and no
/// other; pixels are read later. JPEG is decoded smaller by `shrink_max` at most (a power of two),
/// the others whole. ICC profiles, CMYK and foreign gammas become sRGB: relative colorimetric with
/// black point compensation; CMYK without a profile by that of libvips. Errors: bad_format, with
/// libvips' words.
[[nodiscard]] Result<Original> open_original(const PictureFacts& facts, std::int64_t file_bytes,
                                             int shrink_max);

}  // namespace noseon
