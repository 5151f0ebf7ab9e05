// A text that runs across the display: its one line, and the band it runs in.
#include <algorithm>

#include "base/check.h"
#include "player/arrange.h"
#include "player/compose.h"
#include "player/legibility.h"
#include "player/strips.h"

namespace noseon {
namespace {

// Wider than any line within kStripBytesMax, so that nothing ends a line but its length.
constexpr int kLineWidthMax = 1 << 20;
constexpr int kSizeMin = 8;  // what the typesetter takes
// Percent, on a display that is hardly higher than its letters: room for what Hangul and its commas
// ink.
constexpr int kSizeOfContent = 80;
// Percent: room for what Arabic and Vietnamese have above and below, around the middle of 한.
constexpr int kBandOfSize = 180;

// Languages and sentences on one line.
std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

// What outline and shadow add on each side, and a pixel for the blend between two.
int overhang_of(const Style& style, int size) {
  int percent = style.outline ? style.outline->width : 0;
  if (style.shadow) {
    percent +=
        style.shadow->blur + std::max(std::abs(style.shadow->right), std::abs(style.shadow->down));
  }
  return size * percent / 100 + 1;
}

int band_height(const Style& style, int size) {
  return size * kBandOfSize / 100 + 2 * overhang_of(style, size);
}

std::vector<TextLayout> lay_out(const std::vector<Words>& words, const Style& style, int size,
                                int width_max, Typesetter& typesetter) {
  std::vector<TextLayout> layouts;
  for (const Words& each : words) {
    TextBlock block = block_of({on_one_line(each.text), each.language}, style,
                               {width_max, band_height(style, size)});
    block.align = Align::left;
    block.balances = false;
    block.size_max = block.size_min = size;
    block.shortens = width_max < kLineWidthMax;
    layouts.push_back(typesetter.lay_out(block));
  }
  return layouts;
}

int width_of(const TextLayout& layout) {
  return layout.lines.empty() ? 0 : (layout.lines.front().width + 63) / 64;
}

int gap_of(int size) {
  return size * 3 / 2;
}

std::int64_t width_of(const std::vector<TextLayout>& layouts, const Style& style, int size) {
  std::int64_t width = 2 * overhang_of(style, size);
  for (const TextLayout& layout : layouts) width += width_of(layout);
  return width + std::int64_t{gap_of(size)} * static_cast<std::int64_t>(layouts.size() - 1);
}

std::int64_t width_max(const Style& style, int size) {
  return static_cast<std::int64_t>(kStripBytesMax / sizeof(std::uint32_t)) /
         band_height(style, size);
}

struct Line {
  int size = 0;
  std::vector<TextLayout> layouts;
};

// As large as asked, or as its length in memory allows; at the smallest, shortened.
Line line_of(const std::vector<Words>& words, const Style& style, int size_max, int size_min,
             Typesetter& typesetter) {
  for (int size = size_max;; size = std::max(size * 9 / 10, size_min)) {
    Line line{size, lay_out(words, style, size, kLineWidthMax, typesetter)};
    const std::int64_t room = width_max(style, size);
    if (width_of(line.layouts, style, size) <= room) return line;
    if (size > size_min) continue;
    const auto each = static_cast<int>(room / static_cast<std::int64_t>(words.size())) -
                      gap_of(size) - 2 * overhang_of(style, size);
    line.layouts = lay_out(words, style, size, std::max(each, size), typesetter);
    return line;
  }
}

// In the order of reading: the first one leads the way. Where there is less height than a band has,
// it goes above and below, where the letters are not.
Frame strip_of(Line line, const Style& style, Run run, int height_max) {
  const auto width = static_cast<int>(width_of(line.layouts, style, line.size));
  const int usual = band_height(style, line.size);
  const int height = std::min(usual, height_max);
  Frame strip{{width, height}, {FillDraw{{0, 0, width, height}, style.background}}};
  const int overhang = overhang_of(style, line.size);
  int at = overhang;
  for (TextLayout& layout : line.layouts) {
    const int length = width_of(layout);
    const int x = run == Run::leftwards ? at : width - at - length;
    strip.draws.emplace_back(draw_of(std::move(layout), {x, (height - usual) / 2}, style));
    at += length + gap_of(line.size);
  }
  return strip;
}

}  // namespace

Page compose_ticker(const Campaign& campaign, const Item& item, const Display& display,
                    const PicturePtr& behind, Typesetter& typesetter, const Look& look) {
  const Style style = style_of(campaign, item);
  const Size size = display.composed_size();
  const Strips strips = strips_of(style, StripContent::clock, display);
  const std::vector<Words> words = words_to_show(item.text, display.languages);
  const int largest = std::max(strips.content.height * kSizeOfContent / 100, kSizeMin);
  const int least = std::min(legible_size(display), largest);
  const int usual = headline_size(size) * style.size / 100 * 60 / 100;
  Page page{.frame = {size, {FillDraw{{0, 0, size.width, size.height}, style.background}}}};
  page.frame.brightness = look.brightness;
  if (behind != nullptr) {
    page.frame.draws.emplace_back(
        PictureDraw{behind, {0, 0, size.width, size.height}, {0, 0}, style.picture});
    if (style.scrim > 0) {
      page.frame.draws.emplace_back(
          FillDraw{{0, 0, size.width, size.height}, style.background, opacity_of(style.scrim)});
    }
  }
  for (Draw& draw : draw_clock_strip(strips, style, display, look, typesetter).draws) {
    page.frame.draws.push_back(std::move(draw));
  }
  if (words.empty()) return page;

  const int first = std::clamp(usual, least, largest);
  Line line = line_of(words, style, first, least, typesetter);
  const Run run = line.layouts.front().reads_from_right ? Run::rightwards : Run::leftwards;
  RunningLine running{.strip = strip_of(std::move(line), style, run, strips.content.height),
                      .band = {},
                      .ground = style.background,
                      .run = run};
  running.strip.brightness = look.brightness;
  const int height = running.strip.size.height;
  running.band = {0, strips.content.y + (strips.content.height - height) / 2, size.width, height};
  page.frame.draws.emplace_back(FillDraw{running.band, style.background});
  for (const Words& each : words) page.languages.push_back(each.language);
  page.line = std::move(running);
  return page;
}

}  // namespace noseon
