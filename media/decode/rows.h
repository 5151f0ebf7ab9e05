// The rows of a picture file as it stores them: what jpeg_rows.h, png_rows.h and webp_rows.h have
// in common. For a process that reads one picture and ends.
#pragma once

#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <span>
#include <string_view>

#include "base/geometry.h"

namespace noseon {

/// Answers why there is no picture and ends the process: the libraries have no way back from an
/// error but by longjmp, past every destructor. May be called at any row.
using Refuse = std::function<void(std::string_view why)>;

/// To be called where the library may not be returned to.
[[noreturn]] inline void give_up(const Refuse& refuse, std::string_view why) {
  refuse(why);
  ::_exit(EXIT_FAILURE);
}

class PictureRows {
 public:
  PictureRows() = default;
  virtual ~PictureRows() = default;
  PictureRows(const PictureRows&) = delete;
  PictureRows& operator=(const PictureRows&) = delete;

  /// Fills `row` with the next one as BGRX (media/picture.h), top row first. REQUIRES: there is
  /// one, and `row` is as long as it.
  virtual void next(std::span<std::uint32_t> row) = 0;
};

/// Puts pixels (0xAARRGGBB, not premultiplied) on a background, in sRGB values, as browsers and
/// drawing programs do: what staff saw is what is shown.
inline void put_on(Color background, std::span<std::uint32_t> row) {
  for (std::uint32_t& pixel : row) {
    const std::uint32_t alpha = pixel >> 24U;
    if (alpha == 255) continue;
    const auto mix = [pixel, alpha](unsigned shift, std::uint32_t below) {
      const std::uint32_t over = pixel >> shift & 0xFFU;
      return (over * alpha + below * (255 - alpha) + 127) / 255 << shift;
    };
    pixel =
        0xFF000000U | mix(16, background.red) | mix(8, background.green) | mix(0, background.blue);
  }
}

}  // namespace noseon
