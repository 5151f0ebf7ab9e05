// The rows of a WebP file by libwebp.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "base/geometry.h"
#include "media/decode/rows.h"
#include "media/facts.h"

namespace noseon {

class WebpRows final : public PictureRows {
 public:
  /// `bytes` is only used during the call; the picture is held whole. Refused: what cannot be
  /// decoded, and a picture of another size than `facts` says.
  WebpRows(std::string_view bytes, const PictureFacts& facts, Color background,
           const Refuse& refuse);

  void next(std::span<std::uint32_t> row) override;

 private:
  std::unique_ptr<std::uint32_t[]> pixels_;
  const std::uint32_t* next_;
  Color background_;
};

}  // namespace noseon
