// Pixels: sizes, points and rectangles on a display, and colours in sRGB.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noseon {

struct Size {
  int width = 0;
  int height = 0;
  friend bool operator==(Size, Size) = default;
};

struct Point {
  int x = 0;
  int y = 0;
  friend bool operator==(Point, Point) = default;
};

struct Rect {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
  friend bool operator==(const Rect&, const Rect&) = default;
};

struct Color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  friend bool operator==(Color, Color) = default;
};

/// "#rrggbb"; nothing for anything else.
[[nodiscard]] std::optional<Color> parse_color(std::string_view text);
[[nodiscard]] std::string to_string(Color color);

/// 0 for black to 1 for white: WCAG 2.2, "relative luminance".
[[nodiscard]] double relative_luminance(Color color);

/// The contrast of two relative luminances, 1 to 21, the order of no account: WCAG 2.2, "contrast
/// ratio".
[[nodiscard]] double contrast_ratio(double a, double b);

/// The contrast of two colours, 1 to 21, the order of no account: WCAG 2.2, "contrast ratio".
[[nodiscard]] double contrast_ratio(Color a, Color b);

}  // namespace noseon
