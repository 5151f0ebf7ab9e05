#include "fonts/emoji.h"

#include <unicode/uchar.h>

namespace noseon {
namespace {

constexpr char32_t text_style = 0xFE0E;   // VARIATION SELECTOR-15
constexpr char32_t emoji_style = 0xFE0F;  // VARIATION SELECTOR-16

bool has(char32_t point, UProperty property) {
  return u_hasBinaryProperty(static_cast<UChar32>(point), property) != 0;
}

}  // namespace

bool is_emoji(std::u32string_view cluster) {
  const char32_t base = cluster.front();
  if (!has(base, UCHAR_EMOJI)) return false;
  const char32_t next = cluster.size() > 1 ? cluster[1] : 0;
  if (next == text_style) return false;
  // Two regional indicators are a flag; one alone is a letter.
  if (has(base, UCHAR_REGIONAL_INDICATOR)) return has(next, UCHAR_REGIONAL_INDICATOR);
  return next == emoji_style || has(base, UCHAR_EMOJI_PRESENTATION) ||
         has(next, UCHAR_EMOJI_MODIFIER);
}

}  // namespace noseon
