// The command line of noseon-decode: noseon-decode WIDTHxHEIGHT fit|fill #rrggbb
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/appearance.h"
#include "base/geometry.h"

namespace noseon {

struct DecodeOptions {
  Size box;  ///< each side 1 to kPictureSideMax
  Fit fit = Fit::fit;
  Color background;
};

/// The arguments behind the program's name. Nothing for anything that Decoder does not write.
[[nodiscard]] std::optional<DecodeOptions> parse_options(
    std::span<const std::string_view> arguments);

}  // namespace noseon
