#include "fonts/font_choice.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <string_view>

#include "base/check.h"
#include "fonts/emoji.h"

namespace noseon {
namespace {

/// A base and 30 marks, as many as any language asks for (UAX #15, Stream-Safe Text Format).
/// HarfBuzz's time grows with the square of the marks on one base, so those beyond are shaped on
/// their own.
constexpr PointIndex cluster_points_max = 31;

/// Joiners, variation selectors and the like need no glyph; a tab is set as a space.
bool needs_no_glyph(char32_t point) {
  return point == U'\t' || ends_line(point) ||
         u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

class Chooser {
 public:
  Chooser(const PreparedText& text, const std::vector<PointIndex>& clusters,
          const std::vector<Script>& scripts, const std::vector<BidiLevel>& levels,
          const FontStack& fonts)
      : text_(text), clusters_(clusters), scripts_(scripts), levels_(levels), fonts_(fonts) {
    for (std::size_t i = 0; i < scripts_.size(); ++i) {
      roles_.push_back(is_emoji(points_of(i)) ? FontRole::emoji : role_of(scripts_[i]));
    }
  }

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
  std::u32string_view points_of(std::size_t i) const {
    return std::u32string_view(text_.points.data() + clusters_[i], clusters_[i + 1] - clusters_[i]);
  }

  bool is_of_a_word(std::size_t i, FontRole role) const {
    return u_isalnum(static_cast<UChar32>(text_.points[clusters_[i]])) && roles_[i] == role;
  }

  /// A word that has to stay in one font, or a single cluster.
  std::size_t word_end(std::size_t i) const {
    const FontRole role = roles_[i];
    std::size_t end = i + 1;
    if ((role != FontRole::latin && role != FontRole::arabic) || !is_of_a_word(i, role)) return end;
    while (end < scripts_.size() && is_of_a_word(end, role)) ++end;
    return end;
  }

  bool has_all(const Face& face, std::size_t start, std::size_t end) const {
    const auto from = text_.points.begin();
    return std::all_of(from + clusters_[start], from + clusters_[end], [&face](char32_t point) {
      return needs_no_glyph(point) || face.has(point);
    });
  }

  bool set_whole(std::size_t start, std::size_t end) {
    for (const Candidate& candidate : fonts_.asked_for(roles_[start])) {
      if (!has_all(*candidate.face, start, end)) continue;
      for (std::size_t i = start; i < end; ++i) append(i, candidate.index);
      return true;
    }
    return false;
  }

  void set_alone(std::size_t i) {
    if (set_whole(i, i + 1)) return;
    choice_.missing.push_back(clusters_[i]);
    append(i, fonts_.asked_for(roles_[i])[0].index);
  }

  void append(std::size_t i, FontIndex font) {
    if (ends_line(text_.points[clusters_[i]])) return;
    FontRun run{clusters_[i], clusters_[i + 1], font, scripts_[i], levels_[clusters_[i]]};
    for (; run.end - run.start > cluster_points_max; run.start += cluster_points_max) {
      choice_.runs.push_back(run);
      choice_.runs.back().end = run.start + cluster_points_max;
    }
    if (!choice_.runs.empty() && joins(choice_.runs.back(), run)) {
      choice_.runs.back().end = run.end;
    } else {
      choice_.runs.push_back(run);
    }
  }

  static bool joins(const FontRun& before, const FontRun& run) {
    return before.end == run.start && before.font == run.font && before.script == run.script &&
           before.level == run.level;
  }

  const PreparedText& text_;
  const std::vector<PointIndex>& clusters_;
  const std::vector<Script>& scripts_;
  const std::vector<BidiLevel>& levels_;
  const FontStack& fonts_;
  std::vector<FontRole> roles_;  ///< of each cluster
  FontChoice choice_;
};

}  // namespace

FontStack::FontStack(const std::vector<Candidate>& candidates) {
  CHECK(!candidates.empty());
  for (std::size_t role = 0; role < by_role_.size(); ++role) {
    by_role_[role] = candidates;
    std::stable_partition(by_role_[role].begin(), by_role_[role].end(), [role](const Candidate& c) {
      return c.role == static_cast<FontRole>(role);
    });
  }
}

FontChoice choose_fonts(const PreparedText& text, const std::vector<PointIndex>& clusters,
                        const std::vector<Script>& scripts, const std::vector<BidiLevel>& levels,
                        const FontStack& fonts) {
  CHECK(scripts.size() + 1 == clusters.size() && levels.size() == text.size());
  return Chooser(text, clusters, scripts, levels, fonts).choose();
}

}  // namespace noseon
