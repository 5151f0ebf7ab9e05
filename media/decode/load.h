// Pixels out of a picture file by SDL2_image, read row by row, upright and opaque.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/geometry.h"
#include "base/result.h"
#include "media/facts.h"

namespace noseon {

class LoadedPicture {
 public:
  virtual ~LoadedPicture() = default;
  /// Upright: after the orientation.
  [[nodiscard]] virtual Size size() const = 0;
  /// Row `y` as BGRX, transparent pixels put on the background. REQUIRES: row.size() == width.
  virtual void read_row(int y, std::span<std::uint32_t> row) const = 0;
};

/// By the loader of the format in `facts` and no other. `bytes` are only used during the call.
/// Errors: bad_format, with the loader's words.
[[nodiscard]] Result<std::unique_ptr<LoadedPicture>> load_picture(std::string_view bytes,
                                                                  const PictureFacts& facts,
                                                                  Color background);

}  // namespace noseon
