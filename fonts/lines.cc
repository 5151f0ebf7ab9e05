#include "fonts/lines.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace noseon {
namespace {

constexpr std::size_t balanced_lines_max = 8;
constexpr std::size_t balanced_words_max = 512;  // what goes into eight lines of a poster, and more
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
      end_line({.at = end, .visible_end = end, .tier = BreakTier::syllable});
    }
  }

  /// The last place between syllables up to `end` that the line has room for; where it has room for
  /// none, between clusters; where not even for one, after it.
  PointIndex split_point(PointIndex end) {
    if (const auto place = last_that_fits(filler_.syllables_, end)) return *place;
    if (const auto place = last_that_fits(filler_.clusters_, end)) return *place;
    const auto& clusters = filler_.clusters_;
    const PointIndex first = *std::upper_bound(clusters.begin(), clusters.end(), start_);
    filled_.is_too_wide |= !filler_.shaped_.fits(start_, first, width_);
    return first;
  }

  std::optional<PointIndex> last_that_fits(const std::vector<PointIndex>& places,
                                           PointIndex end) const {
    const ShapedText& shaped = filler_.shaped_;
    const auto first = std::upper_bound(places.begin(), places.end(), start_);
    const auto last = std::lower_bound(first, places.end(), end);
    auto next = std::partition_point(
        first, last, [&](PointIndex point) { return shaped.rough_width(start_, point) <= width_; });
    while (next != first && !shaped.fits(start_, *(next - 1), width_)) --next;
    if (next == first) return std::nullopt;
    return *(next - 1);
  }

  const LineFiller& filler_;
  PointIndex start_;
  std::int64_t width_;
  SplitWords split_;
  const LineBreak* last_fitting_ = nullptr;  ///< in the filler's breaks
  FilledLines filled_;
};

/// The most even lines of one paragraph, of as many as are asked for.
class LineFiller::Balance {
 public:
  Balance(const LineFiller& filler, Paragraph paragraph, std::int64_t width)
      : filler_(filler), paragraph_(paragraph), width_(width) {}

  /// REQUIRES: that many lines are enough.
  std::vector<LineSpan> lines(std::size_t count) {
    const std::size_t words = paragraph_.last - paragraph_.first;
    best_.assign(count + 1, std::vector<Best>(words + 1));
    best_[0][0].slack = 0;
    for (std::size_t line = 1; line <= count; ++line) {
      for (std::size_t from = 0; from < words; ++from) extend(line, from);
    }
    return read_back(count);
  }

 private:
  /// The least squared slack of a number of lines that end at a word, and the word their last one
  /// starts from.
  struct Best {
    std::int64_t slack = -1;  ///< -1: cannot be
    std::size_t from = 0;
  };

  LineSpan span(std::size_t from, std::size_t to) const {
    const LineBreak& end = filler_.breaks_[paragraph_.first + to - 1];
    const PointIndex start = filler_.start_of(paragraph_.first + from);
    return {start, std::max(start, end.visible_end), end.at};
  }

  /// Every line of the words from `from`, after one line fewer.
  void extend(std::size_t line, std::size_t from) {
    const Best before = best_[line - 1][from];
    if (before.slack < 0) return;
    const std::size_t words = paragraph_.last - paragraph_.first;
    for (std::size_t to = from + 1; to <= words; ++to) {
      const LineSpan one = span(from, to);
      if (!filler_.shaped_.fits(one.start, one.visible_end, width_)) break;
      // More than any real slack, and the sum of eight squares is still in range.
      constexpr std::int64_t slack_max = std::int64_t{1} << 29;
      const std::int64_t slack =
          std::min(width_ - filler_.shaped_.width(one.start, one.visible_end), slack_max);
      const std::int64_t sum = before.slack + slack * slack;
      const bool is_stranded = to == words && is_one_short_word(from, to);
      Best& best = is_stranded ? stranded_ : best_[line][to];
      const bool is_wanted = !is_stranded || line + 1 == best_.size();
      if (is_wanted && (best.slack < 0 || sum < best.slack)) best = {sum, from};
    }
  }

  bool is_one_short_word(std::size_t from, std::size_t to) const {
    if (to - from != 1) return false;
    const LineSpan word = span(from, to);
    const auto& clusters = filler_.clusters_;
    const auto first = std::lower_bound(clusters.begin(), clusters.end(), word.start);
    const auto end = std::lower_bound(first, clusters.end(), word.visible_end);
    return end - first <= stranded_clusters_max;
  }

  std::vector<LineSpan> read_back(std::size_t count) {
    std::size_t to = paragraph_.last - paragraph_.first;
    if (best_[count][to].slack < 0) best_[count][to] = stranded_;
    std::vector<LineSpan> lines(count);
    for (std::size_t line = count; line > 0; --line) {
      const std::size_t from = best_[line][to].from;
      lines[line - 1] = span(from, to);
      to = from;
    }
    return lines;
  }

  const LineFiller& filler_;
  Paragraph paragraph_;
  std::int64_t width_;
  std::vector<std::vector<Best>> best_;  ///< by lines, by words
  Best stranded_;                        ///< of the whole paragraph, with a stranded word
};

LineFiller::LineFiller(const ShapedText& shaped, const std::vector<LineBreak>& breaks,
                       const std::vector<PointIndex>& clusters, Wrap wrap)
    : shaped_(shaped), clusters_(clusters) {
  for (const LineBreak& found : breaks) {
    const bool tears = found.tier == BreakTier::syllable;
    if (tears) syllables_.push_back(found.at);
    if (!tears || wrap == Wrap::syllable) breaks_.push_back(found);
  }
}

PointIndex LineFiller::start_of(std::size_t break_index) const {
  return break_index == 0 ? 0 : breaks_[break_index - 1].at;
}

std::vector<LineFiller::Paragraph> LineFiller::paragraphs() const {
  std::vector<Paragraph> out;
  for (std::size_t first = 0, i = 0; i < breaks_.size(); ++i) {
    if (breaks_[i].tier != BreakTier::mandatory) continue;
    out.push_back({first, i + 1});
    first = i + 1;
  }
  return out;
}

FilledLines LineFiller::fill(std::int64_t width, SplitWords split) const {
  FilledLines filled;
  for (const Paragraph paragraph : paragraphs()) {
    Fill fill(*this, start_of(paragraph.first), width, split);
    for (std::size_t i = paragraph.first; i < paragraph.last; ++i) fill.add(breaks_[i]);
    FilledLines part = std::move(fill).take();
    filled.is_too_wide |= part.is_too_wide;
    filled.lines.insert(filled.lines.end(), part.lines.begin(), part.lines.end());
  }
  return filled;
}

FilledLines LineFiller::balanced(const FilledLines& filled, std::int64_t width) const {
  FilledLines out;
  auto line = filled.lines.begin();
  for (const Paragraph paragraph : paragraphs()) {
    const auto first = line;
    while (line != filled.lines.end() && line->end <= breaks_[paragraph.last - 1].at) ++line;
    std::vector<LineSpan> lines(first, line);
    const bool is_short = lines.size() <= balanced_lines_max &&
                          paragraph.last - paragraph.first <= balanced_words_max;
    if (lines.size() > 1 && is_short) {
      lines = Balance(*this, paragraph, width).lines(lines.size());
    }
    out.lines.insert(out.lines.end(), lines.begin(), lines.end());
  }
  return out;
}

}  // namespace noseon
