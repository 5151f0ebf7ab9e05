#include "fonts/lines.h"

#include <algorithm>
#include <utility>

namespace noseon {
namespace {

constexpr std::size_t drawn_in_lines_max = 8;
constexpr std::ptrdiff_t stranded_clusters_max = 2;

}  // namespace

/// One paragraph being filled.
class LineFiller::Fill {
 public:
  Fill(const LineFiller& filler, PointIndex start, std::int64_t width, SplitWords split)
      : filler_(filler), start_(start), width_(width), split_(split) {}

  /// REQUIRES: one of the filler's breaks.
  void add(const LineBreak& found) {
    if (!fits(found) && last_fitting_ != nullptr) end_line(*last_fitting_);
    if (!fits(found)) take_too_wide(found);
    last_fitting_ = &found;
    if (found.tier == BreakTier::mandatory) end_line(found);
  }

  FilledLines take() && { return std::move(filled_); }

 private:
  bool fits(const LineBreak& found) const {
    return filler_.shaped_.fits(start_, visible_end(found), width_);
  }

  /// A line that starts within the space before a break has nothing to show.
  PointIndex visible_end(const LineBreak& found) const {
    return std::max(start_, found.visible_end);
  }

  void end_line(const LineBreak& at) {
    filled_.lines.push_back({start_, visible_end(at), at.at});
    start_ = at.at;
    last_fitting_ = nullptr;
  }

  /// A word that is alone on its line and still too wide.
  void take_too_wide(const LineBreak& found) {
    if (split_ == SplitWords::no) {
      filled_.is_too_wide = true;
      return;
    }
    while (!fits(found)) {
      const PointIndex end = split_point(visible_end(found));
      if (end >= found.visible_end) return;
      end_line({.at = end, .visible_end = end, .tier = BreakTier::eojeol});
    }
  }

  /// The last cluster boundary up to `end` that the line has room for, or the first.
  PointIndex split_point(PointIndex end) {
    const ShapedText& shaped = filler_.shaped_;
    const auto& clusters = filler_.clusters_;
    const auto first = std::upper_bound(clusters.begin(), clusters.end(), start_);
    const auto last = std::lower_bound(first, clusters.end(), end);
    auto next = std::partition_point(
        first, last, [&](PointIndex point) { return shaped.rough_width(start_, point) <= width_; });
    while (next != first && !shaped.fits(start_, *(next - 1), width_)) --next;
    if (next != first) return *(next - 1);
    filled_.is_too_wide |= !shaped.fits(start_, *first, width_);
    return *first;
  }

  const LineFiller& filler_;
  PointIndex start_;
  std::int64_t width_;
  SplitWords split_;
  const LineBreak* last_fitting_ = nullptr;  ///< in the filler's breaks
  FilledLines filled_;
};

LineFiller::LineFiller(const ShapedText& shaped, const std::vector<LineBreak>& breaks,
                       const std::vector<PointIndex>& clusters)
    : shaped_(shaped), breaks_(breaks), clusters_(clusters) {}

std::vector<LineFiller::Paragraph> LineFiller::paragraphs() const {
  std::vector<Paragraph> out;
  for (std::size_t first = 0, i = 0; i < breaks_.size(); ++i) {
    if (breaks_[i].tier != BreakTier::mandatory) continue;
    out.push_back({first, i + 1});
    first = i + 1;
  }
  return out;
}

FilledLines LineFiller::fill_paragraph(Paragraph paragraph, std::int64_t width,
                                       SplitWords split) const {
  const PointIndex start = paragraph.first == 0 ? 0 : breaks_[paragraph.first - 1].at;
  Fill fill(*this, start, width, split);
  for (std::size_t i = paragraph.first; i < paragraph.last; ++i) fill.add(breaks_[i]);
  return std::move(fill).take();
}

FilledLines LineFiller::fill(std::int64_t width, SplitWords split) const {
  FilledLines filled;
  for (const Paragraph paragraph : paragraphs()) {
    FilledLines part = fill_paragraph(paragraph, width, split);
    filled.is_too_wide |= part.is_too_wide;
    filled.lines.insert(filled.lines.end(), part.lines.begin(), part.lines.end());
  }
  return filled;
}

bool LineFiller::ends_in_a_stranded_word(Paragraph paragraph,
                                         const std::vector<LineSpan>& lines) const {
  const LineSpan& last = lines.back();
  const PointIndex last_word =
      paragraph.last - paragraph.first < 2 ? 0 : breaks_[paragraph.last - 2].at;
  const auto first = std::lower_bound(clusters_.begin(), clusters_.end(), last.start);
  const auto end = std::lower_bound(first, clusters_.end(), last.visible_end);
  return last.start == last_word && end - first <= stranded_clusters_max;
}

/// The narrowest fill of as many lines: what the last line gains, the others give.
std::vector<LineSpan> LineFiller::drawn_in(Paragraph paragraph, std::int64_t width,
                                           const std::vector<LineSpan>& lines) const {
  std::vector<LineSpan> best = lines;
  std::int64_t too_narrow = width / 2;
  while (width - too_narrow > 1) {
    const std::int64_t middle = too_narrow + (width - too_narrow) / 2;
    FilledLines narrower = fill_paragraph(paragraph, middle, SplitWords::no);
    if (narrower.is_too_wide || narrower.lines.size() > lines.size()) {
      too_narrow = middle;
    } else {
      width = middle;
      best = std::move(narrower.lines);
    }
  }
  return ends_in_a_stranded_word(paragraph, best) ? lines : best;
}

FilledLines LineFiller::without_stranded_words(const FilledLines& filled,
                                               std::int64_t width) const {
  FilledLines out;
  auto line = filled.lines.begin();
  for (const Paragraph paragraph : paragraphs()) {
    const auto first = line;
    while (line != filled.lines.end() && line->end <= breaks_[paragraph.last - 1].at) ++line;
    std::vector<LineSpan> lines(first, line);
    if (lines.size() > 1 && lines.size() <= drawn_in_lines_max &&
        ends_in_a_stranded_word(paragraph, lines)) {
      lines = drawn_in(paragraph, width, lines);
    }
    out.lines.insert(out.lines.end(), lines.begin(), lines.end());
  }
  return out;
}

}  // namespace noseon
