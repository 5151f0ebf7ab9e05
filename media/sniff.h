// What a picture file says of itself in its header, read with every bound checked and nothing
// decoded: PNG (W3C PNG 2nd ed. 5.2, 11.2.2), JPEG (ITU-T T.81 B.1-B.2), WebP (RFC 9649).
// Pure: bytes in, facts or a refusal out.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/geometry.h"
#include "base/result.h"

namespace noseon {

enum class PictureFormat { png, jpeg, webp };

/// What a file from outside may ask of us.
struct PictureLimits {
  int side_max;                ///< pixels
  std::int64_t pixels_max;     ///< in all
  std::uint64_t bytes_max;     ///< of the file
  std::uint64_t held_max;      ///< bytes of pixels that a decoder must hold at once
  bool is_cmyk_taken = false;  ///< four inks
};

/// What noseon-decode takes: display-sized, as noseon-prepare leaves it.
inline constexpr int kPictureSideMax = 8192;
inline constexpr std::int64_t kPicturePixelsMax = 16LL * 1024 * 1024;
inline constexpr std::uint64_t kPictureBytesMax = 64ULL * 1024 * 1024;
inline constexpr PictureLimits kPreparedLimits{kPictureSideMax, kPicturePixelsMax, kPictureBytesMax,
                                               512ULL * 1024 * 1024};

/// What noseon-prepare takes: any poster that staff may have. What can be read row by row holds
/// next to nothing; what cannot (progressive JPEG, interlaced PNG, WebP) has a cap on what it
/// holds.
inline constexpr PictureLimits kOriginalLimits{32768, 200'000'000, 512ULL * 1024 * 1024,
                                               384ULL * 1024 * 1024, true};

struct PictureInfo {
  PictureFormat format = PictureFormat::png;
  Size size;
};

/// Format and size of a whole picture file; the size as it is seen, after a JPEG's EXIF
/// orientation. Refusals, each with what was found and the remedy: bad_format (no picture, another
/// format, truncated, a zero side), too_large (past the caps).
[[nodiscard]] Result<PictureInfo> sniff_picture(std::string_view bytes,
                                                const PictureLimits& limits = kOriginalLimits);

}  // namespace noseon
