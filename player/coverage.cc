#include "player/coverage.h"

#include <algorithm>

#include "base/check.h"

namespace noseon {
namespace {

// One pass of a box of 2 * radius + 1 pixels along `count` values that lie `step` apart. Beyond the
// ends nothing is covered.
void box_pass(std::uint8_t* values, std::size_t count, std::size_t step, std::size_t radius,
              std::vector<std::uint8_t>& copy) {
  copy.resize(count);
  for (std::size_t i = 0; i < count; ++i) copy[i] = values[i * step];
  const std::size_t width = 2 * radius + 1;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < std::min(radius, count); ++i) sum += copy[i];
  for (std::size_t i = 0; i < count; ++i) {
    if (i + radius < count) sum += copy[i + radius];
    if (i > radius) sum -= copy[i - radius - 1];
    values[i * step] = static_cast<std::uint8_t>((sum + width / 2) / width);
  }
}

}  // namespace

Coverage::Coverage(Rect area) : area_(area) {
  area_.width = std::max(area_.width, 0);
  area_.height = std::max(area_.height, 0);
  values_.resize(index(0, area_.height));
}

std::size_t Coverage::index(int x, int y) const {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(area_.width) +
         static_cast<std::size_t>(x);
}

const std::uint8_t* Coverage::row(int row) const {
  CHECK(row >= 0 && row < area_.height);
  return values_.data() + index(0, row);
}

void Coverage::add(const GlyphBitmap& bitmap, Point corner) {
  const int left = std::max(corner.x, area_.x);
  const int right = std::min(corner.x + bitmap.size.width, area_.x + area_.width);
  const int top = std::max(corner.y, area_.y);
  const int bottom = std::min(corner.y + bitmap.size.height, area_.y + area_.height);
  const std::size_t step = bitmap.is_colour ? 4 : 1;
  const std::size_t alpha = bitmap.is_colour ? 3 : 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const std::size_t from =
          (static_cast<std::size_t>(y - corner.y) * static_cast<std::size_t>(bitmap.size.width) +
           static_cast<std::size_t>(x - corner.x)) *
              step +
          alpha;
      std::uint8_t& value = values_[index(x - area_.x, y - area_.y)];
      value = std::max(value, bitmap.pixels[from]);
    }
  }
}

void Coverage::blur(int radius) {
  CHECK(radius >= 0);
  std::vector<std::uint8_t> copy;
  const auto width = static_cast<std::size_t>(area_.width);
  const auto height = static_cast<std::size_t>(area_.height);
  for (std::size_t pass = 0; pass < 3; ++pass) {
    const std::size_t box = (static_cast<std::size_t>(radius) + pass) / 3;  // in all: the radius
    if (box == 0) continue;
    for (std::size_t y = 0; y < height; ++y) {
      box_pass(values_.data() + y * width, width, 1, box, copy);
    }
    for (std::size_t x = 0; x < width; ++x) box_pass(values_.data() + x, height, width, box, copy);
  }
}

}  // namespace noseon
