#include "tests/bench/peers/code.h"

#include <cmath>
#include <cstdlib>

#include "base/check.h"

namespace noseon::peers {
namespace {

constexpr std::array<std::uint8_t, 3> kLevels{30, 128, 226};
constexpr int kTolerance = 30;
constexpr std::array<double, 3> kAcross{0.06, 0.5, 0.94};

bool is_near(std::uint8_t a, std::uint8_t b) {
  return std::abs(int{a} - int{b}) <= kTolerance;
}

int round_to_int(double value) {
  return static_cast<int>(std::lround(value));
}

}  // namespace

// Of the 27 colours of three levels, 0, 13 and 26 are grey, as a screen or a margin may be.
Color color_of(int code) {
  CHECK(code >= 0 && code < kPosters);
  const auto number = static_cast<std::size_t>(code) + (code < 12 ? 1 : 2);
  return {kLevels[number % 3], kLevels[number / 3 % 3], kLevels[number / 9 % 3]};
}

std::optional<int> code_of(Color color) {
  for (int code = 0; code < kPosters; ++code) {
    const Color known = color_of(code);
    if (is_near(color.red, known.red) && is_near(color.green, known.green) &&
        is_near(color.blue, known.blue))
      return code;
  }
  return std::nullopt;
}

std::array<Point, kPlaces> places_in(const Rect& picture) {
  std::array<Point, kPlaces> places;
  for (std::size_t i = 0; i < kPlaces; ++i) {
    places[i] = {picture.x + round_to_int(picture.width * kAcross[i % 3]),
                 picture.y + round_to_int(picture.height * kAcross[i / 3])};
  }
  return places;
}

int block_side(int picture_width) {
  return picture_width / 24;
}

Rect fitted_in(Size picture, Size glass) {
  const double scale =
      std::min(double(glass.width) / picture.width, double(glass.height) / picture.height);
  const int width = round_to_int(picture.width * scale);
  const int height = round_to_int(picture.height * scale);
  return {(glass.width - width) / 2, (glass.height - height) / 2, width, height};
}

}  // namespace noseon::peers
