// Text items: what is behind the letters, how large they are tried, and what becomes of each page.
#include <algorithm>
#include <cmath>

#include "player/arrange.h"
#include "player/compose.h"
#include "player/legibility.h"
#include "player/painter.h"
#include "player/strips.h"

namespace noseon {
namespace {

constexpr int kSizeMin = 8;  // what the typesetter takes
constexpr int kSizeMax = 1024;

Rect inside_padding(const Rect& area, Size size, int percent) {
  const int padding = std::min(size.width, size.height) * percent / 100;
  return {area.x + padding, area.y + padding, std::max(area.width - 2 * padding, 1),
          std::max(area.height - 2 * padding, 1)};
}

// What is behind the letters: the style's colour, or its picture and as much of the colour over it
// as it takes.
struct Ground {
  const Style& style;
  Size size;
  const PicturePtr& picture;

  [[nodiscard]] std::vector<Draw> under(const std::vector<Draw>& draws) const {
    const Rect all{0, 0, size.width, size.height};
    std::vector<Draw> ground{FillDraw{all, style.background}};
    if (picture == nullptr) return ground;
    const int scrim =
        scrim_needed(*picture, inked_areas(draws), style.ink, style.background, style.scrim);
    ground.emplace_back(PictureDraw{picture, all, {0, 0}, style.picture});
    if (scrim > 0) ground.emplace_back(FillDraw{all, style.background, opacity_of(scrim)});
    return ground;
  }
};

Page page_of(Arrangement arrangement, const Ground& ground, const std::vector<Draw>& strip) {
  Page page{.frame = {ground.size, ground.under(arrangement.draws)},
            .languages = std::move(arrangement.languages),
            .weight = arrangement.weight};
  for (Draw& draw : arrangement.draws) page.frame.draws.push_back(std::move(draw));
  page.frame.draws.insert(page.frame.draws.end(), strip.begin(), strip.end());
  return page;
}

}  // namespace

int legible_size(const Display& display) {
  constexpr double kArcMinutes = 20;        // of ink; ISO 9241-3 asks for 16 at the least
  constexpr double kRadians = 0.000290888;  // of one arc minute
  constexpr double kInkOfEm = 0.9;          // a Hangul syllable's
  constexpr double kMetresPerInch = 0.0254;
  const double width = display.size.width;
  const double height = display.size.height;
  const double pixels_per_metre =
      std::sqrt(width * width + height * height) / (display.diagonal_inch * kMetresPerInch);
  const double size = kArcMinutes * kRadians * display.distance_m * pixels_per_metre / kInkOfEm;
  if (!(size > kSizeMin)) return kSizeMin;
  return size < kSizeMax ? static_cast<int>(std::ceil(size)) : kSizeMax;
}

int headline_size(Size size) {
  // A poster's headline on 16:9 has 0.22 of the height; a bar's grows with its length until it has
  // half of the height.
  const int longer = std::max(size.width, size.height);
  const int shorter = std::min(size.width, size.height);
  const int by_length = std::max(shorter * 22 / 100, longer * 124 / 1000);
  return std::clamp(std::min(by_length, shorter / 2), kSizeMin, kSizeMax);
}

std::vector<Page> compose_text(const Campaign& campaign, const Item& item, const Display& display,
                               const PicturePtr& behind, Typesetter& typesetter, const Look& look) {
  if (item.motion == Motion::ticker) {
    return {compose_ticker(campaign, item, display, behind, typesetter, look)};
  }
  const Style style = style_of(campaign, item);
  const Size size = display.composed_size();
  const Strips strips = strips_of(style, StripContent::clock, display);
  const int floor = legible_size(display);
  const int headline = headline_size(size) * style.size / 100;
  const Setting setting{.style = style,
                        .area = inside_padding(strips.content, size, style.padding),
                        .size_max = std::clamp(headline, floor, std::max(floor, kSizeMax)),
                        .size_min = floor};
  const Ground ground{style, size, behind};
  const std::vector<Draw> strip = draw_clock_strip(strips, style, display, look, typesetter).draws;
  std::vector<Page> pages;
  for (Arrangement& arrangement :
       arrange(words_to_show(item.text, display.languages), setting, typesetter)) {
    pages.push_back(page_of(std::move(arrangement), ground, strip));
  }
  if (pages.empty()) pages.push_back(page_of({}, ground, strip));
  for (Page& page : pages) page.frame.brightness = look.brightness;
  return pages;
}

double text_contrast(const Frame& frame) {
  Frame behind{frame.size, {}};
  double worst = 21;
  std::vector<const TextDraw*> texts;
  for (const Draw& draw : frame.draws) {
    const auto* const text = std::get_if<TextDraw>(&draw);
    text == nullptr ? behind.draws.push_back(draw) : texts.push_back(text);
  }
  const PicturePtr ground = paint_without_text(behind);
  for (const TextDraw* text : texts) {
    double contrast = contrast_with(*ground, inked_areas({*text}), text->ink);
    if (text->outline)
      contrast = std::max(contrast, contrast_ratio(text->ink, text->outline->color));
    worst = std::min(worst, contrast);
  }
  return worst;
}

}  // namespace noseon
