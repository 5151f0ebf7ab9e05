// The command line of noseon-prepare, and of noseon-draft, which prepare_arguments() writes:
//   noseon-prepare WIDTHxHEIGHT fit|fill #rrggbb png|jpeg|jpeg-of-ink|webp WIDTHxHEIGHT ORIENTATION
//   GAMMA THREADS
// The box, how to fill it, what is under transparent pixels; then what the parent found in the
// header of the file, which it has sealed; then how many threads.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/appearance.h"
#include "base/geometry.h"
#include "media/facts.h"

namespace noseon {

struct PrepareOptions {
  Size box;  ///< each side 1 to kPictureSideMax
  Fit fit = Fit::fit;
  Color background;
  PictureFacts facts;
  int threads = 1;  ///< 1 to 16
};

/// The arguments behind the program's name. Nothing for anything that prepare_arguments() does not
/// write.
[[nodiscard]] std::optional<PrepareOptions> parse_prepare_options(
    std::span<const std::string_view> arguments);

}  // namespace noseon
