// Filling lines: which words stand on which line of a given width.
//
// Greedy first, which says how many lines it takes. Balanced then: over exactly that number of
// lines, the breaks with the least sum of squared slack (the measure of Knuth and Plass, Breaking
// Paragraphs into Lines, 1981), by dynamic programming. Of those, ones that leave a last line of
// one word of one or two syllables are taken only where there are no others.
#pragma once

#include <cstdint>
#include <vector>

#include "base/appearance.h"
#include "fonts/breaks.h"
#include "fonts/shaped_text.h"

namespace noseon {

struct LineSpan {
  PointIndex start = 0;
  PointIndex visible_end = 0;  ///< without trailing space
  PointIndex end = 0;          ///< the next line's start
  friend bool operator==(const LineSpan&, const LineSpan&) = default;
};

/// Whether a word wider than the line is torn: between syllables where that helps, or else between
/// grapheme clusters.
enum class SplitWords { no, yes };

struct FilledLines {
  std::vector<LineSpan> lines;
  /// Something is wider than its line: a word, or with SplitWords::yes a single cluster.
  bool is_too_wide = false;
};

/// Borrows the text and the clusters.
class LineFiller {
 public:
  /// `breaks` as BreakFinder gives them. With Wrap::syllable a line may end between syllables as
  /// willingly as between words.
  LineFiller(const ShapedText& shaped, const std::vector<LineBreak>& breaks,
             const std::vector<PointIndex>& clusters, Wrap wrap);

  /// As many words on each line as go into `width` em units.
  [[nodiscard]] FilledLines fill(std::int64_t width, SplitWords split) const;

  /// The same number of lines as `filled`, paragraphs of two to eight lines and up to 512 words
  /// balanced.
  /// REQUIRES: `filled` is fill() of this width, and not too wide.
  [[nodiscard]] FilledLines balanced(const FilledLines& filled, std::int64_t width) const;

 private:
  class Fill;
  class Balance;
  /// The breaks of one paragraph, half-open.
  struct Paragraph {
    std::size_t first;
    std::size_t last;
  };
  [[nodiscard]] std::vector<Paragraph> paragraphs() const;
  /// Where the text after a break starts; of the one before the first, the text itself.
  [[nodiscard]] PointIndex start_of(std::size_t break_index) const;

  const ShapedText& shaped_;
  const std::vector<PointIndex>& clusters_;
  std::vector<LineBreak> breaks_;      ///< where lines end
  std::vector<PointIndex> syllables_;  ///< where a word is torn first
};

}  // namespace noseon
