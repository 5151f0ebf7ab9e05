// Pictures as files for people.
#pragma once

#include <string>

#include "base/result.h"
#include "media/picture.h"

namespace noseon {

/// Writes the picture as a PNG; errors are those of encode_png() and write_file().
[[nodiscard]] Status write_png(const Picture& picture, const std::string& file);

}  // namespace noseon
