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
  PointIndex cluster = 0;     ///< the first code point it stands for
  std::int32_t advance = 0;   ///< em units, `spacing` included
  std::int32_t spacing = 0;   ///< of the advance, what parts the cluster from the next one
  std::int32_t x_offset = 0;  ///< em units
  std::int32_t y_offset = 0;  ///< em units, upwards
  Ink ink;                    ///< em units, y upwards
  BidiLevel level = 0;
  bool is_unsafe_to_break = false;  ///< a line that starts here has to be shaped anew
};

/// Units per em that every face's units go into whole; 0 where there is no such number up to 2^20.
[[nodiscard]] std::int64_t common_em(const std::vector<Face>& faces);

/// Borrows the faces. Belongs to one thread.
class Shaper {
 public:
  /// REQUIRES: they have a common_em().
  explicit Shaper(const std::vector<Face>& faces);

  /// Units per em of every length that comes out.
  [[nodiscard]] std::int64_t em() const { return em_; }

  /// The language, in BCP 47, of what is shaped from now on. Runs in the script of another
  /// language are shaped as that: Hangul as Korean, Arabic as Arabic.
  void set_language(const std::string& language);

  /// Between clusters, in em units, from now on; joined scripts are shaped without it, and where
  /// there is any, letters make no ligatures.
  void set_spacing(std::int32_t spacing);

  /// Appends the glyphs of [start, end) of `text` in reading order, clusters rising: visual_order()
  /// of their levels puts them from left to right.
  /// REQUIRES: the range is inside `run`.
  void shape(const PreparedText& text, const FontRun& run, PointIndex start, PointIndex end,
             std::vector<ShapedGlyph>& glyphs);

 private:
  [[nodiscard]] hb_language_t language_of(Script script) const;
  void choose_features(Script script);
  void space_out(const FontRun& run, std::vector<ShapedGlyph>& glyphs, std::size_t first) const;

  const std::vector<Face>& faces_;
  std::int64_t em_ = 1;
  HbBuffer buffer_;
  hb_language_t language_;
  Script script_ = 0;        ///< that the language is written in
  bool keeps_dots_ = false;  ///< i and ı are two letters
  std::int32_t spacing_ = 0;
  std::vector<hb_feature_t> features_;
};

}  // namespace noseon
