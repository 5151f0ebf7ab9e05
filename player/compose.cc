#include "player/compose.h"

#include <algorithm>

#include "base/check.h"
#include "player/arrange.h"
#include "player/strips.h"

namespace noseon {
namespace {

__extension__ using Wide = unsigned __int128;

// How far two aspects are apart, as a ratio >= 1: the distance of their logarithms, exactly.
struct Mismatch {
  std::uint64_t more = 1;
  std::uint64_t less = 1;
  [[nodiscard]] bool is_under(const Mismatch& other) const {
    return Wide{more} * other.less < Wide{other.more} * less;
  }
};

Mismatch mismatch(Size a, Size b) {
  CHECK(a.width > 0 && a.height > 0 && b.width > 0 && b.height > 0);
  const auto one = static_cast<std::uint64_t>(a.width) * static_cast<std::uint64_t>(b.height);
  const auto two = static_cast<std::uint64_t>(b.width) * static_cast<std::uint64_t>(a.height);
  return one > two ? Mismatch{one, two} : Mismatch{two, one};
}

Strips strips_of_poster(const Campaign& campaign, const Item& item, const Display& display) {
  return strips_of(style_of(campaign, item),
                   item.caption.empty() ? StripContent::clock : StripContent::caption, display);
}

bool is_cut(const Arrangement& arrangement) {
  return std::any_of(arrangement.draws.begin(), arrangement.draws.end(), [](const Draw& draw) {
    const auto* const text = std::get_if<TextDraw>(&draw);
    return text != nullptr && text->layout.overflows;
  });
}

struct FilledStrip {
  std::vector<Draw> under;            // the ground and the clock, on each page
  std::vector<Arrangement> captions;  // one a page
  bool is_cut = false;                // one of them ends in an ellipsis
};

FilledStrip fill_strip(const Campaign& campaign, const Item& item, const Display& display,
                       const Look& look, Typesetter& typesetter) {
  const Style style = style_of(campaign, item);
  const Strips strips = strips_of_poster(campaign, item, display);
  ClockStripDraws clock = draw_clock_strip(strips, style, display, look, typesetter);
  const int floor = legible_size(display);
  const int padding = strips.strip.height * 12 / 100;
  const Setting setting{.style = style,
                        .area = {clock.rest.x, clock.rest.y + padding, clock.rest.width,
                                 clock.rest.height - 2 * padding},
                        .size_max = std::max(strips.strip.height * 42 / 100, floor),
                        .size_min = floor};
  FilledStrip filled{
      .under = std::move(clock.draws),
      .captions = arrange(words_to_show(item.caption, display.languages), setting, typesetter)};
  filled.is_cut = std::any_of(filled.captions.begin(), filled.captions.end(), is_cut);
  return filled;
}

std::string name_of_poster(const Campaign& campaign, const Item& item) {
  return campaign.id.str() + "/" + item.id.str();
}

}  // namespace

Style style_of(const Campaign& campaign, const Item& item) {
  return item.style ? campaign.styles.at(*item.style) : Style{};
}

Frame compose_poster(PicturePtr poster, const std::string& name, Size size) {
  CHECK(poster != nullptr);
  const Size has = poster->size();
  const Point corner{(size.width - has.width) / 2, (size.height - has.height) / 2};
  Frame frame{size, {}};
  if (has.width < size.width || has.height < size.height) {
    frame.draws.emplace_back(FillDraw{{0, 0, size.width, size.height}, edge_color(*poster)});
  }
  frame.draws.emplace_back(
      PictureDraw{std::move(poster), {0, 0, has.width, has.height}, corner, name});
  return frame;
}

bool has_strip(const Campaign& campaign, const Item& item) {
  return !item.caption.empty() || style_of(campaign, item).clock != ClockStrip::none;
}

Size poster_box(const Campaign& campaign, const Item& item, const Display& display) {
  const Rect content = strips_of_poster(campaign, item, display).content;
  return {content.width, content.height};
}

Page compose_bare_poster(const Campaign& campaign, const Item& item, const Display& display,
                         PicturePtr poster, const Look& look) {
  Page page{.frame = compose_poster(std::move(poster), name_of_poster(campaign, item),
                                    poster_box(campaign, item, display))};
  page.frame.brightness = look.brightness;
  return page;
}

std::vector<Page> compose_poster_item(const Campaign& campaign, const Item& item,
                                      const Display& display, PicturePtr poster,
                                      Typesetter& typesetter, const Look& look) {
  Page bare = compose_bare_poster(campaign, item, display, std::move(poster), look);
  if (!has_strip(campaign, item)) return {std::move(bare)};
  bare.frame.size = display.composed_size();
  FilledStrip strip = fill_strip(campaign, item, display, look, typesetter);
  if (strip.is_cut && look.minute) {
    Look without_clock = look;
    without_clock.minute.reset();
    strip = fill_strip(campaign, item, display, without_clock, typesetter);
  }
  bare.frame.draws.insert(bare.frame.draws.end(), strip.under.begin(), strip.under.end());
  std::vector<Page> pages;
  for (Arrangement& words : strip.captions) {
    Page page = bare;
    page.frame.draws.insert(page.frame.draws.end(), words.draws.begin(), words.draws.end());
    page.languages = std::move(words.languages);
    page.weight = words.weight;
    pages.push_back(std::move(page));
  }
  if (pages.empty()) pages.push_back(std::move(bare));
  return pages;
}

std::size_t best_variant(const std::vector<Size>& variants, Size box) {
  CHECK(!variants.empty());
  std::size_t best = 0;
  for (std::size_t i = 1; i < variants.size(); ++i) {
    if (mismatch(variants[i], box).is_under(mismatch(variants[best], box))) best = i;
  }
  return best;
}

}  // namespace noseon
