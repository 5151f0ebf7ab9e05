#include "playlist/write_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "playlist/patterns.h"
#include "playlist/styles.h"

namespace noseon {
namespace {

// Keys with their values, written with their equals signs below each other.
class Keys {
 public:
  void add(std::string_view key, std::string value) { keys_.emplace_back(key, std::move(value)); }
  void add_text(std::string_view key, std::string_view text) {
    if (!text.empty()) add(key, toml_string(text));
  }

  [[nodiscard]] std::string aligned() const {
    std::size_t width = 0;
    for (const auto& [key, value] : keys_) width = std::max(width, key.size());
    std::string text;
    for (const auto& [key, value] : keys_) text += fmt::format("{:<{}} = {}\n", key, width, value);
    return text;
  }

  /// { a = 1, b = 2 }
  [[nodiscard]] std::string in_line() const {
    if (keys_.empty()) return "{}";
    std::string text = "{ ";
    for (const auto& [key, value] : keys_)
      text += fmt::format("{}{} = {}", text.size() > 2 ? ", " : "", key, value);
    return text + " }";
  }

 private:
  std::vector<std::pair<std::string, std::string>> keys_;
};

void add_texts(Keys& keys, std::string_view key, const Texts& texts) {
  if (texts.empty()) return;
  Keys languages;
  for (const auto& [language, text] : texts) languages.add(language, toml_string(text));
  keys.add(key, languages.in_line());
}

void add_list(Keys& keys, std::string_view key, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  std::string list;
  for (const std::string& text : texts) list += (list.empty() ? "" : ", ") + toml_string(text);
  keys.add(key, "[" + list + "]");
}

void add_window(Keys& keys, const DayWindow& window) {
  if (window.from) keys.add("from", to_string(*window.from));
  if (window.until) keys.add("until", to_string(*window.until));
  if (window.yearly) keys.add_text("yearly", to_string(*window.yearly));
}

std::string head_keys(const Campaign& campaign) {
  Keys keys;
  keys.add("format", R"("noseon.campaign/1")");
  keys.add("id", toml_string(campaign.id.str()));
  add_texts(keys, "title", campaign.title);
  keys.add("timezone", toml_string(campaign.zone->name()));
  if (campaign.holidays) keys.add("holidays", toml_string(campaign.holidays->id));
  keys.add_text("contact", campaign.contact);
  return keys.aligned();
}

std::string entry_text(const DaypartEntry& entry) {
  Keys keys;
  keys.add_text("days", to_string(entry.days));
  keys.add_text("hours", to_string(entry.hours));
  return keys.in_line();
}

std::string dayparts_text(const std::vector<Daypart>& dayparts) {
  std::string text;
  for (const Daypart& daypart : dayparts) {
    text += fmt::format("{} = [\n", daypart.name);
    for (const DaypartEntry& entry : daypart.entries)
      text += fmt::format("    {},\n", entry_text(entry));
    text += "]\n";
  }
  return text;
}

std::string places_text(const std::vector<GeoPlace>& places) {
  Keys keys;
  for (const GeoPlace& place : places) {
    keys.add(place.name, fmt::format("{{ lat = {}, lon = {}, radius_m = {} }}", place.latitude,
                                     place.longitude, place.radius_m));
  }
  return keys.aligned();
}

void add_number(Keys& keys, std::string_view key, int number, int usual) {
  if (number != usual) keys.add(key, fmt::format("{}", number));
}

void add_color(Keys& keys, std::string_view key, Color color, Color usual) {
  if (color != usual) keys.add_text(key, to_string(color));
}

template <class Words, class Choice>
void add_choice(Keys& keys, std::string_view key, const Words& words, Choice choice, Choice usual) {
  if (choice != usual) keys.add_text(key, words.at(static_cast<std::size_t>(choice)));
}

std::string outline_text(const Outline& outline) {
  Keys keys;
  keys.add_text("color", to_string(outline.color));
  add_number(keys, "width", outline.width, Outline{}.width);
  return keys.in_line();
}

std::string shadow_text(const Shadow& shadow) {
  const Shadow usual;
  Keys keys;
  add_color(keys, "color", shadow.color, usual.color);
  add_number(keys, "right", shadow.right, usual.right);
  add_number(keys, "down", shadow.down, usual.down);
  add_number(keys, "blur", shadow.blur, usual.blur);
  add_number(keys, "opacity", shadow.opacity, usual.opacity);
  return keys.in_line();
}

std::string style_text(const Style& style) {
  const Style usual;
  Keys keys;
  add_color(keys, "background", style.background, usual.background);
  keys.add_text("picture", style.picture);
  add_number(keys, "scrim", style.scrim, usual.scrim);
  add_color(keys, "ink", style.ink, usual.ink);
  add_choice(keys, "font", kFamilyWords, style.family, usual.family);
  add_choice(keys, "weight", kWeightWords, style.weight, usual.weight);
  add_choice(keys, "align", kAlignWords, style.align, usual.align);
  add_choice(keys, "wrap", kWrapWords, style.wrap, usual.wrap);
  add_number(keys, "padding", style.padding, usual.padding);
  add_number(keys, "size", style.size, usual.size);
  add_number(keys, "line_height", style.line_height, usual.line_height);
  add_number(keys, "letter_spacing", style.letter_spacing, usual.letter_spacing);
  if (style.outline) keys.add("outline", outline_text(*style.outline));
  if (style.shadow) keys.add("shadow", shadow_text(*style.shadow));
  add_choice(keys, "clock", kClockWords, style.clock, usual.clock);
  return keys.aligned();
}

void add_what_is_shown(Keys& keys, const Campaign& campaign, const Item& item) {
  const Item usual;
  keys.add_text("poster", item.poster);
  add_texts(keys, "text", item.text);
  add_texts(keys, "alt", item.alt);
  add_texts(keys, "caption", item.caption);
  if (item.style) keys.add_text("style", campaign.styles[*item.style].name);
  if (item.fit != usual.fit) keys.add_text("fit", kFitWords.at(static_cast<std::size_t>(item.fit)));
  if (item.transition != usual.transition)
    keys.add_text("transition", kTransitionWords.at(static_cast<std::size_t>(item.transition)));
  add_choice(keys, "motion", kMotionWords, item.motion, usual.motion);
  if (item.seconds)
    keys.add("seconds",
             fmt::format("{}", std::chrono::floor<std::chrono::seconds>(*item.seconds).count()));
  if (item.weight != usual.weight) keys.add("weight", fmt::format("{}", item.weight));
}

void add_when(Keys& keys, const Campaign& campaign, const Item& item) {
  if (item.urgent) {
    const auto text = [&](Instant instant) {
      return toml_instant(instant, campaign.zone->offset_at(instant));
    };
    keys.add("from", text(item.urgent->from));
    keys.add("until", text(item.urgent->until));
  } else {
    add_window(keys, item.window);
  }
  if (item.days) keys.add_text("days", to_string(*item.days));
  if (item.hours) keys.add_text("hours", to_string(*item.hours));
  add_list(keys, "dayparts", names_of(item.dayparts, campaign.dayparts));
}

void add_where(Keys& keys, const Campaign& campaign, const Item& item) {
  add_list(keys, "routes", item.routes);
  add_list(keys, "near", names_of(item.near, campaign.places));
  add_list(keys, "labels", item.labels);
  if (item.share) keys.add("share", fmt::format("{}", *item.share / 10'000.0));
  keys.add_text("salt", item.salt);
}

std::string item_text(const Campaign& campaign, const Item& item) {
  Keys keys;
  keys.add("id", toml_string(item.id.str()));
  if (item.role != Role::normal) keys.add_text("role", to_string(item.role));
  add_what_is_shown(keys, campaign, item);
  add_when(keys, campaign, item);
  add_where(keys, campaign, item);
  return "[[item]]\n" + keys.aligned();
}

// A table with its header, after an empty line; nothing for one that has nothing to say.
std::string section(std::string_view name, const std::string& text) {
  return text.empty() ? "" : fmt::format("\n[{}]\n{}", name, text);
}

}  // namespace

std::string write_toml_head(const Campaign& campaign) {
  Keys window;
  add_window(window, campaign.window);
  std::string text = head_keys(campaign) + section("window", window.aligned()) +
                     section("dayparts", dayparts_text(campaign.dayparts)) +
                     section("places", places_text(campaign.places));
  for (const Style& style : campaign.styles) {
    if (is_to_be_written(style))
      text += fmt::format("\n[styles.{}]\n{}", style.name, style_text(style));
  }
  return text;
}

std::string write_toml_items(const Campaign& campaign) {
  std::string text;
  for (const Item& item : campaign.items)
    text += (text.empty() ? "" : "\n") + item_text(campaign, item);
  return text;
}

std::string write_toml(const Campaign& campaign) {
  return write_toml_head(campaign) + "\n" + write_toml_items(campaign);
}

std::string toml_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    switch (c) {
      case '"':
        quoted += "\\\"";
        break;
      case '\\':
        quoted += "\\\\";
        break;
      case '\n':
        quoted += "\\n";
        break;
      case '\t':
        quoted += "\\t";
        break;
      default:
        quoted += byte < 0x20 || byte == 0x7F ? fmt::format("\\u{:04X}", byte) : std::string(1, c);
    }
  }
  return quoted + '"';
}

std::string toml_instant(Instant instant, std::chrono::seconds offset) {
  constexpr std::chrono::seconds kWidest = std::chrono::hours{23} + std::chrono::minutes{59};
  const auto is_writable = [&](std::chrono::seconds at) {
    return instant + at >= kBeginningOfTime && instant + at < kEndOfTime + std::chrono::days{1};
  };
  for (const auto at : {offset, std::chrono::seconds{0}, kWidest, -kWidest}) {
    if (is_writable(at)) return to_rfc3339(instant, at);
  }
  return to_rfc3339(instant, offset);
}

}  // namespace noseon
