// A finished picture on a glass of another size: a preview's window, an odd screen.
#pragma once

#include "media/picture.h"

namespace noseon {

/// Where a picture of `picture` lies on a glass of `glass`: as large as it fits, in the middle.
[[nodiscard]] Rect fitted(Size picture, Size glass);

/// The picture at another size, whatever its shape. Smaller: each pixel is the mean of what it
/// covers; larger: bilinear. Of its own size it is the same picture. REQUIRES: both sizes positive.
[[nodiscard]] PicturePtr scale_to(const PicturePtr& picture, Size size);

/// The picture at the glass's size, the margins in its edge colour, never black by default. Of its
/// own size it is the same picture, not a copy. Scaled as by scale_to(). REQUIRES: both sizes
/// positive.
[[nodiscard]] PicturePtr fit_to(const PicturePtr& picture, Size glass);

}  // namespace noseon
