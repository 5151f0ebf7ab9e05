#include "player/arrange.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <span>

#include "base/unicode.h"
#include "player/legibility.h"

namespace noseon {
namespace {

TextShadow shadow_of(const Shadow& shadow, int size) {
  return {.color = shadow.color,
          .offset = {size * shadow.right / 100, size * shadow.down / 100},
          .blur = size * shadow.blur / 100,
          .opacity = opacity_of(shadow.opacity)};
}

// What becomes of a text that does not fit.
enum class Overflow { whole, shortened };

// What every try has in common.
struct Job {
  Style style;
  Rect area;     // inside the padding
  int size_max;  // of the first language
  int size_min;  // of any
  Typesetter& typesetter;

  [[nodiscard]] TextLayout lay_out(const Words& words, Size box, int least, int largest,
                                   Overflow overflow = Overflow::whole) const {
    TextBlock block = block_of(words, style, box);
    block.size_max = largest;
    block.size_min = least;
    block.shortens = overflow == Overflow::shortened;
    return typesetter.lay_out(block);
  }

  // Nothing where the words are smaller than asked, or overflow.
  [[nodiscard]] std::optional<TextLayout> lay_out_at(const Words& words, Size box, int size) const {
    if (box.width <= 0 || box.height <= 0) return std::nullopt;
    TextLayout layout = lay_out(words, box, size, size);
    if (layout.overflows || layout.splits_words) return std::nullopt;
    return layout;
  }

  [[nodiscard]] int second_size(int first) const { return std::max(first * 3 / 5, size_min); }
  [[nodiscard]] TextDraw draw(TextLayout layout, Point origin) const {
    return draw_of(std::move(layout), origin, style);
  }
};

using Attempt = std::function<std::optional<Arrangement>(int size)>;

// The largest size from `least` to `most` at which an attempt works, by bisection.
std::optional<Arrangement> largest(int least, int most, const Attempt& attempt) {
  if (least > most) return std::nullopt;
  std::optional<Arrangement> best = attempt(most);
  if (best) return best;
  int works = least - 1;
  int fails = most;
  while (fails - works > 1) {
    const int size = works + (fails - works) / 2;
    if (std::optional<Arrangement> arrangement = attempt(size)) {
      best = std::move(arrangement);
      works = size;
    } else {
      fails = size;
    }
  }
  return best;
}

// One above the other, centred together on their ink.
std::optional<Arrangement> stack(const Job& job, const Words& first, const Words& second,
                                 int size) {
  const Size box{job.area.width, job.area.height};
  std::optional<TextLayout> upper = job.lay_out_at(first, box, size);
  if (!upper) return std::nullopt;
  const int gap = size * 55 / 100;
  const int below = upper->ink.height + gap;
  // Lines are taller than their ink; it is the ink that has to stay inside.
  const int second_size = job.second_size(size);
  const int room = box.height - below;
  std::optional<TextLayout> lower =
      job.lay_out_at(second, {box.width, room + second_size / 2}, second_size);
  if (!lower || lower->ink.height > room) return std::nullopt;
  const int top = job.area.y + (box.height - below - lower->ink.height) / 2;
  const Point upper_at{job.area.x, top - upper->ink.y};
  const Point lower_at{job.area.x, top + below - lower->ink.y};
  return Arrangement{
      .size = size,
      .draws = {job.draw(*std::move(upper), upper_at), job.draw(*std::move(lower), lower_at)}};
}

// One beside the other, a fine rule between them.
std::optional<Arrangement> set_beside(const Job& job, const Words& first, const Words& second,
                                      int percent, int size) {
  const int gutter = size;
  const int left_width = (job.area.width - gutter) * percent / 100;
  const int right_width = job.area.width - gutter - left_width;
  std::optional<TextLayout> left = job.lay_out_at(first, {left_width, job.area.height}, size);
  if (!left) return std::nullopt;
  std::optional<TextLayout> right =
      job.lay_out_at(second, {right_width, job.area.height}, job.second_size(size));
  if (!right) return std::nullopt;
  const int thickness = std::max(size / 48, 1);
  const int height = std::min(std::max(left->ink.height, right->ink.height), job.area.height);
  const Rect rule{job.area.x + left_width + (gutter - thickness) / 2,
                  job.area.y + (job.area.height - height) / 2, thickness, height};
  const Point right_at{job.area.x + left_width + gutter, job.area.y};
  return Arrangement{
      .size = size,
      .draws = {job.draw(*std::move(left), {job.area.x, job.area.y}),
                FillDraw{rule, job.style.ink, 90}, job.draw(*std::move(right), right_at)}};
}

bool is_bar(const Rect& area) {
  return area.width >= area.height * 2;
}

std::optional<Arrangement> arrange_pair(const Job& job, const Words& first, const Words& second) {
  std::optional<Arrangement> best = largest(
      job.size_min, job.size_max, [&](int size) { return stack(job, first, second, size); });
  if (!is_bar(job.area)) return best;
  for (const int percent : {50, 56, 62, 68}) {
    const int least = best ? best->size + 1 : job.size_min;  // only a larger one is of interest
    std::optional<Arrangement> beside = largest(least, job.size_max, [&](int size) {
      return set_beside(job, first, second, percent, size);
    });
    if (beside) best = std::move(beside);
  }
  return best;
}

Arrangement arrange_one(const Job& job, const Words& words) {
  const Size box{job.area.width, job.area.height};
  TextLayout layout = job.lay_out(words, box, job.size_min, job.size_max, Overflow::shortened);
  const int size = layout.size;
  return {.size = size, .draws = {job.draw(std::move(layout), {job.area.x, job.area.y})}};
}

void name(Arrangement& arrangement, std::span<const Words> words) {
  std::size_t halves = 0;
  for (const Words& each : words) {
    arrangement.languages.push_back(each.language);
    halves += reading_half_characters(each.text);
  }
  arrangement.weight = std::max<std::int64_t>(static_cast<std::int64_t>(halves), 1);
}

}  // namespace

std::vector<Words> words_to_show(const Texts& texts, const std::vector<std::string>& languages) {
  std::vector<Words> words;
  for (const std::string& language : languages) {
    const std::string* const text = find_text(texts, language);
    const bool is_new = std::none_of(words.begin(), words.end(),
                                     [&](const Words& w) { return w.language == language; });
    if (text != nullptr && is_new) words.push_back({*text, language});
  }
  if (words.empty() && !texts.empty()) words.push_back({texts[0].second, texts[0].first});
  return words;
}

std::vector<Arrangement> arrange(const std::vector<Words>& words, const Setting& setting,
                                 Typesetter& typesetter) {
  Job job{setting.style, setting.area, setting.size_max, setting.size_min, typesetter};
  std::vector<Arrangement> arrangements;
  for (std::span<const Words> rest(words); !rest.empty();) {
    std::optional<Arrangement> arrangement;
    std::span<const Words> together = rest.first(std::min<std::size_t>(rest.size(), 2));
    if (together.size() == 2) arrangement = arrange_pair(job, together[0], together[1]);
    if (!arrangement) {
      together = rest.first(1);
      arrangement = arrange_one(job, together[0]);
    }
    if (arrangements.empty()) job.size_max = arrangement->size;
    name(*arrangement, together);
    arrangements.push_back(*std::move(arrangement));
    rest = rest.subspan(together.size());
  }
  return arrangements;
}

TextDraw draw_of(TextLayout layout, Point origin, const Style& style) {
  TextDraw draw{std::move(layout), origin, style.ink};
  const int size = draw.layout.size;
  if (style.outline) {
    draw.outline = TextOutline{style.outline->color, size * style.outline->width * 64 / 100};
  }
  if (style.shadow) draw.shadow = shadow_of(*style.shadow, size);
  return draw;
}

TextBlock block_of(const Words& words, const Style& style, Size box) {
  TextBlock block;
  block.text = words.text;
  block.language = words.language;
  block.family = style.family;
  block.weight = style.weight;
  block.align = style.align;
  block.wrap = style.wrap;
  block.line_height = style.line_height / 100.0;
  block.letter_spacing = style.letter_spacing * 10;
  block.box = {std::max(box.width, 1), std::max(box.height, 1)};
  return block;
}

// Of the lines of a text, what is inked, in the frame's pixels.
std::vector<Rect> inked_areas(const std::vector<Draw>& draws) {
  std::vector<Rect> areas;
  for (const Draw& draw : draws) {
    const auto* const text = std::get_if<TextDraw>(&draw);
    if (text == nullptr) continue;
    const Rect& ink = text->layout.ink;
    areas.push_back({text->origin.x + ink.x, text->origin.y + ink.y, ink.width, ink.height});
  }
  return areas;
}

}  // namespace noseon
