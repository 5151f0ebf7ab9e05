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

inline constexpr int kPictureSideMax = 8192;  ///< pixels
inline constexpr std::int64_t kPicturePixelsMax = 16LL * 1024 * 1024;
inline constexpr std::uint64_t kPictureBytesMax = 64ULL * 1024 * 1024;

struct PictureInfo {
  PictureFormat format = PictureFormat::png;
  Size size;
};

/// Format and size of a whole picture file; the size as it is seen, after a JPEG's EXIF
/// orientation. Refusals, each with what was found and the remedy: bad_format (no picture, another
/// format, truncated, a zero side), too_large (past the caps above).
[[nodiscard]] Result<PictureInfo> sniff_picture(std::string_view bytes);

}  // namespace noseon
