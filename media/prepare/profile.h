// Colours of any kind to sRGB values.
#pragma once

#include <cstdint>

#include "media/prepare/library.h"

namespace noseon {

/// Grey, RGB or CMYK with whatever profile came with it, alpha untouched, to grey or RGB in sRGB
/// values, of 8 or 16 bits as before. A profile that is broken or of another kind of colours is as
/// none; one that would change no colour visibly is not applied, which saves its time. `gamma` is
/// PictureFacts::gamma. Null, with a complaint, where libvips cannot.
[[nodiscard]] Image to_srgb(Image image, std::uint32_t gamma);

}  // namespace noseon
