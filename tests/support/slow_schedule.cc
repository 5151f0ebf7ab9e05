#include "tests/support/slow_schedule.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace noseon::slow {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::month_day;
using std::chrono::year;
using std::chrono::year_month_day;

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 Uint128;

constexpr std::int64_t kLoopSlotsMax = 100'000;

// ---------------------------------------------------------------------------------------------
// Days.

bool has_instants(const Zone& zone, Day day) {
  return instant_of(zone, Civil{day}) < instant_of(zone, Civil{day + days{1}});
}

Day first_day(month_day written, year in) {
  if (written == std::chrono::February / 29 && !in.is_leap())
    return Day{in / std::chrono::March / 1};
  return Day{in / written.month() / written.day()};
}

Day last_day(month_day written, year in) {
  if (written == std::chrono::February / 29 && !in.is_leap()) {
    return Day{in / std::chrono::February / 28};
  }
  return Day{in / written.month() / written.day()};
}

bool chooses(const Yearly& yearly, Day day) {
  const year in = year_month_day{day}.year();
  const bool has_begun = first_day(yearly.first, in) <= day;
  const bool has_not_ended = day <= last_day(yearly.last, in);
  const bool wraps = yearly.last < yearly.first;  // on the days as written
  return wraps ? has_begun || has_not_ended : has_begun && has_not_ended;
}

bool chooses(const DayWindow& window, Day day) {
  if (window.from && day < *window.from) return false;
  if (window.until && day > *window.until) return false;
  return !window.yearly || chooses(*window.yearly, day);
}

bool is_holiday(const Campaign& campaign, Day day) {
  if (!campaign.holidays) return false;
  const auto& holidays = campaign.holidays->days;
  return std::find(holidays.begin(), holidays.end(), day) != holidays.end();
}

/// "holiday" adds holidays to the weekdays, "-holiday" takes them away.
bool chooses(const Campaign& campaign, const DayPattern& pattern, Day day) {
  bool is_chosen = pattern.weekdays[std::chrono::weekday{day}.c_encoding()];
  if (pattern.holidays && is_holiday(campaign, day)) is_chosen = true;
  if (pattern.not_holidays && is_holiday(campaign, day)) is_chosen = false;
  return is_chosen;
}

bool is_chosen(const Campaign& campaign, const Item& item, Day day) {
  return chooses(campaign.window, day) && chooses(item.window, day) &&
         (!item.days || chooses(campaign, *item.days, day)) && has_instants(*campaign.zone, day);
}

/// A span is at most a day long, so one that contains `t` starts on one of these, generously.
std::vector<Day> start_days_around(const Zone& zone, Instant t) {
  const Day today = day_of(zone, t);
  return {today - days{3}, today - days{2}, today - days{1}, today, today + days{1}};
}

// ---------------------------------------------------------------------------------------------
// Spans.

Span span_on(const Zone& zone, Day day, const Hours& of_day) {
  return {instant_of(zone, Civil{day} + of_day.start), instant_of(zone, Civil{day} + of_day.end)};
}

constexpr Hours kWholeDay{};

bool lies_in_hours(const Campaign& campaign, const Item& item, const Hours& of_day, Instant t) {
  for (const Day day : start_days_around(*campaign.zone, t)) {
    if (is_chosen(campaign, item, day) && span_on(*campaign.zone, day, of_day).contains(t)) {
      return true;
    }
  }
  return false;
}

bool lies_in_entry(const Campaign& campaign, const Item& item, const DaypartEntry& entry,
                   Instant t) {
  for (const Day day : start_days_around(*campaign.zone, t)) {
    if (is_chosen(campaign, item, day) && chooses(campaign, entry.days, day) &&
        span_on(*campaign.zone, day, entry.hours).contains(t)) {
      return true;
    }
  }
  return false;
}

bool lies_in_dayparts(const Campaign& campaign, const Item& item, Instant t) {
  for (const std::size_t part : item.dayparts) {
    for (const DaypartEntry& entry : campaign.dayparts[part].entries) {
      if (lies_in_entry(campaign, item, entry, t)) return true;
    }
  }
  return false;
}

bool is_inside_window(const Campaign& campaign, const Item& item, Instant t) {
  if (!item.hours && item.dayparts.empty()) return lies_in_hours(campaign, item, kWholeDay, t);
  if (item.hours && !lies_in_hours(campaign, item, *item.hours, t)) return false;
  return item.dayparts.empty() || lies_in_dayparts(campaign, item, t);
}

// ---------------------------------------------------------------------------------------------
// A clock that nothing confirms: how far it is ahead of what is certain stays as it is while time
// passes.

constexpr hours kReach{72};

Instant certain_at(const Context& context, Instant t) {
  return *context.clock_floor + (t - context.since);
}

bool asks_for_days(const DayWindow& window) {
  return window.from.has_value() || window.until.has_value() || window.yearly.has_value();
}

/// Every civil day from the floor to three times 24 h after it is chosen; "-holiday" and the like
/// do not come into it, for what has days waits.
bool is_certain(const Campaign& campaign, const Item& item, const Context& context, Instant t) {
  if (!context.clock_floor) return true;
  if (item.urgent || item.days || item.hours || !item.dayparts.empty()) return false;
  if (!asks_for_days(campaign.window) && !asks_for_days(item.window)) return true;
  const Instant floor = certain_at(context, t);
  const Zone& zone = *campaign.zone;
  for (Day day = day_of(zone, floor); day <= day_of(zone, floor + kReach); day += days{1}) {
    if (has_instants(zone, day) && !is_chosen(campaign, item, day)) return false;
  }
  return true;
}

// ---------------------------------------------------------------------------------------------
// The rest of what an item may ask for.

bool is_on_route(const Item& item, const Context& context) {
  if (item.routes.empty()) return true;
  return context.route &&
         std::find(item.routes.begin(), item.routes.end(), *context.route) != item.routes.end();
}

bool is_near(const Campaign& campaign, const Item& item, const Context& context) {
  if (item.near.empty()) return true;
  for (const std::size_t place : item.near) {
    const std::pair fence{campaign.id.str(), campaign.places[place].name};
    if (std::find(context.inside.begin(), context.inside.end(), fence) != context.inside.end()) {
      return true;
    }
  }
  return false;
}

// ---------------------------------------------------------------------------------------------
// Loops.

std::vector<std::int64_t> divided_by_gcd(std::vector<std::int64_t> weights) {
  std::int64_t gcd = 0;
  for (const std::int64_t weight : weights) gcd = std::gcd(gcd, weight);
  for (std::int64_t& weight : weights) weight /= gcd;
  return weights;
}

/// The weights of a tier, as turns in its loop.
std::vector<std::int64_t> turns_of(const Playlist& playlist,
                                   const std::vector<EntryIndex>& entries) {
  std::vector<std::int64_t> weights;
  for (const EntryIndex entry : entries) weights.push_back(playlist.entries[entry].weight);
  while (true) {
    const std::vector<std::int64_t> turns = divided_by_gcd(weights);
    const std::int64_t slots = std::accumulate(turns.begin(), turns.end(), std::int64_t{0});
    if (slots <= kLoopSlotsMax) return turns;
    for (std::int64_t& weight : weights) weight = (weight + 1) / 2;
  }
}

struct Round {
  std::vector<EntryIndex> slots;
  Millis length{0};
};

Round loop_of(const Playlist& playlist, const std::vector<EntryIndex>& entries) {
  Round loop;
  for (const std::uint32_t index : assign_turns(turns_of(playlist, entries))) {
    loop.slots.push_back(entries[index]);
    loop.length += playlist.entries[entries[index]].length;
  }
  return loop;
}

/// The turns that touch the segment, not yet clipped, walked one by one from the day's start.
std::vector<Slot> turns_touching(const Playlist& playlist, const Display& display,
                                 const Segment& segment) {
  const Round loop = loop_of(playlist, segment.entries);
  // At start(D) the loop is offset(D, L) into itself, so one of its rounds began that much earlier.
  Instant t =
      instant_of(*display.zone, Civil{segment.day}) - phase_offset(segment.day, loop.length);
  std::vector<Slot> turns;
  for (std::size_t k = 0; t < segment.span.until; ++k) {
    const EntryIndex entry = loop.slots[k % loop.slots.size()];
    const Instant end = t + playlist.entries[entry].length;
    if (end > segment.span.from) turns.push_back({entry, t, end});
    t = end;
  }
  return turns;
}

Millis threshold(const Playlist& playlist, EntryIndex entry) {
  return std::min(Millis{3000}, playlist.entries[entry].length);
}

void clip(std::vector<Slot>& slots, Span range) {
  std::erase_if(slots, [&](const Slot& slot) {
    return slot.until <= range.from || slot.from >= range.until;
  });
  for (Slot& slot : slots) {
    slot.from = std::max(slot.from, range.from);
    slot.until = std::min(slot.until, range.until);
  }
}

/// A stretch of the fallback card is one slot, midnight or not.
void join_fallback(std::vector<Slot>& slots, Instant since) {
  std::vector<Slot> joined;
  for (const Slot& slot : slots) {
    if (!joined.empty() && !joined.back().entry && !slot.entry && slot.from != since) {
      joined.back().until = slot.until;
    } else {
      joined.push_back(slot);
    }
  }
  slots = joined;
}

}  // namespace

Instant instant_of(const Zone& zone, Civil civil) {
  // No clock is more than 14 h ahead of UTC, so this is before. From there look on in steps of
  // three hours, or of a minute where the clock is changed within them.
  Instant t = std::chrono::floor<hours>(Instant{civil.time_since_epoch()}) - hours{15};
  while (true) {
    const bool is_steady = zone.offset_at(t) == zone.offset_at(t + hours{3} - Millis{1});
    const Millis step = is_steady ? Millis{hours{3}} : Millis{minutes{1}};
    const Civil shown = zone.civil_at(t);
    if (shown >= civil) return t;
    if (shown + step > civil) return t + (civil - shown);
    t += step;
  }
}

Day day_of(const Zone& zone, Instant t) {
  Day day = to_day(zone.civil_at(t)) + days{1};
  while (instant_of(zone, Civil{day}) > t) day -= days{1};
  return day;
}

bool is_eligible(const Playlist& playlist, EntryIndex entry, const Context& context, Instant t) {
  const Campaign& campaign = playlist.campaign_of(entry);
  const Item& item = playlist.item_of(entry);
  if (item.urgent && (t < item.urgent->from || t >= item.urgent->until)) return false;
  return playlist.entries[entry].is_targeted && is_on_route(item, context) &&
         is_near(campaign, item, context) && is_inside_window(campaign, item, t) &&
         is_certain(campaign, item, context, t);
}

std::vector<EntryIndex> taking_turns(const Playlist& playlist, const Context& context, Instant t) {
  std::vector<EntryIndex> eligible;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    if (is_eligible(playlist, entry, context, t)) eligible.push_back(entry);
  }
  for (const Role role : {Role::urgent, Role::takeover, Role::normal, Role::filler}) {
    std::vector<EntryIndex> tier;
    for (const EntryIndex entry : eligible) {
      if (playlist.entries[entry].role == role) tier.push_back(entry);
    }
    if (!tier.empty()) return tier;
  }
  return {};
}

std::vector<Instant> possible_edges(const Playlist& playlist, const Context& context, Span range) {
  std::vector<Instant> edges;
  if (context.clock_floor) {
    // What begins or ends at the floor, or at the end of its reach, is an edge now.
    const Millis ahead = context.since - *context.clock_floor;
    Context trusted = context;
    trusted.clock_floor.reset();
    for (const Millis shift : {ahead, ahead - kReach}) {
      for (const Instant edge :
           possible_edges(playlist, trusted, {range.from - shift, range.until - shift})) {
        edges.push_back(edge + shift);
      }
    }
  }
  for (EntryIndex index = 0; index < playlist.entries.size(); ++index) {
    const Campaign& campaign = playlist.campaign_of(index);
    const Item& item = playlist.item_of(index);
    if (item.urgent) edges.insert(edges.end(), {item.urgent->from, item.urgent->until});
    std::vector<Hours> spans{kWholeDay};
    if (item.hours) spans.push_back(*item.hours);
    for (const std::size_t part : item.dayparts) {
      for (const DaypartEntry& entry : campaign.dayparts[part].entries)
        spans.push_back(entry.hours);
    }
    const Day last = day_of(*campaign.zone, range.until) + days{1};
    for (Day day = day_of(*campaign.zone, range.from) - days{3}; day <= last; day += days{1}) {
      for (const Hours& span : spans) {
        const Span on_day = span_on(*campaign.zone, day, span);
        edges.insert(edges.end(), {on_day.from, on_day.until});
      }
    }
  }
  std::erase_if(edges, [&](Instant edge) { return !range.contains(edge); });
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

std::vector<Segment> segments(const Playlist& playlist, const Display& display,
                              const Context& context, Span range) {
  std::vector<Segment> result;
  const Day last = day_of(*display.zone, range.until - Millis{1});
  for (Day day = day_of(*display.zone, range.from); day <= last; day += days{1}) {
    const Span whole = span_on(*display.zone, day, kWholeDay);
    if (whole.from >= whole.until) continue;  // a day that the zone left out
    std::vector<Instant> cuts = possible_edges(playlist, context, whole);
    if (whole.contains(context.since)) cuts.push_back(context.since);
    cuts.push_back(whole.from);
    std::sort(cuts.begin(), cuts.end());
    cuts.erase(std::unique(cuts.begin(), cuts.end()), cuts.end());
    cuts.push_back(whole.until);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      const Span piece{cuts[i], cuts[i + 1]};
      const std::vector<EntryIndex> entries = taking_turns(playlist, context, piece.from);
      if (piece.from != whole.from && piece.from != context.since &&
          result.back().entries == entries) {
        result.back().span.until = piece.until;
      } else {
        result.push_back({piece, day, entries});
      }
    }
  }
  return result;
}

std::vector<std::uint32_t> assign_turns(const std::vector<std::int64_t>& weights) {
  const std::int64_t slots = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
  if (weights.size() == 1) return std::vector<std::uint32_t>(static_cast<std::size_t>(slots), 0);
  // Both conditions of the rule, times 2n-2: an item may take slot t where
  //   w*t/W - x >= 1/(2n-2),  that is  (2n-2) * (w*t - x*W) >= W,
  // and its deadline (x + 1 - 1/(2n-2)) * W/w compares as ((2n-2) * (x+1) - 1) / w.
  const Int128 m = 2 * static_cast<Int128>(weights.size()) - 2;
  std::vector<std::int64_t> given(weights.size(), 0);
  std::vector<std::uint32_t> result;
  for (std::int64_t t = 1; t <= slots; ++t) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const Int128 owed =
          static_cast<Int128>(weights[i]) * t - static_cast<Int128>(given[i]) * slots;
      if (m * owed < slots) continue;
      const Int128 deadline = m * (given[i] + 1) - 1;
      if (!first || deadline * weights[*first] < (m * (given[*first] + 1) - 1) * weights[i]) {
        first = i;
      }
    }
    CHECK(first.has_value());
    ++given[*first];
    result.push_back(static_cast<std::uint32_t>(*first));
  }
  return result;
}

Millis phase_offset(Day day, Millis loop) {
  const auto d = static_cast<std::uint64_t>(day.time_since_epoch().count());
  const std::uint64_t turned = d * 11400714819323198485U;  // mod 2^64
  const Uint128 product = static_cast<Uint128>(loop.count()) * turned;
  return Millis{static_cast<std::int64_t>(product >> 64U)};
}

std::vector<Slot> lay(const Playlist& playlist, const Display& display, const Segment& segment) {
  const Span span = segment.span;
  if (segment.entries.empty()) return {Slot{std::nullopt, span.from, span.until}};

  const std::vector<Slot> turns = turns_touching(playlist, display, segment);
  std::vector<Slot> slots = turns;
  clip(slots, span);
  const auto is_sliver = [&](const Slot& slot) {
    return slot.until - slot.from < threshold(playlist, *slot.entry);
  };

  // A segment shorter than the threshold of the turn that contains its first instant shows that
  // turn throughout;
  if (span.until - span.from < threshold(playlist, *turns.front().entry)) {
    return {Slot{turns.front().entry, span.from, span.until}};
  }
  // then, if the first slot was clipped at its start to less than its threshold, the next slot
  // covers it;
  const bool clipped_at_start = turns.front().from < span.from;
  if (clipped_at_start && is_sliver(slots.front()) && slots.size() > 1) {
    slots[1].from = span.from;
    slots.erase(slots.begin());
  }
  // then, if the last was clipped at its end to less, and is not alone, the one before covers it.
  const bool clipped_at_end = turns.back().until > span.until;
  if (clipped_at_end && is_sliver(slots.back()) && slots.size() > 1) {
    slots[slots.size() - 2].until = span.until;
    slots.pop_back();
  }
  return slots;
}

std::vector<Slot> plan(const Playlist& playlist, const Display& display, const Context& context,
                       Span range) {
  if (range.from >= range.until) return {};
  std::vector<Slot> result;
  for (const Segment& segment : segments(playlist, display, context, range)) {
    const std::vector<Slot> slots = lay(playlist, display, segment);
    result.insert(result.end(), slots.begin(), slots.end());
  }
  join_fallback(result, context.since);
  clip(result, range);
  return result;
}

Shown showing_at(const Playlist& playlist, const Display& display, const Context& context,
                 Instant now) {
  Shown shown;
  for (const Segment& segment : segments(playlist, display, context, {now, now + Millis{1}})) {
    if (segment.span.contains(now)) shown.segment = segment;
  }
  for (const Slot& slot : lay(playlist, display, shown.segment)) {
    if (slot.from <= now && now < slot.until) shown.slot = slot;
  }
  if (shown.segment.entries.empty()) return shown;
  const Round loop = loop_of(playlist, shown.segment.entries);
  shown.turns = loop.slots;
  shown.loop_length = loop.length;
  return shown;
}

}  // namespace noseon::slow
