#include "fonts/shaped_text.h"

#include <algorithm>
#include <utility>

namespace noseon {
namespace {

void drop_spacing(ShapedGlyph& glyph) {
  glyph.advance -= glyph.spacing;
  if (is_right_to_left(glyph.level)) glyph.x_offset -= glyph.spacing;
  glyph.spacing = 0;
}

}  // namespace

ShapedText::ShapedText(const PreparedText& text, std::vector<FontRun> runs, Shaper& shaper)
    : text_(text), shaper_(shaper), runs_(std::move(runs)) {
  for (const FontRun& run : runs_) shaper_.shape(text_, run, run.start, run.end, glyphs_);
  pens_.push_back(0);
  for (const ShapedGlyph& glyph : glyphs_) pens_.push_back(pens_.back() + glyph.advance);
  glyph_from_.resize(text_.size() + std::size_t{1});
  std::uint32_t next = 0;
  for (PointIndex point = 0; point <= text_.size(); ++point) {
    while (next < glyphs_.size() && glyphs_[next].cluster < point) ++next;
    glyph_from_[point] = next;
  }
  mark_safe_points();
}

void ShapedText::mark_safe_points() {
  is_safe_.assign(text_.size() + std::size_t{1}, true);
  for (const FontRun& run : runs_) {
    for (PointIndex point = run.start + 1; point < run.end; ++point) is_safe_[point] = false;
  }
  for (const ShapedGlyph& glyph : glyphs_) {
    if (!glyph.is_unsafe_to_break) is_safe_[glyph.cluster] = true;
  }
}

ShapedText::Cut ShapedText::cut(PointIndex start, PointIndex end) const {
  PointIndex head = start;
  while (head < end && !is_safe_[head]) ++head;
  PointIndex tail = end;
  while (tail > head && !is_safe_[tail]) --tail;
  // All of it anew where no safe place lies between.
  return head < tail ? Cut{head, tail} : Cut{end, end};
}

void ShapedText::shape_anew(PointIndex start, PointIndex end,
                            std::vector<ShapedGlyph>& glyphs) const {
  auto run = std::upper_bound(runs_.begin(), runs_.end(), start,
                              [](PointIndex point, const FontRun& r) { return point < r.end; });
  for (; run != runs_.end() && run->start < end; ++run) {
    shaper_.shape(text_, *run, std::max(start, run->start), std::min(end, run->end), glyphs);
  }
}

std::int64_t ShapedText::width(PointIndex start, PointIndex end) const {
  const Cut parts = cut(start, end);
  std::vector<ShapedGlyph> anew;
  shape_anew(start, parts.head, anew);
  shape_anew(parts.tail, end, anew);
  std::int64_t width = rough_width(parts.head, parts.tail);
  for (const ShapedGlyph& glyph : anew) width += glyph.advance;
  const bool ends_anew = parts.tail < end || parts.head == parts.tail;
  if (ends_anew) return anew.empty() ? width : width - anew.back().spacing;
  const std::uint32_t after = glyph_from_[parts.tail];
  return after == glyph_from_[parts.head] ? width : width - glyphs_[after - 1].spacing;
}

bool ShapedText::fits(PointIndex start, PointIndex end, std::int64_t width_max) const {
  // More than any two ends of a line gain or lose by being shaped anew.
  const std::int64_t far = 4 * shaper_.em();
  return rough_width(start, end) <= width_max + far && width(start, end) <= width_max;
}

std::int64_t ShapedText::rough_width(PointIndex start, PointIndex end) const {
  return pens_[glyph_from_[end]] - pens_[glyph_from_[start]];
}

std::vector<ShapedGlyph> ShapedText::glyphs(PointIndex start, PointIndex end) const {
  const Cut parts = cut(start, end);
  std::vector<ShapedGlyph> out;
  shape_anew(start, parts.head, out);
  out.insert(out.end(), glyphs_.begin() + glyph_from_[parts.head],
             glyphs_.begin() + glyph_from_[parts.tail]);
  shape_anew(parts.tail, end, out);
  if (!out.empty()) drop_spacing(out.back());
  return out;
}

InkHeight ShapedText::ink_height(PointIndex start, PointIndex end) const {
  InkHeight height;
  bool is_first = true;
  for (std::uint32_t i = glyph_from_[start]; i < glyph_from_[end]; ++i) {
    const ShapedGlyph& glyph = glyphs_[i];
    if (glyph.ink.is_empty()) continue;
    const std::int64_t above = std::int64_t{glyph.y_offset} + glyph.ink.top;
    const std::int64_t below = -(std::int64_t{glyph.y_offset} + glyph.ink.bottom);
    height.above = is_first ? above : std::max(height.above, above);
    height.below = is_first ? below : std::max(height.below, below);
    is_first = false;
  }
  return height;
}

}  // namespace noseon
