#include "playlist/parse_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/say.h"
#include "playlist/patterns.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

constexpr std::size_t kPathBytesMax = 1024;

std::optional<Day> read_day(Fields& fields, std::string_view key, SourcePlace& place) {
  const TomlMember* member = fields.find(key);
  if (!member) return std::nullopt;
  place = member->value.place;
  if (const Day* day = std::get_if<Day>(&member->value.value)) {
    if (*day >= Day{std::chrono::local_days{std::chrono::year{1} / 1 / 1}}) return *day;
  }
  fields.wrong_type(*member, say("a day without quotation marks: {} = 2027-02-01", key));
  return std::nullopt;
}

DaypartEntry read_daypart_entry(const TomlValue& value, const std::string& where,
                                Reporter& reporter) {
  DaypartEntry entry;
  const TomlTable* table = value.table();
  if (!table) {
    reporter.error(value.place, "wrong-type", say("{} holds {}", where, kind_of(value)),
                   say("write {{ days = \"mon-fri\", hours = \"06:30-09:30\" }}"));
    return entry;
  }
  Fields fields(*table, value.place, where, reporter);
  if (const auto days = read_form(fields.text("days"), "bad-days", reporter, parse_day_pattern)) {
    entry.days = *days;
  }
  if (const auto hours = read_form(fields.text("hours"), "bad-hours", reporter, parse_hours)) {
    entry.hours = *hours;
  }
  fields.finish();
  return entry;
}

}  // namespace

void check_name(const TomlMember& member, Reporter& reporter) {
  if (is_id(member.key)) return;
  reporter.error(member.key_place, "bad-id", say("\"{}\" is no name", member.key),
                 say("use a-z, 0-9 and -, at most 64, not starting with -"));
}

void check_path(const PlacedText& written, Fields& fields) {
  const std::string& path = written.text;
  const bool climbs = path == ".." || path.starts_with("../") || path.ends_with("/..") ||
                      path.find("/../") != std::string::npos;
  const bool is_bad = path.empty() || path.size() > kPathBytesMax || path.front() == '/' ||
                      climbs || path.find('\0') != std::string::npos;
  if (!is_bad) return;
  fields.reporter().error(
      written.place, "bad-path",
      say("{}: \"{}\" is no path inside the campaign folder", fields.where(), path),
      say("write it relative to campaign.toml, for example \"posters/one.png\""));
}

DayWindow read_window(Fields& fields) {
  DayWindow window;
  window.from = read_day(fields, "from", window.from_place);
  window.until = read_day(fields, "until", window.until_place);
  const auto yearly = fields.text("yearly");
  if (yearly) window.yearly_place = yearly->place;
  window.yearly = read_form(yearly, "bad-yearly", fields.reporter(), parse_yearly);
  return window;
}

std::vector<Daypart> read_dayparts(const TomlTable& table, Reporter& reporter) {
  std::vector<Daypart> dayparts;
  for (const TomlMember& member : table) {
    check_name(member, reporter);
    Daypart daypart{member.key, {}, member.key_place};
    const std::string where = say("daypart {}", member.key);
    const TomlArray* entries = member.value.array();
    if (!entries || entries->empty()) {
      reporter.error(member.value.place, "wrong-type",
                     say("{} is {}", where, entries ? say("an empty list") : kind_of(member.value)),
                     say("write a list: [{{ days = \"mon-fri\", hours = \"06:30-09:30\" }}]"));
      continue;
    }
    for (const TomlValue& entry : *entries) {
      daypart.entries.push_back(read_daypart_entry(entry, where, reporter));
    }
    dayparts.push_back(std::move(daypart));
  }
  return dayparts;
}

std::vector<GeoPlace> read_places(const TomlTable& table, Reporter& reporter) {
  std::vector<GeoPlace> places;
  for (const TomlMember& member : table) {
    check_name(member, reporter);
    const std::string where = say("place {}", member.key);
    const TomlTable* inner = member.value.table();
    if (!inner) {
      reporter.error(member.value.place, "wrong-type",
                     say("{} is {}", where, kind_of(member.value)),
                     say("write {{ lat = 37.5547, lon = 126.9707, radius_m = 600 }}"));
      continue;
    }
    Fields fields(*inner, member.key_place, where, reporter);
    const std::size_t before = reporter.errors();
    const auto lat = fields.number("lat", -90, 90);
    const auto lon = fields.number("lon", -180, 180);
    const auto radius = fields.number("radius_m", 10, 100'000);
    if ((!lat || !lon || !radius) && reporter.errors() == before) {
      reporter.error(member.key_place, "missing-key",
                     say("{} needs \"lat\", \"lon\" and \"radius_m\"", where),
                     say("write {{ lat = 37.5547, lon = 126.9707, radius_m = 600 }}"));
    }
    fields.finish();
    places.push_back(
        {member.key, lat.value_or(0), lon.value_or(0), radius.value_or(0), member.key_place});
  }
  return places;
}

}  // namespace noseon
