#include "staff/drawing.h"

namespace noseon {
namespace {

// Of an em, in hundredths. Hangul and ideographs are a little less than an em wide in our fonts.
constexpr int kNarrow = 58;
constexpr int kWide = 95;

struct Character {
  std::size_t bytes;
  int width;  // hundredths of an em
};

// Three and four bytes begin at U+0800: what campaigns write there is wide.
Character character_at(const std::string& text, std::size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0xC0) return {1, kNarrow};
  if (lead < 0xE0) return {2, kNarrow};
  return {lead < 0xF0 ? 3U : 4U, kWide};
}

}  // namespace

int baseline_of(const LabelShape& label) {
  return label.box.y + label.box.height / 2 + label.size * 36 / 100;
}

int estimated_width(const std::string& text, int size) {
  int width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const Character character = character_at(text, i);
    width += character.width;
    i += character.bytes;
  }
  return width * size / 100;
}

std::string cut_to_width(const std::string& text, int size, int width) {
  if (estimated_width(text, size) <= width) return text;
  const int room = width * 100 / size - kWide;
  int used = 0;
  std::size_t end = 0;
  while (end < text.size()) {
    const Character character = character_at(text, end);
    if (used + character.width > room) break;
    used += character.width;
    end += character.bytes;
  }
  return text.substr(0, end) + "…";
}

Color between(Color from, Color to, int part) {
  const auto mix = [&](int a, int b) {
    return static_cast<std::uint8_t>(a + (b - a) * part / 255);
  };
  return {mix(from.red, to.red), mix(from.green, to.green), mix(from.blue, to.blue)};
}

}  // namespace noseon
