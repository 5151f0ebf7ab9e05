// Pixels out of a picture file, row by row, upright and opaque: by libjpeg, libpng or libwebp,
// whichever its format asks for, and no other code.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/geometry.h"
#include "media/decode/rows.h"
#include "media/facts.h"

namespace noseon {

class LoadedPicture {
 public:
  /// `bytes` is the file, which stays; `facts` are its header's. Transparent pixels are put on the
  /// background. Refused, now or in read_row(): what the library cannot decode.
  LoadedPicture(std::string_view bytes, const PictureFacts& facts, Color background, Refuse refuse);

  /// Upright: after the orientation.
  [[nodiscard]] Size size() const { return size_; }
  /// Row `y` as BGRX. REQUIRES: y ascending, each at most once; row.size() == width.
  void read_row(int y, std::span<std::uint32_t> row);

 private:
  void stand_upright(const PictureFacts& facts);

  Size size_;
  std::unique_ptr<PictureRows> rows_;
  int next_ = 0;                        // row of rows_
  std::vector<std::uint32_t> upright_;  // all pixels, of what is stored otherwise
};

}  // namespace noseon
