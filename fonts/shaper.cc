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

/// Scripts whose letters touch: a space between them would tear a word (UAX #24, joining).
bool is_joined(Script script) {
  switch (script) {
    case USCRIPT_ARABIC:
    case USCRIPT_SYRIAC:
    case USCRIPT_MONGOLIAN:
    case USCRIPT_NKO:
    case USCRIPT_MANDAIC:
    case USCRIPT_HANIFI_ROHINGYA:
      return true;
    default:
      return false;
  }
}

hb_script_t hb_script_of(Script script) {
  return hb_script_from_string(uscript_getShortName(static_cast<UScriptCode>(script)), -1);
}

std::int32_t scaled(std::int32_t units, std::int64_t factor) {
  return static_cast<std::int32_t>(units * factor);
}

}  // namespace

std::int64_t common_em(const std::vector<Face>& faces) {
  constexpr std::int64_t em_max = 1 << 20;
  std::int64_t em = 1;
  for (const Face& face : faces) {
    em = std::lcm(em, std::int64_t{face.units_per_em()});
    if (em > em_max) return 0;
  }
  return em;
}

Shaper::Shaper(const std::vector<Face>& faces)
    : faces_(faces),
      em_(common_em(faces)),
      buffer_(hb_buffer_create()),
      language_(HB_LANGUAGE_INVALID) {
  CHECK(em_ > 0);
}

void Shaper::set_language(const std::string& language) {
  language_ = hb_language_from_string(language.empty() ? "und" : language.c_str(), -1);
  script_ = script_of_language(language);
  keeps_dots_ = tells_dotless_i_apart(language);
}

void Shaper::set_spacing(std::int32_t spacing) {
  spacing_ = spacing;
}

hb_language_t Shaper::language_of(Script script) const {
  if (script == script_) return language_;
  if (script == USCRIPT_HANGUL) return hb_language_from_string("ko", -1);
  if (script == USCRIPT_ARABIC) return hb_language_from_string("ar", -1);
  return language_;
}

void Shaper::choose_features(Script script) {
  features_.clear();
  const auto set = [this](hb_tag_t tag, std::uint32_t value) {
    features_.push_back({tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END});
  };
  // What Korean sets half an em wide (klreq) is a whole one in the font, as Japanese has it: in
  // 「훈민정음」에서 the word would seem to end at the bracket.
  if (script_ == USCRIPT_HANGUL || script == USCRIPT_HANGUL) set(HB_TAG('h', 'a', 'l', 't'), 1);
  if (keeps_dots_ || spacing_ != 0) set(HB_TAG('l', 'i', 'g', 'a'), 0);
  if (spacing_ != 0) set(HB_TAG('c', 'l', 'i', 'g'), 0);
}

/// Widens the last glyph of each cluster from `first` on.
void Shaper::space_out(const FontRun& run, std::vector<ShapedGlyph>& glyphs,
                       std::size_t first) const {
  if (spacing_ == 0 || is_joined(run.script)) return;
  for (std::size_t i = first; i < glyphs.size(); ++i) {
    const bool is_last = i + 1 == glyphs.size() || glyphs[i + 1].cluster != glyphs[i].cluster;
    if (!is_last) continue;
    glyphs[i].spacing = spacing_;
    glyphs[i].advance += spacing_;
    // Set from the right, what follows stands on the left.
    if (is_right_to_left(run.level)) glyphs[i].x_offset += spacing_;
  }
}

void Shaper::shape(const PreparedText& text, const FontRun& run, PointIndex start, PointIndex end,
                   std::vector<ShapedGlyph>& glyphs) {
  CHECK(run.start <= start && start <= end && end <= run.end);
  const Face& face = faces_[run.font];
  choose_features(run.script);
  hb_buffer_t* buffer = buffer_.get();
  hb_buffer_clear_contents(buffer);
  for (PointIndex i = start; i < end; ++i) {
    const char32_t point = text.points[i];
    hb_buffer_add(buffer, point == U'\t' ? U' ' : point, i);
  }
  hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE);
  hb_buffer_set_direction(buffer,
                          is_right_to_left(run.level) ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer, hb_script_of(run.script));
  hb_buffer_set_language(buffer, language_of(run.script));
  hb_shape(face.font(), buffer, features_.data(), static_cast<unsigned>(features_.size()));
  if (is_right_to_left(run.level)) hb_buffer_reverse(buffer);

  const std::size_t first = glyphs.size();
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
                      .level = run.level,
                      .is_unsafe_to_break = (flags & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) != 0});
  }
  space_out(run, glyphs, first);
}

}  // namespace noseon
