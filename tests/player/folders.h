// Campaign folders for tests: made on disk, gone afterwards.
#pragma once

#include <string>
#include <string_view>

#include "media/png.h"
#include "tests/player/pictures.h"
#include "tests/support/temporary_folder.h"

namespace noseon {

inline std::string png(Size size, Color color = {40, 80, 120}) {
  return encode_png(*solid(size, color)).value();
}

/// The head of a PNG file that claims a size.
inline std::string png_claiming(std::uint32_t width, std::uint32_t height) {
  std::string bytes = png({4, 4});
  const auto put = [&](std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>(value >> (24 - 8 * i));
  };
  put(16, width);
  put(20, height);
  return bytes;
}

inline constexpr std::string_view kCampaignHead =
    "format = \"noseon.campaign/1\"\n"
    "id = \"khojaly\"\n"
    "title = { ko = \"호잘리\" }\n"
    "timezone = \"Asia/Seoul\"\n";

/// An item with a poster; `poster` stands in the fourth line.
inline std::string poster_item(std::string_view id, std::string_view poster) {
  return "\n[[item]]\nid = \"" + std::string(id) + "\"\nposter = \"" + std::string(poster) +
         "\"\nalt = { ko = \"그림\" }\n";
}

inline std::string text_item(std::string_view id, std::string_view ko) {
  return "\n[[item]]\nid = \"" + std::string(id) + "\"\ntext = { ko = \"" + std::string(ko) +
         "\" }\n";
}

}  // namespace noseon
