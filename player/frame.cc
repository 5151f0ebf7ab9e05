#include "player/frame.h"

#include <fmt/format.h>

namespace noseon {
namespace {

// Exact: sixty-fourths have at most six decimals.
std::string pixels(Px64 length) {
  const std::int64_t value = length;
  const std::int64_t magnitude = value < 0 ? -value : value;
  std::string text = fmt::format("{}{}", value < 0 ? "-" : "", magnitude / 64);
  if (magnitude % 64 == 0) return text;
  text += fmt::format(".{:06}", magnitude % 64 * 15'625);
  return text.substr(0, text.find_last_not_of('0') + 1);
}

std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out + '"';
}

std::string line_of(const TextLayout& layout, const TextLine& line) {
  const std::string_view text =
      std::string_view(layout.text).substr(line.start, line.end - line.start);
  return fmt::format(" {} {},{}+{}", in_quotes(text), pixels(line.x), pixels(line.y),
                     pixels(line.width));
}

std::string line_of(const FillDraw& fill) {
  std::string text = fmt::format("fill {},{} {}x{} {}", fill.area.x, fill.area.y, fill.area.width,
                                 fill.area.height, to_string(fill.color));
  if (fill.opacity != 255) text += fmt::format(" opacity {}/255", fill.opacity);
  return text;
}

std::string line_of(const PictureDraw& draw) {
  return fmt::format("picture {} {},{} {}x{} at {},{}", in_quotes(draw.name), draw.source.x,
                     draw.source.y, draw.source.width, draw.source.height, draw.target.x,
                     draw.target.y);
}

std::string line_of(const TextDraw& draw) {
  std::string text = fmt::format("text {} px {} at {},{}:", draw.layout.size, to_string(draw.ink),
                                 draw.origin.x, draw.origin.y);
  for (const TextLine& line : draw.layout.lines) text += line_of(draw.layout, line);
  if (draw.layout.overflows) text += " overflows";
  if (draw.outline) {
    text +=
        fmt::format(" outline {} {}", to_string(draw.outline->color), pixels(draw.outline->width));
  }
  if (draw.shadow) {
    text += fmt::format(" shadow {} {}/255 at {},{} blur {}", to_string(draw.shadow->color),
                        draw.shadow->opacity, draw.shadow->offset.x, draw.shadow->offset.y,
                        draw.shadow->blur);
  }
  return text;
}

}  // namespace

std::string to_string(const Frame& frame) {
  std::string text = fmt::format("frame {}x{}", frame.size.width, frame.size.height);
  if (frame.brightness != 1000) text += fmt::format(" brightness {}/1000", frame.brightness);
  text += '\n';
  for (const Draw& draw : frame.draws) {
    text += std::visit([](const auto& some) { return line_of(some); }, draw) + '\n';
  }
  return text;
}

}  // namespace noseon
