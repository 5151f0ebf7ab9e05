#include "media/decode/load.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/check.h"
#include "media/decode/jpeg_rows.h"
#include "media/decode/png_rows.h"
#include "media/decode/stand.h"
#include "media/decode/webp_rows.h"

namespace noseon {
namespace {

JpegRows::ReadBytes all_of(std::string_view bytes) {
  return [bytes](std::uint64_t at) -> std::span<const std::uint8_t> {
    if (at >= bytes.size()) return {};
    const std::string_view rest = bytes.substr(static_cast<std::size_t>(at));
    return {reinterpret_cast<const std::uint8_t*>(rest.data()), rest.size()};
  };
}

std::unique_ptr<PictureRows> open_rows(std::string_view bytes, const PictureFacts& facts,
                                       Color background, Refuse refuse) {
  switch (facts.format) {
    case PictureFormat::png:
      return std::make_unique<PngRows>(bytes, facts, background, std::move(refuse));
    case PictureFormat::jpeg:
      // As noseon-prepare takes originals: good cameras cause warnings.
      return std::make_unique<JpegRows>(facts, 1, Damage::passed_over, all_of(bytes),
                                        std::move(refuse));
    case PictureFormat::webp:
      return std::make_unique<WebpRows>(bytes, facts, background, refuse);
  }
  return nullptr;
}

}  // namespace

LoadedPicture::LoadedPicture(std::string_view bytes, const PictureFacts& facts, Color background,
                             Refuse refuse)
    : size_(upright_size(facts)), rows_(open_rows(bytes, facts, background, std::move(refuse))) {
  CHECK(rows_ != nullptr);
  if (facts.orientation != 1) stand_upright(facts);
}

void LoadedPicture::stand_upright(const PictureFacts& facts) {
  const auto width = static_cast<std::size_t>(facts.stored.width);
  upright_.resize(width * static_cast<std::size_t>(facts.stored.height));
  const Stand stand(facts.stored, facts.orientation);
  std::vector<std::uint32_t> row(width);
  for (std::ptrdiff_t y = 0; y < facts.stored.height; ++y) {
    rows_->next(row);
    std::ptrdiff_t to = stand.start + y * stand.down;
    for (const std::uint32_t pixel : row) {
      upright_[static_cast<std::size_t>(to)] = pixel;
      to += stand.right;
    }
  }
}

void LoadedPicture::read_row(int y, std::span<std::uint32_t> row) {
  CHECK(y >= next_ && y < size_.height && row.size() == static_cast<std::size_t>(size_.width));
  if (!upright_.empty()) {
    const auto first = static_cast<std::ptrdiff_t>(row.size()) * y;
    std::copy_n(upright_.begin() + first, row.size(), row.begin());
    return;
  }
  for (; next_ <= y; ++next_) rows_->next(row);
}

}  // namespace noseon
