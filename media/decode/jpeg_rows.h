// The rows of a JPEG file by libjpeg, decoded smaller where that is asked for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/geometry.h"
#include "media/decode/rows.h"
#include "media/facts.h"

namespace noseon {

/// Of data that is damaged, but from which libjpeg can go on by making something up.
enum class Damage { passed_over, refused };

class JpegRows final : public PictureRows {
 public:
  /// Bytes of the file from `at` on, as many as are at hand, which stay until the next call; none
  /// where it ends.
  using ReadBytes = std::function<std::span<const std::uint8_t>(std::uint64_t at)>;

  /// Decoded at 1/`shrink` by DCT: 1, 2, 4 or 8. Refused, now or later: what cannot be decoded,
  /// four inks, and a picture of another size than `facts` says.
  JpegRows(const PictureFacts& facts, int shrink, Damage damage, ReadBytes read, Refuse refuse);
  ~JpegRows() override;

  /// Of the rows: the picture's, shrunk and rounded up.
  [[nodiscard]] Size size() const;
  void next(std::span<std::uint32_t> row) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
