#include <algorithm>
#include <nlohmann/json.hpp>

#include "playlist/compiled.h"
#include "playlist/patterns.h"
#include "playlist/styles.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

ordered_json texts_json(const Texts& texts) {
  ordered_json json = ordered_json::array();
  for (const auto& [language, text] : texts)
    json.push_back({{"language", language}, {"text", text}});
  return json;
}

void add_window(ordered_json& json, const DayWindow& window) {
  if (window.from) json["from"] = to_string(*window.from);
  if (window.until) json["until"] = to_string(*window.until);
  if (window.yearly) json["yearly"] = to_string(*window.yearly);
}

ordered_json holidays_json(const HolidayCalendar& calendar) {
  ordered_json json = {
      {"id", calendar.id}, {"years", ordered_json::array()}, {"days", ordered_json::array()}};
  for (const std::chrono::year year : calendar.years)
    json["years"].push_back(static_cast<int>(year));
  for (const Day day : calendar.days) json["days"].push_back(to_string(day));
  return json;
}

ordered_json daypart_json(const Daypart& daypart) {
  ordered_json entries = ordered_json::array();
  for (const DaypartEntry& entry : daypart.entries)
    entries.push_back({{"days", to_string(entry.days)}, {"hours", to_string(entry.hours)}});
  return {{"name", daypart.name}, {"entries", std::move(entries)}};
}

ordered_json place_json(const GeoPlace& place) {
  return {{"name", place.name},
          {"lat", place.latitude},
          {"lon", place.longitude},
          {"radius_m", place.radius_m}};
}

ordered_json outline_json(const Outline& outline) {
  return {{"color", to_string(outline.color)}, {"width", outline.width}};
}

ordered_json shadow_json(const Shadow& shadow) {
  return {{"color", to_string(shadow.color)},
          {"right", shadow.right},
          {"down", shadow.down},
          {"blur", shadow.blur},
          {"opacity", shadow.opacity}};
}

bool has_clock(const Style& style) {
  return style.clock != ClockStrip::none;
}

void add_letters(ordered_json& json, const Style& style) {
  json["ink"] = to_string(style.ink);
  json["font"] = kFamilyWords.at(static_cast<std::size_t>(style.family));
  json["weight"] = kWeightWords.at(static_cast<std::size_t>(style.weight));
  json["align"] = kAlignWords.at(static_cast<std::size_t>(style.align));
  json["wrap"] = kWrapWords.at(static_cast<std::size_t>(style.wrap));
  json["padding"] = style.padding;
  json["size"] = style.size;
  json["line_height"] = style.line_height;
  json["letter_spacing"] = style.letter_spacing;
  if (style.outline) json["outline"] = outline_json(*style.outline);
  if (style.shadow) json["shadow"] = shadow_json(*style.shadow);
  if (has_clock(style)) json["clock"] = kClockWords.at(static_cast<std::size_t>(style.clock));
}

ordered_json style_json(const Style& style) {
  ordered_json json = {{"name", style.name}};
  if (style.is_shipped) json["shipped"] = true;
  json["background"] = to_string(style.background);
  if (!style.picture.empty()) json["picture"] = style.picture;
  json["scrim"] = style.scrim;
  add_letters(json, style);
  return json;
}

// Whether the style is more than a background, an ink, a font with its weight, a side and a
// padding, which is what the first readers of this form know.
bool needs_styles(const Style& style) {
  Style known;
  known.background = style.background;
  known.ink = style.ink;
  known.family = style.family;
  known.weight = style.weight;
  known.align = style.align;
  known.padding = style.padding;
  known.clock = style.clock;  // which has a need of its own
  return style.is_shipped || style.align == Align::start || !looks_alike(style, known);
}

void add_what_is_shown(ordered_json& json, const Item& item, const Campaign& campaign) {
  if (item.is_poster()) {
    json["poster"] = item.poster;
  } else {
    json["text"] = texts_json(item.text);
  }
  json["alt"] = texts_json(item.alt);
  if (!item.caption.empty()) json["caption"] = texts_json(item.caption);
  if (item.style) json["style"] = campaign.styles[*item.style].name;
  json["fit"] = kFitWords.at(static_cast<std::size_t>(item.fit));
  json["transition"] = kTransitionWords.at(static_cast<std::size_t>(item.transition));
  if (item.motion != Motion::still)
    json["motion"] = kMotionWords.at(static_cast<std::size_t>(item.motion));
}

void add_when(ordered_json& json, const Item& item, const Campaign& campaign) {
  using std::chrono::seconds;
  if (item.seconds) json["seconds"] = std::chrono::duration_cast<seconds>(*item.seconds).count();
  if (item.urgent) {
    json["from"] = to_rfc3339(item.urgent->from, seconds{0});
    json["until"] = to_rfc3339(item.urgent->until, seconds{0});
  }
  add_window(json, item.window);
  if (item.days) json["days"] = to_string(*item.days);
  if (item.hours) json["hours"] = to_string(*item.hours);
  json["dayparts"] = names_of(item.dayparts, campaign.dayparts);
}

void add_where(ordered_json& json, const Item& item, const Campaign& campaign) {
  json["routes"] = item.routes;
  json["near"] = names_of(item.near, campaign.places);
  json["labels"] = item.labels;
  if (item.share) json["share"] = static_cast<double>(*item.share) / 10'000;
  if (!item.salt.empty()) json["salt"] = item.salt;
}

ordered_json item_json(const Item& item, const Campaign& campaign) {
  ordered_json json = {{"id", item.id.str()}, {"needs", needs_of(item)}};
  add_what_is_shown(json, item, campaign);
  json["role"] = to_string(item.role);
  json["weight"] = item.weight;
  add_when(json, item, campaign);
  add_where(json, item, campaign);
  return json;
}

template <class Part, class ToJson>
ordered_json list_of(const std::vector<Part>& parts, ToJson to_json) {
  ordered_json list = ordered_json::array();
  for (const Part& part : parts) list.push_back(to_json(part));
  return list;
}

}  // namespace

std::vector<std::string> needs_of(const Item& item) {
  std::vector<std::string> needs;
  const auto need = [&](bool is_used, const char* word) {
    if (is_used) needs.emplace_back(word);
  };
  need(!item.caption.empty(), "caption");
  need(!item.dayparts.empty(), "dayparts");
  need(item.days.has_value(), "days");
  need(item.hours.has_value(), "hours");
  need(!item.labels.empty(), "labels");
  need(item.motion != Motion::still, "motion");
  need(!item.near.empty(), "near");
  need(!item.routes.empty(), "routes");
  need(item.share.has_value(), "share");
  need(item.urgent.has_value(), "urgent");
  need(item.window.yearly.has_value(), "yearly");
  return needs;
}

std::vector<std::string> needs_of(const Campaign& campaign) {
  std::vector<std::string> needs;
  if (std::any_of(campaign.styles.begin(), campaign.styles.end(), has_clock))
    needs.emplace_back("clock");
  if (campaign.holidays) needs.emplace_back("holidays");
  if (std::any_of(campaign.styles.begin(), campaign.styles.end(), needs_styles))
    needs.emplace_back("styles");
  if (campaign.window.yearly) needs.emplace_back("yearly");
  return needs;
}

std::string write_compiled(const Campaign& campaign) {
  ordered_json json = {{"format", kCompiledFormat},
                       {"needs", needs_of(campaign)},
                       {"id", campaign.id.str()},
                       {"title", texts_json(campaign.title)},
                       {"timezone", campaign.zone->name()}};
  if (campaign.holidays) json["holidays"] = holidays_json(*campaign.holidays);
  json["contact"] = campaign.contact;
  json["window"] = ordered_json::object();
  add_window(json["window"], campaign.window);
  json["dayparts"] = list_of(campaign.dayparts, daypart_json);
  json["places"] = list_of(campaign.places, place_json);
  json["styles"] = list_of(campaign.styles, style_json);
  json["items"] =
      list_of(campaign.items, [&](const Item& item) { return item_json(item, campaign); });
  return json.dump() + "\n";
}

}  // namespace noseon
