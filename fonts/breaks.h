// Where a text may be broken: UAX #29 for grapheme clusters, UAX #14 for lines with the spaced
// Korean word (eojeol) kept whole.
//
// ICU's line rules break between any two Hangul syllables, as long body text allows; on a poster
// a word torn in two is a fault. So ICU is shown a shadow of the text in which
//   - Hangul and ideographs (classes H2 H3 JL JV JT ID) are letters (AL), and so are the slash (SY)
//     and the hyphen-minus (HY): A/S, 버스/지하철 and Wi-Fi are one word, as U+2010 and the soft
//     hyphen are not, and
//   - wide brackets are parentheses, so that a particle stays with the bracket before it:
//     「훈민정음」에서 is one word just as 서문(1446년)에서 is;
// and its own rules do the rest. The same as moving those classes in the rule text, without
// compiling rules at each start. What ICU allows without the shadow is the syllable tier. On top,
// no line of either starts with what W3C klreq bans there and ICU lets pass: · ㆍ ‧ ～ ~ — ― 〃.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "fonts/prepared_text.h"

namespace noseon {

/// How willingly a line is broken at a place; each tier is asked only when those before it do not
/// fit.
enum class BreakTier {
  mandatory,  ///< after a line feed, and at the end of the text
  eojeol,     ///< between words
  syllable,   ///< between syllables of a word, as UAX #14 has it
};

struct LineBreak {
  PointIndex at = 0;           ///< where the next line starts
  PointIndex visible_end = 0;  ///< where this one ends to the eye: without its trailing space
  BreakTier tier = BreakTier::eojeol;
  bool is_in_brackets = false;  ///< of a pair on one paragraph, UAX #9's Bidi_Paired_Bracket
  friend bool operator==(const LineBreak&, const LineBreak&) = default;
};

/// Belongs to one thread; the functions change ICU's iterators.
class BreakFinder {
 public:
  /// unavailable where ICU's data are not there.
  [[nodiscard]] static Result<BreakFinder> open();
  BreakFinder(BreakFinder&&) noexcept;
  BreakFinder& operator=(BreakFinder&&) noexcept;
  ~BreakFinder();

  /// The start of every grapheme cluster, in order, and the end of the text.
  [[nodiscard]] std::vector<PointIndex> clusters(const PreparedText& text);

  /// Every place where a line may end, in order, none inside a cluster; the last is the end of
  /// the text. None for an empty text. A line feed at the very end ends the last line and begins
  /// no other.
  [[nodiscard]] std::vector<LineBreak> line_breaks(const PreparedText& text,
                                                   const std::vector<PointIndex>& clusters);

 private:
  struct Iterators;
  explicit BreakFinder(std::unique_ptr<Iterators> iterators);
  std::unique_ptr<Iterators> iterators_;
};

}  // namespace noseon
