// A font for every grapheme cluster, chosen before shaping.
//
// By the cmap: a font will do for a cluster if it has every code point of its NFC form. To shape
// first and look for .notdef would set İ wrongly: a font with U+0307 but without U+0130 puts the
// dot on the next letter. Of the two fonts of a family and weight the one whose role the script
// has is asked first. Latin, Greek and Cyrillic words are set whole in the first font that has all
// their letters.
#pragma once

#include <vector>

#include "fonts/face.h"
#include "fonts/scripts.h"

namespace noseon {

/// Clusters that are shaped together.
struct FontRun {
  PointIndex start = 0;
  PointIndex end = 0;
  FontIndex font = 0;
  Script script = 0;
  friend bool operator==(const FontRun&, const FontRun&) = default;
};

struct FontChoice {
  std::vector<FontRun> runs;        ///< in order; line ends (ends_line()) are in no run
  std::vector<PointIndex> missing;  ///< the starts of clusters no font has; set in .notdef
};

/// The two fonts of a family and weight. Borrows the faces.
struct FontPair {
  const Face* latin = nullptr;
  const Face* hangul = nullptr;
  FontIndex latin_index = 0;
  FontIndex hangul_index = 0;
};

/// REQUIRES: one script for each cluster (resolve_scripts).
[[nodiscard]] FontChoice choose_fonts(const PreparedText& text,
                                      const std::vector<PointIndex>& clusters,
                                      const std::vector<Script>& scripts, const FontPair& fonts);

}  // namespace noseon
