// Characters to glyphs, by HarfBuzz.
//
// Script and language are always set: without Korean, Noto's word space is lost. Lengths are in
// units of the chain's em (`em`), common to all its fonts, so that shaping does not depend on the
// size and a layout scales exactly.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fonts/face.h"
#include "fonts/font_choice.h"

namespace noseon {

using HbBuffer = Handle<hb_buffer_t, hb_buffer_destroy>;

struct ShapedGlyph {
  std::uint32_t id = 0;
  FontIndex font = 0;
  PointIndex cluster = 0;           ///< the first code point it stands for
  std::int32_t advance = 0;         ///< em units
  std::int32_t x_offset = 0;        ///< em units
  std::int32_t y_offset = 0;        ///< em units, upwards
  Ink ink;                          ///< em units, y upwards
  bool is_unsafe_to_break = false;  ///< a line that starts here has to be shaped anew
};

/// Borrows the faces. Belongs to one thread.
class Shaper {
 public:
  explicit Shaper(const std::vector<Face>& faces);

  /// Units per em of every length that comes out.
  [[nodiscard]] std::int64_t em() const { return em_; }

  /// The language, in BCP 47, of what is shaped from now on.
  void set_language(const std::string& language);

  /// Appends the glyphs of [start, end) of `text`, from left to right, clusters rising.
  /// REQUIRES: the range is inside `run`.
  void shape(const PreparedText& text, const FontRun& run, PointIndex start, PointIndex end,
             std::vector<ShapedGlyph>& glyphs);

 private:
  const std::vector<Face>& faces_;
  std::int64_t em_ = 1;
  HbBuffer buffer_;
  hb_language_t language_;
  std::vector<hb_feature_t> features_;
};

}  // namespace noseon
