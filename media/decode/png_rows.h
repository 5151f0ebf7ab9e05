// The rows of a PNG file by libpng.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/geometry.h"
#include "media/decode/rows.h"
#include "media/facts.h"

namespace noseon {

class PngRows final : public PictureRows {
 public:
  /// `bytes` is the file, which stays. An interlaced picture is held whole, any other row by row.
  /// Refused, now or later: what cannot be decoded, and a picture of another size than `facts`
  /// says.
  PngRows(std::string_view bytes, const PictureFacts& facts, Color background, Refuse refuse);
  ~PngRows() override;

  void next(std::span<std::uint32_t> row) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
