// The one thing of EXIF that changes what a picture looks like: which way up it is.
#pragma once

#include <string_view>

namespace noseon {

/// The orientation, 1 to 8 (EXIF 2.32 tag 0x0112), in the payload of a JPEG's APP1 segment. 1,
/// which is upright, where there is none or where it cannot be trusted. Every offset is checked.
[[nodiscard]] int exif_orientation(std::string_view app1);

}  // namespace noseon
