#include "player/coverage.h"

#include <algorithm>

#include "base/check.h"

namespace noseon {
namespace {

// One pass of a box of 2 * radius + 1 pixels along `count` values that lie `step` apart. Beyond the
// ends nothing is covered.
void box_pass(std::uint8_t* values, int count, std::size_t step, int radius,
              std::vector<std::uint8_t>& copy) {
  copy.resize(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < copy.size(); ++i) copy[i] = values[i * step];
  const int width = 2 * radius + 1;
  int sum = 0;
  for (int i = 0; i < std::min(radius, count); ++i) sum += copy[static_cast<std::size_t>(i)];
  for (int i = 0; i < count; ++i) {
    if (i + radius < count) sum += copy[static_cast<std::size_t>(i + radius)];
    if (i - radius > 0) sum -= copy[static_cast<std::size_t>(i - radius - 1)];
    values[static_cast<std::size_t>(i) * step] =
        static_cast<std::uint8_t>((sum + width / 2) / width);
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
  for (int pass = 0; pass < 3; ++pass) {
    const int box = (radius + pass) / 3;  // the three of them add up to the radius
    if (box == 0) continue;
    for (int y = 0; y < area_.height; ++y) {
      box_pass(values_.data() + index(0, y), area_.width, 1, box, copy);
    }
    for (int x = 0; x < area_.width; ++x) {
      box_pass(values_.data() + index(x, 0), area_.height, static_cast<std::size_t>(area_.width),
               box, copy);
    }
  }
}

}  // namespace noseon
