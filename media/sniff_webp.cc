// WebP (RFC 9649): the RIFF size against the file's, then every chunk by its length.
#include <fmt/format.h>

#include <optional>
#include <string>

#include "base/say.h"
#include "media/byte_order.h"
#include "media/facts.h"

namespace noseon {
namespace {

constexpr std::size_t kRiffBytes = 12;  // "RIFF", size, "WEBP"
constexpr std::size_t kHeadBytes = 8;
constexpr std::uint32_t kAnimationFlag = 0x02, kAlphaFlag = 0x10, kProfileFlag = 0x20;

Failure broken(std::string_view what) {
  return fail(ErrorKind::bad_format,
              say("this WebP file is damaged: {}; copy or export it again", what));
}

// RFC 6386 9.1: frame tag, start code, 14 bits for each side (2 more are a hint for scaling).
Result<Size> read_vp8(std::string_view data, const PictureLimits& limits) {
  if (data.size() < 10) return broken(say("its VP8 frame header is too short"));
  const bool is_key_frame = (byte_at(data, 0) & 1U) == 0;
  if (!is_key_frame || data.substr(3, 3) != "\x9D\x01\x2A") {
    return broken(say("its VP8 data does not begin with a key frame"));
  }
  const std::uint32_t first_partition_bytes = little_u24(data, 0) >> 5U;
  if (first_partition_bytes > data.size() - 10) {
    return broken(say("the first partition of its VP8 data is longer than the chunk"));
  }
  return check_caps(little_u16(data, 6) & 0x3FFFU, little_u16(data, 8) & 0x3FFFU, limits);
}

// RFC 9649 3.4
Result<Size> read_vp8l(std::string_view data, const PictureLimits& limits) {
  if (data.size() < 5 || byte_at(data, 0) != 0x2F) return broken(say("its VP8L header is wrong"));
  const std::uint32_t bits = little_u32(data, 1);
  if (bits >> 29U != 0) return broken(say("its VP8L version is unknown"));
  return check_caps((bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1, limits);
}

// RFC 9649 2.7
Result<Size> read_vp8x(std::string_view data, const PictureLimits& limits) {
  if (data.size() < 10) return broken(say("its VP8X header is too short"));
  if ((byte_at(data, 0) & kAnimationFlag) != 0) {
    return fail(ErrorKind::bad_format,
                say("this WebP is an animation: save one picture of it as PNG, JPEG or WebP"));
  }
  return check_caps(std::int64_t{little_u24(data, 4)} + 1, std::int64_t{little_u24(data, 7)} + 1,
                    limits);
}

class Walk {
 public:
  Walk(std::string_view bytes, const PictureLimits& limits) : bytes_(bytes), limits_(limits) {}

  Result<PictureFacts> run() {
    const std::uint64_t riff_bytes = std::uint64_t{little_u32(bytes_, 4)} + 8;
    if (riff_bytes > bytes_.size()) return fail(cut_short("WebP", bytes_.size()));
    if (riff_bytes < kRiffBytes) return broken(say("its RIFF size is too small"));
    bytes_ = bytes_.substr(0, static_cast<std::size_t>(riff_bytes));  // what follows is not ours
    for (std::size_t at = kRiffBytes; at < bytes_.size();) TRY(take_chunk(at));
    if (!picture_) return broken(say("it holds no picture"));
    facts_.stored = *picture_;
    facts_.held_bytes = bytes_.size() + static_cast<std::uint64_t>(picture_->width) *
                                            static_cast<std::uint64_t>(picture_->height) *
                                            pixel_bytes_;
    TRY(check_held(facts_.held_bytes, limits_, say("a WebP"), say("save it as JPEG or PNG")));
    return facts_;
  }

 private:
  Status take_chunk(std::size_t& at) {
    if (bytes_.size() - at < kHeadBytes) return broken(say("its last chunk has no header"));
    const std::string_view type = bytes_.substr(at, 4);
    const std::size_t length = little_u32(bytes_, at + 4);
    if (bytes_.size() - at - kHeadBytes < length) {
      return broken(say("the chunk at byte {} is longer than the file", at));
    }
    const std::string_view data = bytes_.substr(at + kHeadBytes, length);
    const bool is_first = at == kRiffBytes;
    at += kHeadBytes + length + length % 2;
    if (type == "VP8X") {
      if (!is_first) return broken(say("its VP8X header is not the first chunk"));
      ASSIGN_OR_RETURN(canvas_, read_vp8x(data, limits_));
      if ((byte_at(data, 0) & (kAlphaFlag | kProfileFlag)) != 0) facts_.is_plain = false;
      return {};
    }
    if (type == "ALPH" || type == "ICCP") facts_.is_plain = false;
    if (type == "VP8 ") return take_picture(read_vp8(data, limits_));
    if (type == "VP8L") return take_lossless(data);
    return {};
  }

  // 3.4: bit 28 hints at alpha. Its decoder holds the pixels twice.
  Status take_lossless(std::string_view data) {
    TRY(take_picture(read_vp8l(data, limits_)));
    if ((little_u32(data, 1) >> 28U & 1U) != 0) facts_.is_plain = false;
    pixel_bytes_ = 8;
    return {};
  }

  Status take_picture(const Result<Size>& size) {
    if (!size) return fail(size.error());
    if (picture_) return broken(say("it holds two pictures"));
    if (canvas_ && *canvas_ != *size) {
      return broken(say("its header says {} x {} pixels, its picture {} x {}", canvas_->width,
                        canvas_->height, size->width, size->height));
    }
    picture_ = *size;
    return {};
  }

  std::string_view bytes_;
  const PictureLimits& limits_;
  PictureFacts facts_{PictureFormat::webp, {}};
  std::uint64_t pixel_bytes_ = 5;  // that its decoder holds for each pixel, alpha among them
  std::optional<Size> canvas_;
  std::optional<Size> picture_;
};

}  // namespace

Result<PictureFacts> read_webp_facts(std::string_view bytes, const PictureLimits& limits) {
  return Walk(bytes, limits).run();
}

}  // namespace noseon
