// The box a text is set in, and where its lines stand in it.
//
// Lengths of the text are in em units; one em unit at `size` is size/em pixels. Baselines stand on
// whole pixels, `line_height` apart. The lines are centred on the ink of 한 and not on the line
// box (Noto's sits 0.05 em low): what is between the top of a 한 on the first line and the foot of
// a 한 on the last is in the middle of the box, whatever the text, so that texts taking turns in a
// box share their baselines.
#pragma once

#include <cstdint>

#include "base/appearance.h"
#include "base/geometry.h"
#include "fonts/shaped_text.h"
#include "fonts/typeset.h"

namespace noseon {

struct TextFrame {
  Size box;
  Align align = Align::center;
  double line_height = 1.25;
  std::int64_t em = 1000;
  InkHeight reference;  ///< of 한

  /// The widest a line may be at `size`, in em units.
  [[nodiscard]] std::int64_t line_width(int size) const;
  /// From baseline to baseline, in whole pixels.
  [[nodiscard]] std::int64_t pitch(int size) const;
  /// Of the first line, in whole pixels from the top of the box.
  [[nodiscard]] std::int64_t first_baseline(int size, std::size_t line_count) const;
  /// The left end of a line that is `width` wide, of a paragraph of that level.
  [[nodiscard]] std::int64_t line_start(std::int64_t width_px64, BidiLevel paragraph) const;
  /// em units in 1/64 px, rounded to nearest, halves up.
  [[nodiscard]] std::int64_t px64(std::int64_t em_units, int size) const;
};

/// Floor of a quotient, for either sign. REQUIRES: divisor > 0.
[[nodiscard]] constexpr std::int64_t floor_div(std::int64_t value, std::int64_t divisor) {
  return value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}
/// Rounded to nearest, halves up. REQUIRES: divisor > 0.
[[nodiscard]] constexpr std::int64_t round_div(std::int64_t value, std::int64_t divisor) {
  return floor_div(2 * value + divisor, 2 * divisor);
}

/// A length as the layout has it; what is beyond its range, 16 million pixels, stays at its end.
[[nodiscard]] Px64 to_px64(std::int64_t value);

}  // namespace noseon
