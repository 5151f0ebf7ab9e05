#include "playlist/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/say.h"
#include "playlist/days.h"
#include "playlist/parse_parts.h"
#include "playlist/patterns.h"
#include "playlist/suggest.h"
#include "playlist/window_rules.h"

namespace noseon {
namespace {

constexpr std::string_view kFormat = "noseon.campaign/1";

void check_format(Fields& fields) {
  const auto format =
      fields.required_text("format", say("begin with format = \"noseon.campaign/1\""));
  if (!format || format->text == kFormat) return;
  fields.reporter().error(format->place, "unknown-format",
                          say("the format \"{}\" is not known here", format->text),
                          say("write format = \"{}\"", kFormat));
}

ZonePtr read_zone(const std::optional<PlacedText>& name, Zones& zones, Reporter& reporter) {
  if (!name) return nullptr;
  auto zone = zones.find(name->text);
  if (zone) return *std::move(zone);
  const bool is_unknown = zone.error().kind == ErrorKind::not_found;
  reporter.error(name->place, "unknown-zone", zone.error().message,
                 is_unknown ? zone_suggestion(name->text, zones.names()) : "");
  return nullptr;
}

HolidaysPtr read_holidays(Fields& fields) {
  const auto id = fields.text("holidays");
  if (!id) return nullptr;
  if (HolidaysPtr calendar = holidays_of(id->text)) return calendar;
  fields.reporter().error(id->place, "unknown-holidays",
                          say("there is no calendar of holidays \"{}\"", id->text),
                          suggestion(id->text, holiday_calendars(), ""));
  return std::make_shared<HolidayCalendar>();  // one was named: that none is needs no other word
}

// Years inside the campaign's window in which no day will be a holiday; nothing is said where the
// window has no end.
void warn_of_missing_years(const TomlMember* written, const Campaign& campaign,
                           Reporter& reporter) {
  const DayWindow& window = campaign.window;
  if (!written || !campaign.holidays || campaign.holidays->years.empty()) return;
  if (!window.from || !window.until) return;
  std::vector<int> missing;
  const std::chrono::year last = std::chrono::year_month_day{*window.until}.year();
  for (auto y = std::chrono::year_month_day{*window.from}.year(); y <= last; ++y)
    if (!campaign.holidays->covers(y)) missing.push_back(static_cast<int>(y));
  if (missing.empty()) return;
  reporter.warn(written->value.place, "no-holidays",
                say("the calendar \"{}\" lacks {}: no day of it counts as a holiday",
                    campaign.holidays->id, fmt::join(missing, ", ")),
                say("update Noseon when the year's calendar is published"));
}

void warn_of_no_calendar(const Campaign& campaign, Reporter& reporter) {
  if (campaign.holidays) return;
  for (const Daypart& daypart : campaign.dayparts) {
    if (!mentions_holidays(daypart)) continue;
    reporter.warn(daypart.place, "no-holidays",
                  say("daypart {}: the campaign names no calendar of holidays, so no day "
                      "counts as one",
                      daypart.name),
                  say("write holidays = \"kr\" at the head of the campaign"));
  }
}

void read_head(Fields& fields, Zones& zones, Campaign& campaign) {
  Reporter& reporter = fields.reporter();
  check_format(fields);
  if (const auto id = fields.required_text("id", say("give it a name: id = \"spring-2027\""))) {
    campaign.id = CampaignId(id->text);
    if (!is_id(id->text)) {
      reporter.error(id->place, "bad-id", say("\"{}\" is no id", id->text),
                     say("use a-z, 0-9 and -, at most 64, not starting with -"));
    }
  }
  campaign.title = fields.texts("title", kTextBytesMax);
  campaign.zone = read_zone(
      fields.required_text("timezone", say("write timezone = \"Asia/Seoul\"")), zones, reporter);
  if (!campaign.holidays) campaign.holidays = read_holidays(fields);
  if (const TomlMember* member = fields.find("holidays"))
    campaign.holidays_place = member->value.place;
  if (const auto contact = fields.text("contact")) campaign.contact = contact->text;
}

void read_sections(Fields& fields, Campaign& campaign) {
  Reporter& reporter = fields.reporter();
  const TomlMember* window = fields.find("window");
  if (const TomlTable* table = fields.table("window")) {
    Fields inner(*table, window->key_place, "[window]", reporter);
    campaign.window = read_window(inner);
    inner.finish();
    check_window(campaign.window, "[window]", reporter);
  }
  if (const TomlTable* table = fields.table("dayparts")) {
    campaign.dayparts = read_dayparts(*table, reporter);
  }
  warn_of_no_calendar(campaign, reporter);
  warn_of_missing_years(fields.find("holidays"), campaign, reporter);
  if (const TomlTable* table = fields.table("places")) {
    campaign.places = read_places(*table, reporter);
  }
  if (const TomlTable* table = fields.table("styles")) {
    campaign.styles = read_styles(*table, reporter);
  }
}

// Keeps the sound items; an error inside an item costs that item alone.
void read_items(const TomlMember* items, Campaign& campaign, Reporter& reporter) {
  const TomlArray* array = items ? items->value.array() : nullptr;
  if (!array || array->empty()) {
    reporter.error(items ? items->key_place : SourcePlace{1, 1}, "empty-campaign",
                   items && !array ? say("\"item\" is {}", kind_of(items->value))
                                   : say("the campaign has no item, so it shows nothing"),
                   say("add one: [[item]] with an id and a poster or a text"));
    return;
  }
  std::set<ItemId> ids;
  for (const TomlValue& value : *array) {
    const TomlTable* table = value.table();
    if (!table) {
      reporter.error(value.place, "wrong-type", say("an item is {}", kind_of(value)),
                     say("write each item under its own [[item]]"));
      continue;
    }
    const std::size_t before = reporter.errors();
    const std::size_t styles = campaign.styles.size();
    Item item = read_item(*table, value.place, campaign, reporter);
    if (!item.id.str().empty() && !ids.insert(item.id).second) {
      reporter.error(value.place, "double-id",
                     say("another item has the id \"{}\" already", item.id.str()),
                     say("give each item an id of its own"));
    }
    if (reporter.errors() == before) {
      campaign.items.push_back(std::move(item));
    } else {
      campaign.styles.resize(styles);  // without a shipped one that this item alone asked for
    }
  }
}

}  // namespace

ParsedCampaign read_campaign(const TomlTable& table, std::string_view file, Zones& zones,
                             const HolidaysPtr& carried) {
  Reporter reporter(file);
  Campaign campaign;
  campaign.file = std::string(file);
  campaign.holidays = carried;
  Fields fields(table, {1, 1}, say("the campaign"), reporter);
  read_head(fields, zones, campaign);
  read_sections(fields, campaign);
  const TomlMember* items = fields.find("item");
  fields.finish();
  const bool campaign_is_sound = reporter.errors() == 0;

  // Items are read even where the campaign is not sound, so that all errors are heard at once.
  if (!campaign.zone) campaign.zone = std::make_shared<const Zone>(Zone::utc());
  const std::size_t before_items = reporter.errors();
  read_items(items, campaign, reporter);
  const bool is_empty = campaign.items.empty() && reporter.errors() > before_items;
  ParsedCampaign result;
  if (campaign_is_sound && !is_empty) result.campaign = std::move(campaign);
  result.findings = reporter.take();
  return result;
}

ParsedCampaign parse_campaign(std::string_view toml, std::string_view file, Zones& zones) {
  ParsedToml parsed = parse_toml(toml, file, kCampaignBytesMax);
  if (!parsed.is_good) return {std::nullopt, std::move(parsed.findings)};
  return read_campaign(parsed.table, file, zones, nullptr);
}

}  // namespace noseon
