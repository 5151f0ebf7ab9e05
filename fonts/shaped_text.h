// A whole text shaped once, and any part of it measured as it would be set on a line of its own.
//
// Where HarfBuzz says a text may be cut without changing glyphs, a part is read off the whole;
// elsewhere (in a ligature, inside a kerned pair) the few glyphs up to the next such place are
// shaped anew. Lengths are in em units of the Shaper.
#pragma once

#include <cstdint>
#include <vector>

#include "fonts/shaper.h"

namespace noseon {

/// How far ink reaches above and below the baseline; both may be negative.
struct InkHeight {
  std::int64_t above = 0;
  std::int64_t below = 0;
};

/// Borrows the text and the shaper.
class ShapedText {
 public:
  ShapedText(const PreparedText& text, std::vector<FontRun> runs, Shaper& shaper);

  /// The width of [start, end) on a line of its own, without spacing after it. Exact.
  [[nodiscard]] std::int64_t width(PointIndex start, PointIndex end) const;
  /// Whether [start, end) on a line of its own is at most that wide. Cheap for what is far wider:
  /// a word of thousands of letters is not shaped anew for each line it is split over.
  [[nodiscard]] bool fits(PointIndex start, PointIndex end, std::int64_t width_max) const;
  /// The width within a kerning or two, without shaping anything.
  [[nodiscard]] std::int64_t rough_width(PointIndex start, PointIndex end) const;
  /// The glyphs of [start, end) on a line of its own, in reading order, the last without spacing.
  [[nodiscard]] std::vector<ShapedGlyph> glyphs(PointIndex start, PointIndex end) const;
  /// Of [start, end) as it stands in the whole text.
  [[nodiscard]] InkHeight ink_height(PointIndex start, PointIndex end) const;

 private:
  /// [start, end) = anew [start, head), as shaped [head, tail), anew [tail, end).
  struct Cut {
    PointIndex head;
    PointIndex tail;
  };
  [[nodiscard]] Cut cut(PointIndex start, PointIndex end) const;
  void shape_anew(PointIndex start, PointIndex end, std::vector<ShapedGlyph>& glyphs) const;
  void mark_safe_points();

  const PreparedText& text_;
  Shaper& shaper_;
  std::vector<FontRun> runs_;
  std::vector<ShapedGlyph> glyphs_;
  std::vector<std::int64_t> pens_;         ///< before each glyph, and the end
  std::vector<std::uint32_t> glyph_from_;  ///< for each point, its first glyph or the next one's
  std::vector<bool> is_safe_;              ///< for each point, and the end
};

}  // namespace noseon
