#include "fonts/bidi.h"

#include <unicode/locid.h>
#include <unicode/ubidi.h>
#include <unicode/unistr.h>

#include <algorithm>

#include "base/check.h"
#include "base/handle.h"

namespace noseon {
namespace {

using Bidi = Handle<UBiDi, ubidi_close>;

bool is_written_from_the_right(const std::string& language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(language, status);
  return U_SUCCESS(status) && locale.isRightToLeft() != 0;
}

/// Whether any letter of the text can run from the right: most texts have none.
bool has_right_to_left(const PreparedText& text) {
  return std::any_of(text.points.begin(), text.points.end(), [](char32_t point) {
    switch (u_charDirection(static_cast<UChar32>(point))) {
      case U_RIGHT_TO_LEFT:
      case U_RIGHT_TO_LEFT_ARABIC:
      case U_ARABIC_NUMBER:
      case U_RIGHT_TO_LEFT_EMBEDDING:
      case U_RIGHT_TO_LEFT_OVERRIDE:
      case U_RIGHT_TO_LEFT_ISOLATE:
        return true;
      default:
        return false;
    }
  });
}

/// The levels of one paragraph, [start, end), into `out`.
void find_paragraph(const PreparedText& text, PointIndex start, PointIndex end, UBiDiLevel asked,
                    BidiText& out) {
  icu::UnicodeString units;
  for (PointIndex i = start; i < end; ++i) units.append(static_cast<UChar32>(text.points[i]));
  UErrorCode status = U_ZERO_ERROR;
  const Bidi bidi(ubidi_open());
  CHECK(bidi != nullptr);
  ubidi_setPara(bidi.get(), units.getBuffer(), units.length(), asked, nullptr, &status);
  const UBiDiLevel* levels = ubidi_getLevels(bidi.get(), &status);
  CHECK(U_SUCCESS(status));  // only out of memory
  const BidiLevel paragraph = ubidi_getParaLevel(bidi.get());
  std::int32_t unit = 0;
  for (PointIndex i = start; i < end; ++i) {
    out.levels[i] = levels[unit];
    out.paragraphs[i] = paragraph;
    unit += U16_LENGTH(static_cast<UChar32>(text.points[i]));
  }
}

}  // namespace

BidiText find_levels(const PreparedText& text, const std::string& language) {
  BidiText out;
  out.levels.resize(text.size());
  out.paragraphs.resize(text.size());
  const bool is_from_the_right = is_written_from_the_right(language);
  if (!is_from_the_right && !has_right_to_left(text)) return out;
  const UBiDiLevel asked = is_from_the_right ? 1 : UBIDI_DEFAULT_LTR;
  for (PointIndex start = 0; start < text.size();) {
    PointIndex end = start;
    while (end < text.size() && !ends_line(text.points[end])) ++end;
    if (end > start) find_paragraph(text, start, end, asked, out);
    if (end < text.size()) out.levels[end] = out.paragraphs[end] = is_from_the_right ? 1 : 0;
    start = end + 1;
  }
  return out;
}

std::vector<std::size_t> visual_order(const std::vector<BidiLevel>& levels) {
  std::vector<std::int32_t> map(levels.size());
  ubidi_reorderVisual(levels.data(), static_cast<std::int32_t>(levels.size()), map.data());
  return {map.begin(), map.end()};
}

}  // namespace noseon
