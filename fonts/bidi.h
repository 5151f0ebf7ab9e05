// Which way each part of a text runs: the levels of the Unicode Bidirectional Algorithm (UAX #9),
// by ICU.
//
// A text in a language written from right to left runs so throughout; any other takes the
// direction of its first letter that has one (rules P2 and P3), paragraph by paragraph.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fonts/prepared_text.h"

namespace noseon {

/// Even from left to right, odd from right to left; at most 126.
using BidiLevel = std::uint8_t;

[[nodiscard]] constexpr bool is_right_to_left(BidiLevel level) {
  return level % 2 == 1;
}

struct BidiText {
  std::vector<BidiLevel> levels;      ///< of each code point
  std::vector<BidiLevel> paragraphs;  ///< of the paragraph that each code point stands in
};

/// `language` in BCP 47. Line ends (ends_line()) are the paragraphs'.
[[nodiscard]] BidiText find_levels(const PreparedText& text, const std::string& language);

/// Where each part of a line stands from left to right, given their levels in reading order: the
/// first of the result is the index of the leftmost (rule L2).
[[nodiscard]] std::vector<std::size_t> visual_order(const std::vector<BidiLevel>& levels);

}  // namespace noseon
