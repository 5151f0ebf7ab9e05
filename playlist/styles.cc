#include "playlist/styles.h"

#include <algorithm>

namespace noseon {
namespace {

Style shipped(std::string_view name, Color background, Color ink) {
  Style style;
  style.name = name;
  style.background = background;
  style.ink = ink;
  style.padding = 11;
  style.is_shipped = true;
  return style;
}

// To think of the dead, and of what happened.
Style remembrance() {
  Style style = shipped("remembrance", {0x10, 0x14, 0x18}, {0xf4, 0xf1, 0xea});
  style.family = Family::serif;
  return style;
}

// To tell people what they have to know: as plain as print.
Style notice() {
  Style style = shipped("notice", {0xff, 0xff, 0xff}, {0x14, 0x21, 0x3d});
  style.align = Align::start;
  return style;
}

// To greet, to thank, to invite.
Style warm() {
  return shipped("warm", {0xff, 0xf3, 0xe0}, {0x4a, 0x25, 0x11});
}

// For dark vehicles: bold letters would glare there, thin ones want air.
Style night() {
  Style style = shipped("night", {0x05, 0x07, 0x0d}, {0xd7, 0xde, 0xe9});
  style.weight = Weight::regular;
  style.letter_spacing = 1;
  return style;
}

}  // namespace

const std::vector<Style>& shipped_styles() {
  static const std::vector<Style> kStyles = {remembrance(), notice(), warm(), night()};
  return kStyles;
}

const Style* find_shipped_style(std::string_view name) {
  const std::vector<Style>& all = shipped_styles();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Style& style) { return style.name == name; });
  return found == all.end() ? nullptr : &*found;
}

const std::vector<std::string>& shipped_style_names() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Style& style : shipped_styles()) names.push_back(style.name);
    return names;
  }();
  return kNames;
}

bool looks_alike(const Style& a, const Style& b) {
  return a.background == b.background && a.picture == b.picture && a.scrim == b.scrim &&
         a.ink == b.ink && a.family == b.family && a.weight == b.weight && a.align == b.align &&
         a.wrap == b.wrap && a.padding == b.padding && a.size == b.size &&
         a.line_height == b.line_height && a.letter_spacing == b.letter_spacing &&
         a.outline == b.outline && a.shadow == b.shadow && a.clock == b.clock;
}

bool is_to_be_written(const Style& style) {
  const Style* ours = style.is_shipped ? find_shipped_style(style.name) : nullptr;
  return !ours || !looks_alike(*ours, style);
}

}  // namespace noseon
