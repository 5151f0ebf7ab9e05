#include "tests/support/random_playlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace noseon {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month_day;
using std::chrono::year_month_day;

// Beyond the obvious ones: Lord Howe shifts by half an hour, Apia left out a day, Havana and Beirut
// change at midnight, Santiago from 24:00 back to 23:00, St. John's (until 2011) at a minute past
// midnight, so that a civil date came twice.
constexpr std::array kZones{
    "Asia/Seoul",       "America/New_York", "Europe/London",    "Australia/Lord_Howe",
    "Pacific/Apia",     "Asia/Kathmandu",   "America/Havana",   "UTC",
    "America/Santiago", "Asia/Beirut",      "America/St_Johns",
};

struct Moment {
  const char* zone;
  const char* civil;
};
// Clock changes (2027 by the rules of 2026), ends of years, leap days.
constexpr std::array kMoments{
    Moment{"America/New_York", "2027-03-14 02:00"},
    Moment{"America/New_York", "2026-11-01 01:00"},
    Moment{"Europe/London", "2027-03-28 01:00"},
    Moment{"Europe/London", "2027-10-31 01:00"},
    Moment{"Australia/Lord_Howe", "2027-04-04 02:00"},
    Moment{"Australia/Lord_Howe", "2026-10-04 02:00"},
    Moment{"Pacific/Apia", "2011-12-30 00:00"},
    Moment{"Pacific/Apia", "2011-12-31 00:00"},
    Moment{"America/Havana", "2027-03-14 00:00"},
    Moment{"America/Havana", "2026-11-01 00:30"},
    Moment{"America/Santiago", "2027-04-03 23:30"},
    Moment{"America/Santiago", "2027-09-05 00:00"},
    Moment{"Asia/Beirut", "2027-03-28 00:00"},
    Moment{"Asia/Beirut", "2026-10-24 23:30"},
    Moment{"America/St_Johns", "2010-11-07 00:00"},
    Moment{"America/St_Johns", "2011-03-13 00:01"},
    Moment{"Asia/Seoul", "2027-01-01 00:00"},
    Moment{"UTC", "2027-12-31 23:59"},
    Moment{"Asia/Seoul", "2028-02-29 00:00"},
    Moment{"Asia/Seoul", "2028-03-01 00:00"},
    Moment{"Asia/Seoul", "2027-02-28 12:00"},
    Moment{"UTC", "2027-03-01 00:00"},
    Moment{"Asia/Kathmandu", "2026-06-15 08:00"},
    Moment{"Asia/Seoul", "2027-02-25 20:00"},
    Moment{"Europe/London", "1969-12-31 12:00"},
};

const std::vector<std::string> kRoutes{"421", "N16", "마을버스"};

ZonePtr zone_of(const std::string& name) {
  static SystemZones zones;
  Result<ZonePtr> zone = zones.find(name);
  CHECK(zone.has_value());
  return *zone;
}

ZonePtr random_zone(Dice& dice, const ZonePtr& likely) {
  if (dice.one_in(2)) return likely;
  return zone_of(kZones.at(static_cast<std::size_t>(dice.between(0, kZones.size() - 1))));
}

const Moment& random_moment(Dice& dice) {
  return kMoments.at(static_cast<std::size_t>(dice.between(0, kMoments.size() - 1)));
}

Instant instant_of(const Moment& moment) {
  const auto civil = parse_civil(moment.civil);
  CHECK(civil.has_value());
  return zone_of(moment.zone)->instant_of(*civil);
}

month_day month_day_of(Day day) {
  const year_month_day date{day};
  return date.month() / date.day();
}

/// Around the moment, wherever it is a day off.
struct Around {
  Instant moment;
  ZonePtr zone;  ///< where the clocks change at the moment
  Day day;
  /// Times of day at which several spans begin or end, so that edges meet and nearly meet.
  std::vector<Millis> times;
  bool has_short_turns = false;
  bool has_mixed_roles = false;
};

Yearly random_yearly(Dice& dice, const Around& around) {
  const month_day leap_day = std::chrono::February / 29;
  const auto near = [&](int reach) {
    if (dice.one_in(8)) return leap_day;
    return month_day_of(around.day + days{dice.between(-reach, reach)});
  };
  switch (dice.between(0, 3)) {
    case 0:
      return {near(3), near(3)};  // wraps as often as not
    case 1:
      return {near(300), near(300)};
    case 2:
      return {leap_day, dice.one_in(2) ? leap_day : near(2)};
    default:
      return {near(2), leap_day};
  }
}

DayWindow random_window(Dice& dice, const Around& around) {
  DayWindow window;
  if (dice.one_in(3)) window.from = around.day - days{dice.between(-1, 3)};
  if (dice.one_in(3)) window.until = around.day + days{dice.between(-1, 3)};
  if (window.from && window.until && *window.until < *window.from) {
    std::swap(window.from, window.until);
  }
  if (dice.one_in(4)) window.yearly = random_yearly(dice, around);
  return window;
}

DayPattern random_days(Dice& dice) {
  DayPattern pattern;
  for (bool& chosen : pattern.weekdays) chosen = !dice.one_in(3);
  if (dice.one_in(3)) (dice.one_in(2) ? pattern.holidays : pattern.not_holidays) = true;
  return pattern;
}

/// Every other day around, more or less.
HolidaysPtr random_holidays(Dice& dice, const Around& around) {
  if (dice.one_in(4)) return nullptr;
  auto calendar = std::make_shared<HolidayCalendar>();
  for (Day day = around.day - days{8}; day <= around.day + days{8}; day += days{1})
    if (dice.one_in(2)) calendar->days.push_back(day);
  return calendar;
}

Hours random_hours(Dice& dice, const Around& around) {
  constexpr Millis kDay = hours{24};
  if (dice.one_in(12)) return {};
  const auto wrapped = [&](Millis time) { return (time % kDay + kDay) % kDay; };
  const auto near_a_shared_time = [&] {
    Millis time = dice.pick(around.times);
    if (dice.one_in(2)) time += Millis{dice.between(-7000, 7000)};  // slivers
    return wrapped(time);
  };
  const Millis start = near_a_shared_time();
  static const std::vector<int> kThresholds{1000, 1500, 2000, 2999, 3000, 3001};
  if (dice.one_in(8)) return {start, start + Millis{dice.pick(kThresholds)}};
  if (dice.one_in(6)) return {start, start + Millis{dice.between(1, 5000)}};
  if (dice.one_in(12)) return {start, start + kDay};  // a day that starts late
  const Millis end = dice.one_in(10) ? kDay : near_a_shared_time();
  return {start, end <= start ? end + kDay : end};
}

Daypart random_daypart(Dice& dice, const Around& around, std::size_t number) {
  Daypart part;
  part.name = fmt::format("part-{}", number);
  for (auto entries = dice.between(1, 3); entries > 0; --entries) {
    part.entries.push_back(
        {dice.one_in(2) ? random_days(dice) : DayPattern{}, random_hours(dice, around)});
  }
  return part;
}

Role random_role(Dice& dice, const Around& around) {
  static const std::vector<Role> kRoles{Role::normal,   Role::normal, Role::filler,
                                        Role::takeover, Role::urgent, Role::urgent};
  if (!around.has_mixed_roles) return dice.one_in(12) ? Role::filler : Role::normal;
  return dice.pick(kRoles);
}

int random_weight(Dice& dice, int style) {
  static const std::vector<int> kCoprime{2, 3, 5, 7, 11, 13, 17};
  static const std::vector<int> kLarge{1000, 999, 998, 750, 500, 1};
  switch (style) {
    case 0:
      return 1;
    case 1:
      return dice.pick(kCoprime);
    case 2:
      return dice.one_in(3) ? static_cast<int>(dice.between(1, 1000)) : dice.pick(kLarge);
    case 3:
      return 6;
    default:
      return static_cast<int>(dice.between(1, 4));
  }
}

Millis random_length(Dice& dice, const Around& around) {
  static const std::vector<int> kLengths{8000, 8000, 5000, 10'000, 30'000, 60'000, 600'000};
  static const std::vector<int> kShort{1000, 1500, 2000, 2999, 3000, 3001};
  if (around.has_short_turns && dice.one_in(2)) return Millis{dice.pick(kShort)};
  if (dice.one_in(4)) return Millis{dice.between(3001, 60'000)};
  return Millis{dice.pick(kLengths)};
}

UrgentSpan random_urgent_span(Dice& dice, Instant moment) {
  const Instant from = moment + Millis{dice.between(-24 * 3'600'000, 12 * 3'600'000)};
  const std::int64_t length = dice.one_in(3) ? dice.between(1, 9000) : dice.between(1, 86'400'000);
  return {from, from + Millis{length}};
}

/// Indices below `size`, in order: sometimes none, often one, sometimes all.
std::vector<std::size_t> random_choice(Dice& dice, std::size_t size, std::int64_t one_in) {
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < size; ++i) {
    if (dice.one_in(one_in)) chosen.push_back(i);
  }
  return chosen;
}

Item random_item(Dice& dice, const Around& around, const Campaign& campaign, int weights) {
  Item item;
  item.id = ItemId{fmt::format("item-{}", campaign.items.size())};
  item.text = {{"en", "text"}};
  item.role = random_role(dice, around);
  item.weight = random_weight(dice, weights);
  item.seconds = random_length(dice, around);
  if (item.role == Role::urgent) {
    item.urgent = random_urgent_span(dice, around.moment);
  } else if (dice.one_in(3)) {
    item.window = random_window(dice, around);
  }
  if (dice.one_in(5)) item.days = random_days(dice);
  if (dice.one_in(2)) item.hours = random_hours(dice, around);
  if (dice.one_in(2)) item.dayparts = random_choice(dice, campaign.dayparts.size(), 2);
  if (dice.one_in(10)) item.routes = {dice.pick(kRoutes), dice.pick(kRoutes)};
  if (dice.one_in(10)) item.near = random_choice(dice, campaign.places.size(), 2);
  return item;
}

Campaign random_campaign(Dice& dice, const Around& around, std::size_t number) {
  Campaign campaign;
  campaign.id = CampaignId{fmt::format("campaign-{}", number)};
  campaign.zone = random_zone(dice, around.zone);
  if (dice.one_in(5)) campaign.window = random_window(dice, around);
  campaign.holidays = random_holidays(dice, around);
  for (auto parts = dice.between(0, 3); parts > 0; --parts) {
    campaign.dayparts.push_back(random_daypart(dice, around, campaign.dayparts.size()));
  }
  for (const char* name : {"station", "square"}) {
    GeoPlace place;
    place.name = name;
    place.radius_m = 600;
    campaign.places.push_back(place);
  }
  // Mostly one manner of weights in a case, or none would ever be equal.
  const int weights = static_cast<int>(dice.between(0, 4));
  for (auto items = dice.between(1, 7); items > 0; --items) {
    campaign.items.push_back(random_item(dice, around, campaign, weights));
  }
  return campaign;
}

void add_entries(Dice& dice, Playlist& playlist) {
  for (std::uint32_t c = 0; c < playlist.campaigns.size(); ++c) {
    for (std::uint32_t i = 0; i < playlist.campaigns[c].items.size(); ++i) {
      const Item& item = playlist.campaigns[c].items[i];
      playlist.entries.push_back({c, i, *item.seconds, item.role, item.weight, !dice.one_in(20)});
    }
  }
  if (playlist.entries.size() > 12) playlist.entries.resize(12);
}

std::string date_of(month_day day) {
  return fmt::format("{:02}-{:02}", unsigned{day.month()}, unsigned{day.day()});
}

std::string text_of(const DayWindow& window) {
  std::string text;
  if (window.from) text += " from=" + to_string(*window.from);
  if (window.until) text += " until=" + to_string(*window.until);
  if (window.yearly) {
    text +=
        fmt::format(" yearly={}/{}", date_of(window.yearly->first), date_of(window.yearly->last));
  }
  return text;
}

std::string text_of(const DayPattern& pattern) {
  static constexpr std::string_view kLetters = "SMTWTFS";
  std::string text;
  for (std::size_t i = 0; i < 7; ++i) text += pattern.weekdays.at(i) ? kLetters.at(i) : '-';
  if (pattern.holidays) text += "+holiday";
  if (pattern.not_holidays) text += "-holiday";
  return text;
}

std::string text_of(const Hours& span) {
  const Civil midnight{};  // 1970-01-01: a span past midnight reads as the day after
  return to_string(midnight + span.start).substr(11) + "-" +
         to_string(midnight + span.end).substr(8);
}

std::string text_of(Instant instant) {
  if (instant == kBeginningOfTime) return "ever";
  return to_rfc3339(instant, std::chrono::seconds{0});
}

std::string text_of(const Playlist& playlist, EntryIndex index) {
  const Entry& entry = playlist.entries[index];
  const Item& item = playlist.item_of(index);
  std::string text =
      fmt::format("  [{}] {}/{} {} weight={} {}ms", index, playlist.campaign_of(index).id.str(),
                  item.id.str(), to_string(entry.role), entry.weight, entry.length.count());
  text += text_of(item.window);
  if (item.urgent) {
    text += fmt::format(" urgent={}..{}", text_of(item.urgent->from), text_of(item.urgent->until));
  }
  if (item.days) text += " days=" + text_of(*item.days);
  if (item.hours) text += " hours=" + text_of(*item.hours);
  for (const std::size_t part : item.dayparts) text += fmt::format(" part-{}", part);
  for (const std::string& route : item.routes) text += " route=" + route;
  for (const std::size_t place : item.near) {
    text += " near=" + playlist.campaign_of(index).places[place].name;
  }
  if (!entry.is_targeted) text += " not-targeted";
  return text + "\n";
}

std::string text_of(const Campaign& campaign) {
  std::string text =
      fmt::format(" {} {}{}", campaign.id.str(), campaign.zone->name(), text_of(campaign.window));
  if (campaign.holidays)
    for (const Day day : campaign.holidays->days) text += " holiday=" + to_string(day);
  text += "\n";
  for (const Daypart& part : campaign.dayparts) {
    text += "  " + part.name + ":";
    for (const DaypartEntry& entry : part.entries) {
      text += fmt::format(" {} {};", text_of(entry.days), text_of(entry.hours));
    }
    text += "\n";
  }
  return text;
}

}  // namespace

Context random_context(Dice& dice, const Playlist& playlist, Instant moment) {
  Context context;
  if (dice.one_in(2)) context.route = dice.one_in(4) ? "unknown" : dice.pick(kRoutes);
  for (const Campaign& campaign : playlist.campaigns) {
    for (const GeoPlace& place : campaign.places) {
      if (dice.one_in(3)) context.inside.emplace_back(campaign.id.str(), place.name);
    }
  }
  if (dice.one_in(3)) context.since = moment + Millis{dice.between(-86'400'000, 21'600'000)};
  if (dice.one_in(4)) {
    // In doubt, by nothing, by days or by a year: what is certain lies near the same windows.
    constexpr std::int64_t kDayMs = 86'400'000;
    if (context.since == kBeginningOfTime)
      context.since = moment - Millis{dice.between(0, 3 * kDayMs)};
    const std::int64_t behind = dice.pick(std::vector<std::int64_t>{0, 5 * kDayMs, 400 * kDayMs});
    context.clock_floor = context.since - Millis{dice.between(0, behind)};
  }
  return context;
}

RandomCase random_case(std::uint64_t seed) {
  Dice dice{seed};
  RandomCase random;
  random.seed = seed;
  Around around;
  const Moment& moment = random_moment(dice);
  around.moment = random.moment = instant_of(moment);
  around.zone = zone_of(moment.zone);
  random.display.zone = random_zone(dice, around.zone);
  around.day = to_day(random.display.zone->civil_at(random.moment));
  around.has_short_turns = dice.one_in(3);
  around.has_mixed_roles = dice.one_in(3);
  for (int i = 0; i < 5; ++i) {
    const std::int64_t minute =
        dice.one_in(2) ? dice.between(0, 4 * 60) : dice.between(0, 24 * 60 - 1);
    around.times.push_back(minutes{dice.one_in(2) ? minute / 30 * 30 : minute});
  }
  const std::int64_t campaigns = dice.between(1, 3);
  for (std::int64_t c = 0; c < campaigns; ++c) {
    random.playlist.campaigns.push_back(random_campaign(dice, around, static_cast<std::size_t>(c)));
  }
  add_entries(dice, random.playlist);
  random.context = random_context(dice, random.playlist, random.moment);

  const std::int64_t hours_max = around.has_short_turns ? 8 : 36;
  const Millis before = minutes{dice.between(20, hours_max * 60)};
  const Millis after = minutes{dice.between(20, hours_max * 60)};
  random.range = {random.moment - before, random.moment + after + Millis{dice.between(0, 999)}};
  return random;
}

std::string describe(const RandomCase& random) {
  std::string text = fmt::format("NOSEON_SEED={} repeats this case:\n", random.seed);
  for (const Campaign& campaign : random.playlist.campaigns) text += text_of(campaign);
  for (EntryIndex i = 0; i < random.playlist.entries.size(); ++i) {
    text += text_of(random.playlist, i);
  }
  text += fmt::format(" display {}, since {}", random.display.zone->name(),
                      text_of(random.context.since));
  if (random.context.route) text += ", route " + *random.context.route;
  for (const auto& [campaign, place] : random.context.inside) {
    text += fmt::format(", inside {}/{}", campaign, place);
  }
  text +=
      fmt::format("\n range {} .. {}\n", text_of(random.range.from), text_of(random.range.until));
  return text;
}

}  // namespace noseon
