// ICC profiles made on the spot, by Little CMS.
#pragma once

#include <string>

namespace noseon::testing {

/// Primaries of Adobe RGB (1998), gamma 2.2, white D65.
[[nodiscard]] std::string adobe_rgb_profile();
/// A gamma of 1: values are light.
[[nodiscard]] std::string linear_grey_profile();
/// As sRGB (IEC 61966-2-1), under another name.
[[nodiscard]] std::string srgb_profile();
/// Inks that are simple: red is (1 - cyan) * (1 - black) of sRGB's, and so on.
[[nodiscard]] std::string simple_cmyk_profile();

}  // namespace noseon::testing
