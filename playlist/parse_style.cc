// [styles.NAME]
#include <fmt/format.h>

#include "base/say.h"
#include "playlist/parse_parts.h"
#include "playlist/patterns.h"
#include "playlist/styles.h"

namespace noseon {
namespace {

void read_color(const std::optional<PlacedText>& text, Fields& fields, Color& color) {
  if (!text) return;
  if (const auto parsed = parse_color(text->text)) {
    color = *parsed;
  } else {
    fields.reporter().error(text->place, "bad-colour",
                            say("{}: \"{}\" is no colour", fields.where(), text->text),
                            say("write \"#rrggbb\", for example \"#101418\""));
  }
}

void read_int(Fields& fields, std::string_view key, int min, int max, int& value) {
  if (const auto written = fields.integer(key, min, max)) value = static_cast<int>(*written);
}

template <class Choice, std::size_t n>
void read_choice(Fields& fields, std::string_view key, const std::array<std::string_view, n>& words,
                 Choice& choice) {
  if (const auto word = fields.word(key, words)) choice = static_cast<Choice>(*word);
}

// A table inside of a style, or null; what else stands there is reported.
const TomlMember* find_table(Fields& fields, std::string_view key, std::string_view expected) {
  const TomlMember* member = fields.find(key);
  if (!member || member->value.table()) return member;
  fields.wrong_type(*member, expected);
  return nullptr;
}

std::optional<Outline> read_outline(Fields& style) {
  const TomlMember* member =
      find_table(style, "outline", say("a table: outline = {{ color = \"#101418\", width = 4 }}"));
  if (!member) return std::nullopt;
  Fields fields(*member->value.table(), member->key_place,
                fmt::format("{}: outline", style.where()), style.reporter());
  Outline outline;
  read_color(fields.required_text("color", say("write \"#rrggbb\", for example \"#101418\"")),
             fields, outline.color);
  read_int(fields, "width", 1, 20, outline.width);
  fields.finish();
  return outline;
}

std::optional<Shadow> read_shadow(Fields& style) {
  const TomlMember* member =
      find_table(style, "shadow", say("a table: shadow = {{ down = 4, blur = 8 }}"));
  if (!member) return std::nullopt;
  Fields fields(*member->value.table(), member->key_place, fmt::format("{}: shadow", style.where()),
                style.reporter());
  Shadow shadow;
  read_color(fields.text("color"), fields, shadow.color);
  read_int(fields, "right", -50, 50, shadow.right);
  read_int(fields, "down", -50, 50, shadow.down);
  read_int(fields, "blur", 0, 50, shadow.blur);
  read_int(fields, "opacity", 1, 100, shadow.opacity);
  fields.finish();
  return shadow;
}

// What all keys that are not written mean: the usual look, or that of a shipped style.
Style read_like(Fields& fields) {
  const std::vector<std::string>& names = shipped_style_names();
  const std::vector<std::string_view> words(names.begin(), names.end());
  const auto like = fields.word("like", words);
  Style style = like ? shipped_styles()[*like] : Style{};
  style.is_shipped = false;
  return style;
}

void read_picture(Fields& fields, Style& style) {
  if (const auto picture = fields.text("picture")) {
    style.picture = picture->text;
    style.picture_place = picture->place;
    check_path(*picture, fields);
  }
  read_int(fields, "scrim", 0, 100, style.scrim);
  const TomlMember* scrim = fields.find("scrim");
  if (!scrim || style.scrim == 0 || fields.find("picture") || !style.picture.empty()) return;
  fields.reporter().warn(
      scrim->value.place, "unused-scrim",
      say("{}: \"scrim\" lies over a picture, and there is none", fields.where()),
      say("add picture = \"backgrounds/paper.jpg\", or take \"scrim\" out"));
}

Style read_style(Fields& fields) {
  Style style = read_like(fields);
  read_color(fields.text("background"), fields, style.background);
  read_picture(fields, style);
  read_color(fields.text("ink"), fields, style.ink);
  read_choice(fields, "font", kFamilyWords, style.family);
  read_choice(fields, "weight", kWeightWords, style.weight);
  read_choice(fields, "align", kAlignWords, style.align);
  read_choice(fields, "wrap", kWrapWords, style.wrap);
  read_int(fields, "padding", 0, 40, style.padding);
  read_int(fields, "size", 25, 200, style.size);
  read_int(fields, "line_height", 100, 200, style.line_height);
  read_int(fields, "letter_spacing", -10, 100, style.letter_spacing);
  if (auto outline = read_outline(fields)) style.outline = outline;
  if (auto shadow = read_shadow(fields)) style.shadow = shadow;
  read_choice(fields, "clock", kClockWords, style.clock);
  fields.finish();
  return style;
}

}  // namespace

std::vector<Style> read_styles(const TomlTable& table, Reporter& reporter) {
  std::vector<Style> styles;
  for (const TomlMember& member : table) {
    check_name(member, reporter);
    const std::string where = say("style {}", member.key);
    const TomlTable* inner = member.value.table();
    if (!inner) {
      reporter.error(member.value.place, "wrong-type",
                     say("{} is {}", where, kind_of(member.value)),
                     say("write it as a table: [styles.{}]", member.key));
      continue;
    }
    Fields fields(*inner, member.key_place, where, reporter);
    Style style = read_style(fields);
    style.name = member.key;
    style.place = member.key_place;
    styles.push_back(std::move(style));
  }
  return styles;
}

}  // namespace noseon
