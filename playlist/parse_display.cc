#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/say.h"
#include "playlist/fields.h"
#include "playlist/parse.h"
#include "playlist/parse_parts.h"
#include "playlist/patterns.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

constexpr std::size_t kDisplayBytesMax = 64 * 1024;
constexpr std::int64_t kSideMax = 8192;
constexpr std::size_t kPathBytesMax = 1024;
constexpr std::int64_t kScreenMax = 16;

void read_size(Fields& fields, Display& display) {
  const TomlMember* member = fields.find("size");
  if (!member) return;
  const TomlArray* sides = member->value.array();
  const auto side = [&](std::size_t i) { return (*sides)[i].integer(); };
  const bool is_pair = sides && sides->size() == 2 && side(0) && side(1);
  if (!is_pair || *side(0) < 16 || *side(0) > kSideMax || *side(1) < 16 || *side(1) > kSideMax) {
    fields.reporter().error(
        member->value.place, "bad-size", say("\"size\" is no size of a display"),
        say("write width and height in pixels, 16 to 8192: size = [1920, 1080]"));
    return;
  }
  display.size = {static_cast<int>(*side(0)), static_cast<int>(*side(1))};
}

void read_rotation(Fields& fields, Display& display) {
  const auto rotation = fields.integer("rotation", 0, 270);
  if (!rotation) return;
  if (*rotation % 90 != 0) {
    fields.reporter().error(fields.find("rotation")->value.place, "out-of-range",
                            say("\"rotation\" is {}", *rotation), say("write 0, 90, 180 or 270"));
    return;
  }
  display.rotation = static_cast<int>(*rotation);
}

void read_zone(Fields& fields, Zones& zones, Display& display) {
  const auto name = fields.text("timezone");
  if (!name) return;
  auto zone = zones.find(name->text);
  if (zone) {
    display.zone = *std::move(zone);
    return;
  }
  fields.reporter().error(name->place, "unknown-zone", zone.error().message,
                          zone_suggestion(name->text, zones.names()));
}

void read_languages(Fields& fields, Display& display) {
  const std::vector<PlacedText> written = fields.list("languages");
  if (written.empty()) return;
  if (written.size() > kLanguagesMax) {
    fields.reporter().error(
        written[kLanguagesMax].place, "out-of-range",
        say("\"languages\" has {} of them, at most {}", written.size(), kLanguagesMax),
        say("leave the least important ones out"));
  }
  display.languages.clear();
  for (const PlacedText& language : written) {
    if (display.languages.size() == kLanguagesMax) break;
    if (!is_language(language.text)) {
      fields.reporter().error(language.place, "bad-language",
                              say("\"{}\" is no language", language.text),
                              say("write a code such as ko, en or az"));
    }
    display.languages.push_back(language.text);
  }
}

void read_night(Fields& fields, Display& display) {
  const TomlTable* table = fields.table("night");
  if (!table) return;
  Fields inner(*table, fields.find("night")->key_place, "\"night\"", fields.reporter());
  Night night;
  const auto hours = read_form(inner.required_text("hours", say("write hours = \"20:00-06:00\"")),
                               "bad-hours", fields.reporter(), parse_hours);
  if (hours) night.hours = *hours;
  if (const auto brightness = inner.number("brightness", 0.05, 1)) {
    night.brightness_permille = static_cast<int>(std::lround(*brightness * 1000));
  }
  inner.finish();
  if (hours) display.night = night;
}

void read_fallback(Fields& fields, Display& display) {
  const auto path = fields.text("fallback");
  if (!path) return;
  if (path->text.empty() || path->text.size() > kPathBytesMax ||
      path->text.find('\0') != std::string::npos) {
    fields.reporter().error(path->place, "bad-path", say("\"fallback\" is no path of a picture"),
                            say("write it relative to display.toml, for example \"standby.png\""));
  }
  display.fallback = path->text;
  display.fallback_place = path->place;
}

void read_source(Fields& fields, Display& display) {
  const TomlTable* table = fields.table("source");
  if (!table) return;
  Fields inner(*table, fields.find("source")->key_place, "[source]", fields.reporter());
  for (const PlacedText& url : inner.list("urls")) display.source_urls.push_back(url.text);
  inner.finish();
}

}  // namespace

ParsedDisplay read_display(const TomlTable& table, std::string_view file, Zones& zones) {
  Reporter reporter(file);
  Display display;
  Fields fields(table, {1, 1}, say("the display"), reporter);
  if (const auto id = fields.text("id")) {
    if (id->text.empty() || id->text.size() > 128) {
      reporter.error(id->place, "bad-id", say("\"id\" has 1 to 128 bytes"),
                     say("name the display"));
    }
    display.id = DisplayId(id->text);
  }
  read_size(fields, display);
  read_rotation(fields, display);
  read_zone(fields, zones, display);
  read_languages(fields, display);
  for (const PlacedText& label : fields.list("labels")) display.labels.push_back(label.text);
  if (const auto inch = fields.number("diagonal_inch", 3, 200)) display.diagonal_inch = *inch;
  if (const auto metres = fields.number("distance_m", 0.2, 100)) display.distance_m = *metres;
  if (const auto screen = fields.integer("screen", 1, kScreenMax)) {
    display.screen = static_cast<int>(*screen);
  }
  if (const auto rtc = fields.boolean("rtc")) display.has_rtc = *rtc;
  read_night(fields, display);
  read_fallback(fields, display);
  read_source(fields, display);
  fields.finish();

  ParsedDisplay result;
  if (reporter.errors() == 0) result.display = std::move(display);
  result.findings = reporter.take();
  return result;
}

ParsedDisplay parse_display(std::string_view toml, std::string_view file, Zones& zones) {
  ParsedToml parsed = parse_toml(toml, file, kDisplayBytesMax);
  if (!parsed.is_good) return {std::nullopt, std::move(parsed.findings)};
  return read_display(parsed.table, file, zones);
}

}  // namespace noseon
