#include "player/strips.h"

#include <algorithm>

#include "player/compose.h"
#include "playlist/clock_words.h"

namespace noseon {
namespace {

// Of the display's shorter side, in percent.
constexpr int kCaptionPart = 18;
constexpr int kClockPart = 9;
constexpr int kStripPartMax = 45;  // of the height
// Of the smallest legible size: two lines, the space between them, and the padding above and below.
constexpr int kCaptionOfSize = 340;
constexpr int kClockOfSize = 160;
constexpr int kClockPartMax = 40;  // of a strip with a caption

// Left and right of what is in a strip.
int margin_of(const Rect& strip) {
  return std::min(strip.height * 35 / 100, strip.width * 5 / 100);
}

// Of the strip's height, in percent.
int clock_size(const Strips& strips, const Display& display) {
  const int part = strips.holds == StripContent::clock ? 60 : 28;  // beside words, no larger
  return std::max(strips.strip.height * part / 100, legible_size(display));
}

TextLayout lay_out_clock(const Strips& strips, const Rect& area, const Style& style,
                         const Display& display, Civil minute, Typesetter& typesetter) {
  const std::string language = display.languages.empty() ? "ko" : display.languages.front();
  Style plain = style;
  plain.align = Align::right;
  plain.letter_spacing = 0;
  const auto lay_out = [&](ClockStrip clock) {
    TextBlock block = block_of({clock_words(language, minute, clock), language}, plain,
                               {area.width, area.height});
    block.size_max = clock_size(strips, display);
    block.size_min = std::min(block.size_max, legible_size(display));
    block.shortens = true;
    return typesetter.lay_out(block);
  };
  TextLayout layout = lay_out(style.clock);
  // Beside a caption the day gives way.
  const bool is_wide = layout.ink.width * 100 > strips.strip.width * kClockPartMax;
  if (is_wide && strips.holds == StripContent::caption) layout = lay_out(ClockStrip::time);
  return layout;
}

}  // namespace

Strips strips_of(const Style& style, StripContent content, const Display& display) {
  const Size size = display.composed_size();
  Strips strips{.content = {0, 0, size.width, size.height},
                .strip = {0, size.height, size.width, 0},
                .holds = content};
  if (content == StripContent::clock && style.clock == ClockStrip::none) return strips;
  const bool is_caption = content == StripContent::caption;
  const int usual =
      std::min(size.width, size.height) * (is_caption ? kCaptionPart : kClockPart) / 100;
  const int needed = legible_size(display) * (is_caption ? kCaptionOfSize : kClockOfSize) / 100;
  const int height = std::min(std::max(usual, needed), size.height * kStripPartMax / 100);
  strips.content.height -= height;
  strips.strip = {0, size.height - height, size.width, height};
  return strips;
}

ClockStripDraws draw_clock_strip(const Strips& strips, const Style& style, const Display& display,
                                 const Look& look, Typesetter& typesetter) {
  const Rect& strip = strips.strip;
  if (strip.height == 0) return {};
  const int margin = margin_of(strip);
  ClockStripDraws drawn{
      {FillDraw{strip, style.background}},
      {strip.x + margin, strip.y, std::max(strip.width - 2 * margin, 1), strip.height}};
  if (style.clock == ClockStrip::none || !look.minute) return drawn;

  TextLayout layout = lay_out_clock(strips, drawn.rest, style, display, *look.minute, typesetter);
  const int taken = drawn.rest.width - std::min(layout.ink.x, drawn.rest.width - 1);
  drawn.draws.emplace_back(draw_of(std::move(layout), {drawn.rest.x, strip.y}, style));
  drawn.rest.width = std::max(drawn.rest.width - taken - margin, 1);
  return drawn;
}

}  // namespace noseon
