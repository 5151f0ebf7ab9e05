// The size at which a text fits its box, and its lines placed at that size.
#pragma once

#include <string>

#include "fonts/frame.h"
#include "fonts/lines.h"
#include "fonts/typeset.h"

namespace noseon {

struct FittedLines {
  int size = 0;  ///< pixels per em
  std::vector<LineSpan> lines;
  bool overflows = false;     ///< even at the smallest size
  bool splits_words = false;  ///< it fits, but for no size with every word whole
};

/// The largest size from the block's size_min to its size_max, both brought into 8 to 1,024, at
/// which every word fits the width unsplit and the lines fit the height: an em for each line, the
/// leading between, and no ink outside. Where there is none, size_min, with words split that are
/// wider than the box.
[[nodiscard]] FittedLines fit_lines(const LineFiller& filler, const ShapedText& shaped,
                                    const TextFrame& frame, const TextBlock& block);

/// All of a layout but its `text` and `missing`. `paragraphs`: the level of each code point's.
[[nodiscard]] TextLayout place_lines(const FittedLines& fitted, const ShapedText& shaped,
                                     const PreparedText& text,
                                     const std::vector<BidiLevel>& paragraphs,
                                     const TextFrame& frame);

}  // namespace noseon
