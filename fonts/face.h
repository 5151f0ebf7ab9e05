// One font file, open: its cmap, its outlines' bounds, and its handles for HarfBuzz.
//
// Private to fonts/: HarfBuzz's types show here.
#pragma once

#include <hb.h>

#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "base/handle.h"
#include "base/result.h"
#include "fonts/typeset.h"

namespace noseon {

using HbBlob = Handle<hb_blob_t, hb_blob_destroy>;
using HbFace = Handle<hb_face_t, hb_face_destroy>;
using HbFont = Handle<hb_font_t, hb_font_destroy>;

/// Bounds of an outline in font units, from the glyph's origin; y upwards. Empty: all zero.
struct Ink {
  std::int32_t left = 0;
  std::int32_t right = 0;
  std::int32_t top = 0;
  std::int32_t bottom = 0;

  [[nodiscard]] bool is_empty() const { return left == right || top == bottom; }
};

/// Belongs to one thread.
class Face {
 public:
  /// The file is mapped, not read: what is not used stays on the disk. not_found names the file
  /// and the Debian package that has it; bad_format where it is no font or lacks that face.
  [[nodiscard]] static Result<Face> open(const FontFile& file);

  [[nodiscard]] bool has(char32_t point) const;
  [[nodiscard]] Ink ink(std::uint32_t glyph) const;
  [[nodiscard]] bool is_in_colour() const;
  [[nodiscard]] std::int32_t units_per_em() const { return units_per_em_; }
  /// At the scale of the font's own units, with HarfBuzz's own OpenType functions.
  [[nodiscard]] hb_font_t* font() const { return font_.get(); }
  /// The whole file's bytes, good as long as the Face.
  [[nodiscard]] std::string_view bytes() const;
  [[nodiscard]] int face_index() const { return face_index_; }

 private:
  Face(HbBlob blob, HbFace face, HbFont font, int face_index);

  HbBlob blob_;
  HbFace face_;
  HbFont font_;
  int face_index_;
  std::int32_t units_per_em_;
  mutable std::unordered_map<std::uint32_t, Ink> inks_;  ///< CFF bounds are slow to compute
};

}  // namespace noseon
