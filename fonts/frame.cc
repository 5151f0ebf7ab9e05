#include "fonts/frame.h"

#include <algorithm>
#include <cmath>

namespace noseon {

std::int64_t TextFrame::line_width(int size) const {
  return std::int64_t{std::max(box.width, 0)} * em / size;
}

std::int64_t TextFrame::pitch(int size) const {
  return std::llround(line_height * size);
}

std::int64_t TextFrame::first_baseline(int size, std::size_t line_count) const {
  const std::int64_t between = static_cast<std::int64_t>(line_count - 1) * pitch(size);
  const std::int64_t height = box.height == kAnyHeight ? between + pitch(size) : box.height;
  const std::int64_t doubled = (height - between) * em + (reference.above - reference.below) * size;
  return round_div(doubled, 2 * em);
}

std::int64_t TextFrame::line_start(std::int64_t width_px64, BidiLevel paragraph) const {
  const std::int64_t room = std::int64_t{box.width} * 64 - width_px64;
  switch (align) {
    case Align::start:
      return is_right_to_left(paragraph) ? room : 0;
    case Align::left:
      return 0;
    case Align::center:
      return floor_div(room, 2);
    case Align::right:
      return room;
  }
  return 0;
}

std::int64_t TextFrame::px64(std::int64_t em_units, int size) const {
  return round_div(em_units * size * 64, em);
}

Px64 to_px64(std::int64_t value) {
  constexpr std::int64_t limit = std::int64_t{1} << 30;
  return static_cast<Px64>(std::clamp(value, -limit, limit));
}

}  // namespace noseon
