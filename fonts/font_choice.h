// A font for every grapheme cluster, chosen before shaping.
//
// By the cmap: a font will do for a cluster if it has every code point of its NFC form. To shape
// first and look for .notdef would set İ wrongly: a font with U+0307 but without U+0130 puts the
// dot on the next letter. Of the fonts of a family and weight those whose role the script has are
// asked first, and then the others in the chain's order; for an emoji (UTS #51), those in colour.
// Latin, Greek, Cyrillic and Arabic words are set whole in the first font that has all their
// letters.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "fonts/bidi.h"
#include "fonts/chain.h"
#include "fonts/face.h"
#include "fonts/scripts.h"

namespace noseon {

/// Clusters that are shaped together.
struct FontRun {
  PointIndex start = 0;
  PointIndex end = 0;
  FontIndex font = 0;
  Script script = 0;
  BidiLevel level = 0;
  friend bool operator==(const FontRun&, const FontRun&) = default;
};

struct FontChoice {
  std::vector<FontRun> runs;        ///< in order; line ends (ends_line()) are in no run
  std::vector<PointIndex> missing;  ///< the starts of clusters no font has; set in .notdef
};

/// A font that may be chosen. Borrows the face.
struct Candidate {
  const Face* face = nullptr;
  FontIndex index = 0;
  std::optional<FontRole> role;  ///< nothing: whatever it has
};

/// The fonts of a family and weight, in the order of the chain, and how they are asked.
class FontStack {
 public:
  /// REQUIRES: at least one candidate.
  explicit FontStack(const std::vector<Candidate>& candidates);

  /// All of them, those of the role in front.
  [[nodiscard]] const std::vector<Candidate>& asked_for(FontRole role) const {
    return by_role_[static_cast<std::size_t>(role)];
  }

 private:
  std::array<std::vector<Candidate>, 4> by_role_;
};

/// REQUIRES: one script for each cluster (resolve_scripts), one level for each code point.
[[nodiscard]] FontChoice choose_fonts(const PreparedText& text,
                                      const std::vector<PointIndex>& clusters,
                                      const std::vector<Script>& scripts,
                                      const std::vector<BidiLevel>& levels, const FontStack& fonts);

}  // namespace noseon
