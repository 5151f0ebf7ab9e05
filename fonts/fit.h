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
  bool overflows = false;  ///< even at the smallest size
};

/// The largest size from `size_min` to `size_max` at which every word fits the width unsplit and
/// the lines fit the height: an em for each line, the leading between, and no ink outside. Where
/// there is none, size_min, with words split between clusters that are wider than the box.
[[nodiscard]] FittedLines fit_lines(const LineFiller& filler, const ShapedText& shaped,
                                    const TextFrame& frame, int size_min, int size_max);

/// All of a layout but its `text` and `missing`.
[[nodiscard]] TextLayout place_lines(const FittedLines& fitted, const ShapedText& shaped,
                                     const PreparedText& text, const TextFrame& frame);

}  // namespace noseon
