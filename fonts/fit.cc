#include "fonts/fit.h"

#include <algorithm>
#include <utility>

namespace noseon {
namespace {

constexpr int size_floor = 8;
constexpr int size_ceiling = 1024;

std::vector<ShapedGlyph> from_left_to_right(std::vector<ShapedGlyph> glyphs) {
  std::vector<BidiLevel> levels;
  for (const ShapedGlyph& glyph : glyphs) levels.push_back(glyph.level);
  if (std::all_of(levels.begin(), levels.end(), [](BidiLevel level) { return level == 0; })) {
    return glyphs;
  }
  std::vector<ShapedGlyph> out;
  for (const std::size_t index : visual_order(levels)) out.push_back(glyphs[index]);
  return out;
}

/// Whether the lines are at most as tall as the box.
bool fits_height(const std::vector<LineSpan>& lines, const ShapedText& shaped,
                 const TextFrame& frame, int size) {
  if (lines.empty()) return true;
  const std::int64_t pitch = frame.pitch(size);
  const auto count = static_cast<std::int64_t>(lines.size());
  if ((count - 1) * pitch + size > frame.box.height) return false;
  std::int64_t baseline = frame.first_baseline(size, lines.size());
  for (const LineSpan& line : lines) {
    const InkHeight ink = shaped.ink_height(line.start, line.visible_end);
    const bool is_inside = ink.above * size <= baseline * frame.em &&
                           ink.below * size <= (frame.box.height - baseline) * frame.em;
    if (!is_inside) return false;
    baseline += pitch;
  }
  return true;
}

/// The largest size that does; 0 where not even size_min does. What fits at a size fits at all
/// smaller ones.
template <class Fits>
int largest_size(int size_min, int size_max, Fits fits) {
  if (fits(size_max)) return size_max;
  if (!fits(size_min)) return 0;
  int good = size_min;
  int bad = size_max;
  while (bad - good > 1) {
    const int middle = good + (bad - good) / 2;
    (fits(middle) ? good : bad) = middle;
  }
  return good;
}

class Placer {
 public:
  Placer(const FittedLines& fitted, const ShapedText& shaped, const PreparedText& text,
         const std::vector<BidiLevel>& paragraphs, const TextFrame& frame)
      : fitted_(fitted),
        shaped_(shaped),
        text_(text),
        paragraphs_(paragraphs),
        frame_(frame),
        size_(fitted.size) {}

  TextLayout place() {
    layout_.size = size_;
    layout_.overflows = fitted_.overflows;
    layout_.splits_words = fitted_.splits_words;
    std::int64_t baseline =
        fitted_.lines.empty() ? 0 : frame_.first_baseline(size_, fitted_.lines.size());
    for (const LineSpan& span : fitted_.lines) {
      layout_.lines.push_back(place_line(span, baseline));
      baseline += frame_.pitch(size_);
    }
    return std::move(layout_);
  }

 private:
  TextLine place_line(const LineSpan& span, std::int64_t baseline) {
    const std::vector<ShapedGlyph> glyphs =
        from_left_to_right(shaped_.glyphs(span.start, span.visible_end));
    std::int64_t width = 0;
    for (const ShapedGlyph& glyph : glyphs) width += glyph.advance;
    const std::int64_t width_px64 = frame_.px64(width, size_);

    TextLine line;
    line.start = text_.byte_offsets[span.start];
    line.end = text_.byte_offsets[span.end];
    line.x = to_px64(frame_.line_start(width_px64, paragraph_of(span)));
    line.y = to_px64(baseline * 64);
    line.width = to_px64(width_px64);
    std::int64_t pen = 0;
    for (const ShapedGlyph& glyph : glyphs) {
      line.glyphs.push_back(place_glyph(glyph, pen, line));
      cover(glyph, line.glyphs.back());
      pen += glyph.advance;
    }
    return line;
  }

  BidiLevel paragraph_of(const LineSpan& span) const {
    return span.start < paragraphs_.size() ? paragraphs_[span.start] : BidiLevel{0};
  }

  /// The pen is rounded, not each advance: errors do not add up along the line.
  Glyph place_glyph(const ShapedGlyph& glyph, std::int64_t pen, const TextLine& line) const {
    const std::int64_t from = frame_.px64(pen, size_);
    const std::int64_t to = frame_.px64(pen + glyph.advance, size_);
    return {.font = glyph.font,
            .id = glyph.id,
            .cluster = text_.byte_offsets[glyph.cluster],
            .x = to_px64(line.x + frame_.px64(pen + glyph.x_offset, size_)),
            .y = to_px64(line.y - frame_.px64(glyph.y_offset, size_)),
            .advance = to_px64(to - from)};
  }

  /// Takes the glyph's ink into the layout's, every pixel that it touches.
  void cover(const ShapedGlyph& glyph, const Glyph& placed) {
    if (glyph.ink.is_empty()) return;
    const auto whole_floor = [&](std::int64_t origin, std::int64_t em_units) {
      return floor_div(origin * frame_.em + em_units * size_ * 64, 64 * frame_.em);
    };
    const auto left = static_cast<int>(whole_floor(placed.x, glyph.ink.left));
    const auto top = static_cast<int>(whole_floor(placed.y, -std::int64_t{glyph.ink.top}));
    const auto right =
        static_cast<int>(-whole_floor(-std::int64_t{placed.x}, -std::int64_t{glyph.ink.right}));
    const auto bottom = static_cast<int>(-whole_floor(-std::int64_t{placed.y}, glyph.ink.bottom));
    Rect& ink = layout_.ink;
    const bool is_first = ink.width == 0;
    const int ink_right = is_first ? right : std::max(ink.x + ink.width, right);
    const int ink_bottom = is_first ? bottom : std::max(ink.y + ink.height, bottom);
    ink.x = is_first ? left : std::min(ink.x, left);
    ink.y = is_first ? top : std::min(ink.y, top);
    ink.width = ink_right - ink.x;
    ink.height = ink_bottom - ink.y;
  }

  const FittedLines& fitted_;
  const ShapedText& shaped_;
  const PreparedText& text_;
  const std::vector<BidiLevel>& paragraphs_;
  const TextFrame& frame_;
  int size_;
  TextLayout layout_;
};

}  // namespace

FittedLines fit_lines(const LineFiller& filler, const ShapedText& shaped, const TextFrame& frame,
                      const TextBlock& block) {
  const int size_min = std::clamp(block.size_min, size_floor, size_ceiling);
  const int size_max = std::clamp(block.size_max, size_floor, size_ceiling);
  const int largest = largest_size(size_min, size_max, [&](int size) {
    const FilledLines filled = filler.fill(frame.line_width(size), SplitWords::no);
    return !filled.is_too_wide && fits_height(filled.lines, shaped, frame, size);
  });
  const int size = largest == 0 ? size_min : largest;
  const std::int64_t width = frame.line_width(size);
  FilledLines filled = filler.fill(width, largest == 0 ? SplitWords::yes : SplitWords::no);
  bool fits = !filled.is_too_wide && fits_height(filled.lines, shaped, frame, size);
  if (largest != 0 && block.balances) {
    FilledLines better = filler.balanced(filled, width);
    if (fits_height(better.lines, shaped, frame, size)) filled = std::move(better);
  }
  return {.size = size,
          .lines = std::move(filled.lines),
          .overflows = !fits,
          .splits_words = fits && largest == 0};
}

TextLayout place_lines(const FittedLines& fitted, const ShapedText& shaped,
                       const PreparedText& text, const std::vector<BidiLevel>& paragraphs,
                       const TextFrame& frame) {
  return Placer(fitted, shaped, text, paragraphs, frame).place();
}

}  // namespace noseon
