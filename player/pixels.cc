#include "player/pixels.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/check.h"

namespace noseon {
namespace {

constexpr std::uint32_t kOpaque = 0xff000000U;
constexpr std::uint32_t kRedBlue = 0x00ff00ffU;

// Rounded square roots of 0 to 255 * 255.
const std::array<std::uint8_t, 65'026>& roots() {
  static const auto table = [] {
    std::array<std::uint8_t, 65'026> roots{};
    std::uint32_t root = 0;
    for (std::uint32_t square = 0; square < roots.size(); ++square) {
      // The next root is nearer from root² + root + 1 on: (root + 1/2)² lies between.
      if (square > root * root + root) ++root;
      roots[square] = static_cast<std::uint8_t>(root);
    }
    return roots;
  }();
  return table;
}

std::uint32_t inked(std::uint32_t under, std::uint32_t ink, std::uint32_t coverage,
                    const std::array<std::uint8_t, 65'026>& root) {
  const std::uint32_t rest = 255U - coverage;
  const std::uint32_t encoded = divided_by_255(under * rest + ink * coverage);
  const std::uint32_t squares = (under * under * rest + ink * ink * coverage + 127U) / 255U;
  return (encoded + root[squares] + 1U) / 2U;
}

std::uint8_t dimmed_value(std::uint32_t value, int permille) {
  return static_cast<std::uint8_t>((value * static_cast<std::uint32_t>(permille) + 500U) / 1000U);
}

}  // namespace

void blend_fill(std::uint32_t* pixels, std::size_t count, Color color, unsigned opacity) {
  const std::uint32_t word = to_word(color);
  if (opacity >= 255U) {
    std::fill_n(pixels, count, word);
    return;
  }
  // Red and blue in one multiplication: each lane stays below 2^16, rounding included.
  const std::uint32_t rest = 255U - opacity;
  const std::uint32_t red_blue = (word & kRedBlue) * opacity + 0x00800080U;
  const std::uint32_t green = ((word >> 8U) & 0xffU) * opacity + 0x80U;
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t rb = (pixels[i] & kRedBlue) * rest + red_blue;
    std::uint32_t g = ((pixels[i] >> 8U) & 0xffU) * rest + green;
    rb = ((rb + ((rb >> 8U) & kRedBlue)) >> 8U) & kRedBlue;
    g = (g + (g >> 8U)) & 0xff00U;
    pixels[i] = kOpaque | rb | g;
  }
}

void blend_ink(std::uint32_t* pixels, const std::uint8_t* coverage, std::size_t count, Color ink) {
  const auto& root = roots();
  const std::uint32_t word = to_word(ink);
  for (std::size_t i = 0; i < count; ++i) {
    // Most of a large glyph's box is empty or full: eight empty pixels at a time.
    std::uint64_t eight = 1;
    while (i + 8 <= count && (std::memcpy(&eight, coverage + i, 8), eight == 0)) i += 8;
    if (i >= count) return;
    const std::uint32_t c = coverage[i];
    if (c == 0) continue;
    if (c == 255) {
      pixels[i] = word;
      continue;
    }
    const std::uint32_t under = pixels[i];
    pixels[i] = kOpaque | inked((under >> 16U) & 0xffU, ink.red, c, root) << 16U |
                inked((under >> 8U) & 0xffU, ink.green, c, root) << 8U |
                inked(under & 0xffU, ink.blue, c, root);
  }
}

void blend_bgra(std::uint32_t* pixels, const std::uint8_t* bgra, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint8_t* over = bgra + i * 4;
    const std::uint32_t rest = 255U - over[3];
    std::uint32_t word = kOpaque;
    for (unsigned channel = 0; channel < 3; ++channel) {
      const std::uint32_t under = (pixels[i] >> (8U * channel)) & 0xffU;
      // A font whose colours exceed their alpha must not carry into the next channel.
      word |= std::min(255U, over[channel] + divided_by_255(under * rest)) << (8U * channel);
    }
    pixels[i] = word;
  }
}

void turn(const std::uint32_t* pixels, int width, int height, int degrees, std::uint32_t* turned) {
  const auto w = static_cast<std::ptrdiff_t>(width);
  const auto h = static_cast<std::ptrdiff_t>(height);
  if (degrees == 180) {
    std::reverse_copy(pixels, pixels + w * h, turned);
    return;
  }
  // In tiles, so that the reads down a column stay in the cache.
  constexpr std::ptrdiff_t kTile = 32;
  for (std::ptrdiff_t top = 0; top < h; top += kTile) {
    for (std::ptrdiff_t left = 0; left < w; left += kTile) {
      for (std::ptrdiff_t x = left; x < std::min(left + kTile, w); ++x) {
        for (std::ptrdiff_t y = top; y < std::min(top + kTile, h); ++y) {
          const std::ptrdiff_t to = degrees == 90 ? x * h + (h - 1 - y) : (w - 1 - x) * h + y;
          turned[to] = pixels[y * w + x];
        }
      }
    }
  }
}

Rect changed_area(std::span<const std::uint32_t> from, std::span<const std::uint32_t> to,
                  Size size) {
  const auto width = static_cast<std::size_t>(size.width);
  const auto height = static_cast<std::size_t>(size.height);
  CHECK(from.size() == width * height && to.size() == width * height);
  std::size_t left = width;
  std::size_t right = 0;
  std::size_t top = height;
  std::size_t bottom = 0;
  for (std::size_t y = 0; y < height; ++y) {
    const auto was = from.subspan(y * width, width);
    const auto is = to.subspan(y * width, width);
    if (std::memcmp(was.data(), is.data(), is.size_bytes()) == 0) continue;
    top = std::min(top, y);
    bottom = y + 1;
    std::size_t first = 0;
    while (first < left && was[first] == is[first]) ++first;
    left = std::min(left, first);
    std::size_t end = width;
    while (end > right && was[end - 1] == is[end - 1]) --end;
    right = std::max(right, end);
  }
  if (bottom == 0) return {};
  return {static_cast<int>(left), static_cast<int>(top), static_cast<int>(right - left),
          static_cast<int>(bottom - top)};
}

void dim(std::span<std::uint32_t> pixels, int permille) {
  CHECK(permille >= 0 && permille <= 1000);
  std::array<std::uint8_t, 256> dark{};
  for (std::size_t value = 0; value < dark.size(); ++value) {
    dark[value] = dimmed_value(static_cast<std::uint32_t>(value), permille);
  }
  for (std::uint32_t& pixel : pixels) {
    pixel = kOpaque | std::uint32_t{dark[(pixel >> 16U) & 0xffU]} << 16U |
            std::uint32_t{dark[(pixel >> 8U) & 0xffU]} << 8U | dark[pixel & 0xffU];
  }
}

Color dimmed(Color color, int permille) {
  return {dimmed_value(color.red, permille), dimmed_value(color.green, permille),
          dimmed_value(color.blue, permille)};
}

}  // namespace noseon
