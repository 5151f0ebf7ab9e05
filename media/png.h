// Pictures to PNG files: screenshots, and what `noseon render` leaves.
#pragma once

#include <string>

#include "base/result.h"
#include "media/picture.h"

namespace noseon {

/// A whole PNG file, RGB with 8 bits, marked sRGB. The same pixels give the same bytes.
/// Errors: unavailable, where libpng refuses (no memory).
[[nodiscard]] Result<std::string> encode_png(const Picture& picture);

}  // namespace noseon
