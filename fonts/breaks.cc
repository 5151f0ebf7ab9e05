#include "fonts/breaks.h"

#include <fmt/format.h>
#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace noseon {
namespace {

/// UTF-16 for ICU, and the way back.
struct Utf16 {
  icu::UnicodeString units;
  std::vector<PointIndex> point_at;  ///< for each unit, and the end

  void append(char32_t point, PointIndex index) {
    units.append(static_cast<UChar32>(point));
    point_at.resize(static_cast<std::size_t>(units.length()), index);
  }
};

char32_t itself(char32_t point) {
  return point;
}

bool is_wide(UChar32 c) {
  const auto width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH || width == U_EA_HALFWIDTH;
}

/// What the line rules are shown in a point's place; see the head of breaks.h.
char32_t shadow_of(char32_t point) {
  const auto c = static_cast<UChar32>(point);
  switch (u_getIntPropertyValue(c, UCHAR_LINE_BREAK)) {
    case U_LB_H2:
    case U_LB_H3:
    case U_LB_JL:
    case U_LB_JV:
    case U_LB_JT:
    case U_LB_IDEOGRAPHIC:
    case U_LB_BREAK_SYMBOLS:
    case U_LB_HYPHEN:
      return U'a';
    case U_LB_OPEN_PUNCTUATION:
      return is_wide(c) ? U'(' : point;
    case U_LB_CLOSE_PUNCTUATION:
      // 、 and 。 are of the same class, and a line may well end after them.
      return u_charType(c) == U_END_PUNCTUATION ? U')' : point;
    default:
      return point;
  }
}

template <class Map>
Utf16 to_utf16(const PreparedText& text, Map map) {
  Utf16 out;
  for (PointIndex i = 0; i < text.size(); ++i) out.append(map(text.points[i]), i);
  out.point_at.push_back(text.size());
  return out;
}

bool may_not_start_line(char32_t point) {
  return std::u32string_view(U"·ㆍ‧～~—―〃").find(point) != std::u32string_view::npos;
}

LineBreak make_break(const PreparedText& text, PointIndex line_floor, PointIndex at) {
  LineBreak found{.at = at, .visible_end = at, .tier = BreakTier::eojeol};
  if (at == text.size() || ends_line(text.points[at - 1])) found.tier = BreakTier::mandatory;
  while (found.visible_end > line_floor && is_breaking_space(text.points[found.visible_end - 1])) {
    --found.visible_end;
  }
  return found;
}

/// Of each point, whether a line that starts there would tear a pair of brackets apart.
std::vector<bool> find_brackets(const PreparedText& text) {
  std::vector<bool> is_inside(text.size() + 1, false);
  std::vector<PointIndex> open;  // places of brackets that wait for their other half
  for (PointIndex i = 0; i < text.size(); ++i) {
    const auto point = static_cast<UChar32>(text.points[i]);
    if (ends_line(text.points[i])) open.clear();
    const auto type = u_getIntPropertyValue(point, UCHAR_BIDI_PAIRED_BRACKET_TYPE);
    if (type == U_BPT_OPEN) open.push_back(i);
    if (type != U_BPT_CLOSE) continue;
    const auto half = static_cast<char32_t>(u_getBidiPairedBracket(point));
    while (!open.empty() && text.points[open.back()] != half) open.pop_back();
    if (open.empty()) continue;
    std::fill(is_inside.begin() + open.back() + 1, is_inside.begin() + i + 1, true);
    open.pop_back();
  }
  return is_inside;
}

/// Where ICU would break what it is shown, in order.
std::vector<PointIndex> places(icu::BreakIterator& iterator, const Utf16& utf16) {
  iterator.setText(utf16.units);
  std::vector<PointIndex> out;
  iterator.first();
  for (auto at = iterator.next(); at != icu::BreakIterator::DONE; at = iterator.next()) {
    out.push_back(utf16.point_at[static_cast<std::size_t>(at)]);
  }
  return out;
}

}  // namespace

struct BreakFinder::Iterators {
  std::unique_ptr<icu::BreakIterator> clusters;
  std::unique_ptr<icu::BreakIterator> lines;
};

BreakFinder::BreakFinder(std::unique_ptr<Iterators> iterators) : iterators_(std::move(iterators)) {}
BreakFinder::BreakFinder(BreakFinder&&) noexcept = default;
BreakFinder& BreakFinder::operator=(BreakFinder&&) noexcept = default;
BreakFinder::~BreakFinder() = default;

Result<BreakFinder> BreakFinder::open() {
  UErrorCode status = U_ZERO_ERROR;
  auto iterators = std::make_unique<Iterators>();
  const icu::Locale& root = icu::Locale::getRoot();
  iterators->clusters.reset(icu::BreakIterator::createCharacterInstance(root, status));
  iterators->lines.reset(icu::BreakIterator::createLineInstance(root, status));
  if (U_FAILURE(status)) {
    return fail(ErrorKind::unavailable,
                fmt::format("ICU has no break rules ({}): is its data library installed?",
                            u_errorName(status)));
  }
  return BreakFinder(std::move(iterators));
}

std::vector<PointIndex> BreakFinder::clusters(const PreparedText& text) {
  std::vector<PointIndex> starts{0};
  const std::vector<PointIndex> next = places(*iterators_->clusters, to_utf16(text, itself));
  starts.insert(starts.end(), next.begin(), next.end());
  return starts;
}

std::vector<LineBreak> BreakFinder::line_breaks(const PreparedText& text,
                                                const std::vector<PointIndex>& clusters) {
  const std::vector<PointIndex> words = places(*iterators_->lines, to_utf16(text, shadow_of));
  const std::vector<PointIndex> syllables = places(*iterators_->lines, to_utf16(text, itself));
  std::vector<PointIndex> all;
  std::set_union(words.begin(), words.end(), syllables.begin(), syllables.end(),
                 std::back_inserter(all));
  const std::vector<bool> is_in_brackets = find_brackets(text);
  std::vector<LineBreak> breaks;
  PointIndex line_floor = 0;  // no line ends before the mandatory break it comes after
  for (const PointIndex at : all) {
    LineBreak found = make_break(text, line_floor, at);
    const bool is_mandatory = found.tier == BreakTier::mandatory;
    if (is_mandatory) line_floor = at;
    // UAX #14 parts a space from a mark on it; to UAX #29 the two are one cluster.
    const bool is_between_clusters = std::binary_search(clusters.begin(), clusters.end(), at);
    if (!is_mandatory && (!is_between_clusters || may_not_start_line(text.points[at]))) continue;
    if (!is_mandatory && !std::binary_search(words.begin(), words.end(), at)) {
      found.tier = BreakTier::syllable;
    }
    found.is_in_brackets = !is_mandatory && is_in_brackets[at];
    breaks.push_back(found);
  }
  return breaks;
}

}  // namespace noseon
