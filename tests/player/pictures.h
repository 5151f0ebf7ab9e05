// Pictures for tests: made in memory, looked at pixel by pixel.
#pragma once

#include <cstdint>
#include <vector>

#include "base/sha256.h"
#include "media/picture.h"
#include "player/pixels.h"

namespace noseon {

inline PicturePtr solid(Size size, Color color) {
  const auto count = static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height);
  return make_picture(size, std::vector<std::uint32_t>(count, to_word(color)));
}

/// Every pixel its own colour: red is the column, green the row.
inline PicturePtr coordinates(Size size) {
  std::vector<std::uint32_t> pixels;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      pixels.push_back(to_word({static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0x77}));
    }
  }
  return make_picture(size, std::move(pixels));
}

inline Color color_at(const Picture& picture, int x, int y) {
  const std::uint32_t word =
      picture
          .pixels()[static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.size().width) +
                    static_cast<std::size_t>(x)];
  return {static_cast<std::uint8_t>(word >> 16U), static_cast<std::uint8_t>(word >> 8U),
          static_cast<std::uint8_t>(word)};
}

inline std::vector<std::uint32_t> words(const Picture& picture) {
  return {picture.pixels().begin(), picture.pixels().end()};
}

inline std::string hash(const Picture& picture) {
  const auto pixels = picture.pixels();
  return to_hex(sha256({reinterpret_cast<const char*>(pixels.data()), pixels.size_bytes()}));
}

}  // namespace noseon
