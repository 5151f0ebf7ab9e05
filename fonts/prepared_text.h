// Text made ready for setting: valid, lines ended by LF alone, NFC, counted in code points.
//
// Everything between here and the finished layout counts in code points; only the layout counts
// in bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noseon {

/// A place in a text: the index of a code point, or their number for the end.
using PointIndex = std::uint32_t;

struct PreparedText {
  std::string utf8;                         ///< NFC
  std::vector<char32_t> points;             ///< the same in code points
  std::vector<std::uint32_t> byte_offsets;  ///< of each point in utf8, and the end

  [[nodiscard]] PointIndex size() const { return static_cast<PointIndex>(points.size()); }
  [[nodiscard]] std::string_view view(PointIndex start, PointIndex end) const {
    return std::string_view(utf8).substr(byte_offsets[start],
                                         byte_offsets[end] - byte_offsets[start]);
  }
};

/// Bad UTF-8 becomes U+FFFD; CR LF and CR become LF; then NFC.
[[nodiscard]] PreparedText prepare_text(std::string_view text);

/// LF, VT, FF, NEL, LINE SEPARATOR, PARAGRAPH SEPARATOR: what ends a line and has no glyph.
[[nodiscard]] bool ends_line(char32_t point);

/// White space that vanishes at the end of a line: all of it but the no-break kinds.
[[nodiscard]] bool is_breaking_space(char32_t point);

}  // namespace noseon
