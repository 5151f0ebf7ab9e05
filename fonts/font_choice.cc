#include "fonts/font_choice.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/check.h"

namespace noseon {
namespace {

/// A base and 30 marks, as many as any language asks for (UAX #15, Stream-Safe Text Format).
/// HarfBuzz's time grows with the square of the marks on one base, so those beyond are shaped on
/// their own.
constexpr PointIndex cluster_points_max = 31;

struct Candidate {
  const Face* face;
  FontIndex index;
};

/// Both fonts, the one to ask first in front.
std::array<Candidate, 2> in_order(const FontPair& fonts, Script script) {
  const Candidate latin{fonts.latin, fonts.latin_index};
  const Candidate hangul{fonts.hangul, fonts.hangul_index};
  if (role_of(script) == FontRole::hangul) return {hangul, latin};
  return {latin, hangul};
}

/// Joiners, variation selectors and the like need no glyph; a tab is set as a space.
bool needs_no_glyph(char32_t point) {
  return point == U'\t' || ends_line(point) ||
         u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

class Chooser {
 public:
  Chooser(const PreparedText& text, const std::vector<PointIndex>& clusters,
          const std::vector<Script>& scripts, const FontPair& fonts)
      : text_(text), clusters_(clusters), scripts_(scripts), fonts_(fonts) {}

  FontChoice choose() {
    for (std::size_t i = 0; i < scripts_.size();) {
      const std::size_t end = word_end(i);
      if (!set_whole(i, end)) {
        for (std::size_t k = i; k < end; ++k) set_alone(k);
      }
      i = end;
    }
    return std::move(choice_);
  }

 private:
  bool is_of_a_latin_word(std::size_t i) const {
    return role_of(scripts_[i]) == FontRole::latin &&
           u_isalnum(static_cast<UChar32>(text_.points[clusters_[i]]));
  }

  /// A word that has to stay in one font, or a single cluster.
  std::size_t word_end(std::size_t i) const {
    if (!is_of_a_latin_word(i)) return i + 1;
    std::size_t end = i + 1;
    while (end < scripts_.size() && is_of_a_latin_word(end)) ++end;
    return end;
  }

  bool has_all(const Face& face, std::size_t start, std::size_t end) const {
    const auto from = text_.points.begin();
    return std::all_of(from + clusters_[start], from + clusters_[end], [&face](char32_t point) {
      return needs_no_glyph(point) || face.has(point);
    });
  }

  bool set_whole(std::size_t start, std::size_t end) {
    for (const Candidate& candidate : in_order(fonts_, scripts_[start])) {
      if (!has_all(*candidate.face, start, end)) continue;
      for (std::size_t i = start; i < end; ++i) append(i, candidate.index);
      return true;
    }
    return false;
  }

  void set_alone(std::size_t i) {
    if (set_whole(i, i + 1)) return;
    choice_.missing.push_back(clusters_[i]);
    append(i, in_order(fonts_, scripts_[i])[0].index);
  }

  void append(std::size_t i, FontIndex font) {
    if (ends_line(text_.points[clusters_[i]])) return;
    FontRun run{clusters_[i], clusters_[i + 1], font, scripts_[i]};
    for (; run.end - run.start > cluster_points_max; run.start += cluster_points_max) {
      choice_.runs.push_back({run.start, run.start + cluster_points_max, font, run.script});
    }
    const bool joins = !choice_.runs.empty() && choice_.runs.back().end == run.start &&
                       choice_.runs.back().font == font && choice_.runs.back().script == run.script;
    if (joins) {
      choice_.runs.back().end = run.end;
    } else {
      choice_.runs.push_back(run);
    }
  }

  const PreparedText& text_;
  const std::vector<PointIndex>& clusters_;
  const std::vector<Script>& scripts_;
  const FontPair& fonts_;
  FontChoice choice_;
};

}  // namespace

FontChoice choose_fonts(const PreparedText& text, const std::vector<PointIndex>& clusters,
                        const std::vector<Script>& scripts, const FontPair& fonts) {
  CHECK(scripts.size() + 1 == clusters.size());
  return Chooser(text, clusters, scripts, fonts).choose();
}

}  // namespace noseon
