#include "media/decode/webp_rows.h"

#include <fmt/format.h>
#include <webp/decode.h>

#include <algorithm>

namespace noseon {

WebpRows::WebpRows(std::string_view bytes, const PictureFacts& facts, Color background,
                   const Refuse& refuse)
    : background_(background) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  Size says;
  if (WebPGetInfo(data, bytes.size(), &says.width, &says.height) == 0)
    give_up(refuse, "libwebp does not know what it is");
  if (says != facts.stored) {
    give_up(refuse, fmt::format("its header says {} x {} pixels, its data {} x {}",
                                facts.stored.width, facts.stored.height, says.width, says.height));
  }
  const auto width = static_cast<std::size_t>(says.width);
  const std::size_t count = width * static_cast<std::size_t>(says.height);
  pixels_ = std::make_unique_for_overwrite<std::uint32_t[]>(count);
  next_ = pixels_.get();
  const bool is_decoded =
      WebPDecodeBGRAInto(data, bytes.size(), reinterpret_cast<std::uint8_t*>(pixels_.get()),
                         count * sizeof(std::uint32_t),
                         static_cast<int>(width * sizeof(std::uint32_t))) != nullptr;
  if (!is_decoded) give_up(refuse, "its data is damaged");
}

void WebpRows::next(std::span<std::uint32_t> row) {
  std::copy_n(next_, row.size(), row.begin());
  next_ += row.size();
  put_on(background_, row);
}

}  // namespace noseon
