// Filling lines: which words stand on which line of a given width.
//
// Greedy. Only where that leaves a paragraph a last line of one word of one or two syllables are
// its lines drawn in, as far as they go without becoming more. Both see the text only through
// widths, so a fill that balances every paragraph can take their place.
#pragma once

#include <cstdint>
#include <vector>

#include "fonts/breaks.h"
#include "fonts/shaped_text.h"

namespace noseon {

struct LineSpan {
  PointIndex start = 0;
  PointIndex visible_end = 0;  ///< without trailing space
  PointIndex end = 0;          ///< the next line's start
  friend bool operator==(const LineSpan&, const LineSpan&) = default;
};

/// Whether a word wider than the line is torn between grapheme clusters.
enum class SplitWords { no, yes };

struct FilledLines {
  std::vector<LineSpan> lines;
  /// Something is wider than its line: a word, or with SplitWords::yes a single cluster.
  bool is_too_wide = false;
};

/// Borrows what it is given.
class LineFiller {
 public:
  LineFiller(const ShapedText& shaped, const std::vector<LineBreak>& breaks,
             const std::vector<PointIndex>& clusters);

  /// As many words on each line as go into `width` em units.
  [[nodiscard]] FilledLines fill(std::int64_t width, SplitWords split) const;

  /// The same number of lines as `filled`, without stranded last words where that can be had.
  /// REQUIRES: `filled` is fill() of this width, and not too wide.
  [[nodiscard]] FilledLines without_stranded_words(const FilledLines& filled,
                                                   std::int64_t width) const;

 private:
  class Fill;
  /// The breaks of one paragraph, half-open.
  struct Paragraph {
    std::size_t first;
    std::size_t last;
  };
  [[nodiscard]] FilledLines fill_paragraph(Paragraph paragraph, std::int64_t width,
                                           SplitWords split) const;
  [[nodiscard]] std::vector<Paragraph> paragraphs() const;
  [[nodiscard]] bool ends_in_a_stranded_word(Paragraph paragraph,
                                             const std::vector<LineSpan>& lines) const;
  [[nodiscard]] std::vector<LineSpan> drawn_in(Paragraph paragraph, std::int64_t width,
                                               const std::vector<LineSpan>& lines) const;

  const ShapedText& shaped_;
  const std::vector<LineBreak>& breaks_;
  const std::vector<PointIndex>& clusters_;
};

}  // namespace noseon
