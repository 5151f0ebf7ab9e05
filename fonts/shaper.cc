#include "fonts/shaper.h"

#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>

#include "base/check.h"

namespace noseon {
namespace {

/// Where i and ı are two letters, a ligature may not swallow the dot: in Noto Serif the fi
/// ligature reads fı, and the font knows neither Azerbaijani nor Turkish.
bool tells_dotless_i_apart(std::string_view language) {
  constexpr std::array<std::string_view, 6> languages = {"az", "tr", "crh", "gag", "tt", "kaa"};
  const std::string_view primary = language.substr(0, language.find('-'));
  return std::find(languages.begin(), languages.end(), primary) != languages.end();
}

hb_script_t hb_script_of(Script script) {
  return hb_script_from_string(uscript_getShortName(static_cast<UScriptCode>(script)), -1);
}

std::int32_t scaled(std::int32_t units, std::int64_t factor) {
  return static_cast<std::int32_t>(units * factor);
}

}  // namespace

Shaper::Shaper(const std::vector<Face>& faces)
    : faces_(faces), buffer_(hb_buffer_create()), language_(HB_LANGUAGE_INVALID) {
  for (const Face& face : faces) em_ = std::lcm(em_, std::int64_t{face.units_per_em()});
  CHECK(em_ <= 1 << 20);
}

void Shaper::set_language(const std::string& language) {
  language_ = hb_language_from_string(language.empty() ? "und" : language.c_str(), -1);
  features_.clear();
  // What Korean sets half an em wide (klreq) is a whole one in the font, as Japanese has it: in
  // 「훈민정음」에서 the word would seem to end at the bracket.
  if (script_of_language(language) == USCRIPT_HANGUL) {
    features_.push_back(
        {HB_TAG('h', 'a', 'l', 't'), 1, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
  }
  if (tells_dotless_i_apart(language)) {
    features_.push_back(
        {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
  }
}

void Shaper::shape(const PreparedText& text, const FontRun& run, PointIndex start, PointIndex end,
                   std::vector<ShapedGlyph>& glyphs) {
  CHECK(run.start <= start && start <= end && end <= run.end);
  const Face& face = faces_[run.font];
  hb_buffer_t* buffer = buffer_.get();
  hb_buffer_clear_contents(buffer);
  for (PointIndex i = start; i < end; ++i) {
    const char32_t point = text.points[i];
    hb_buffer_add(buffer, point == U'\t' ? U' ' : point, i);
  }
  hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer, hb_script_of(run.script));
  hb_buffer_set_language(buffer, language_);
  hb_shape(face.font(), buffer, features_.data(), static_cast<unsigned>(features_.size()));

  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, nullptr);
  const std::int64_t factor = em_ / face.units_per_em();
  for (unsigned i = 0; i < count; ++i) {
    const Ink ink = face.ink(infos[i].codepoint);
    const auto flags = hb_glyph_info_get_glyph_flags(&infos[i]);
    glyphs.push_back({.id = infos[i].codepoint,
                      .font = run.font,
                      .cluster = infos[i].cluster,
                      .advance = scaled(positions[i].x_advance, factor),
                      .x_offset = scaled(positions[i].x_offset, factor),
                      .y_offset = scaled(positions[i].y_offset, factor),
                      .ink = {.left = scaled(ink.left, factor),
                              .right = scaled(ink.right, factor),
                              .top = scaled(ink.top, factor),
                              .bottom = scaled(ink.bottom, factor)},
                      .is_unsafe_to_break = (flags & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0});
  }
}

}  // namespace noseon
