#include "playlist/doubt.h"

#include <algorithm>

#include "playlist/days.h"
#include "playlist/times.h"

namespace noseon {
namespace {

bool has_bounds(const DayWindow& window) {
  return window.from || window.until || window.yearly;
}

// What keeps a display in doubt from being sure about an item is one of three times at which its
// days begin or end: now, at the floor, and at the end of what the floor may lag behind.
using Change = std::optional<Instant> (*)(const Campaign&, const Item&, Instant);

std::vector<Instant> changes_near(Change change, const Campaign& campaign, const Item& item,
                                  const Context& context, Instant t) {
  std::vector<Instant> near;
  const Instant floor = context.floor_at(t);
  if (const auto own = change(campaign, item, t)) near.push_back(*own);
  if (const auto begins = change(campaign, item, floor)) near.push_back(*begins + context.doubt());
  if (const auto ends = change(campaign, item, floor + kDoubtReach))
    near.push_back(*ends - kDoubtReach + context.doubt());
  return near;
}

}  // namespace

ClockNeed clock_need(const Campaign& campaign, const Item& item) {
  if (item.urgent || item.days || item.hours || !item.dayparts.empty()) return ClockNeed::hours;
  const bool has_window = has_bounds(campaign.window) || has_bounds(item.window);
  return has_window ? ClockNeed::days : ClockNeed::nothing;
}

bool is_certain(const Campaign& campaign, const Item& item, Instant floor) {
  const ClockNeed need = clock_need(campaign, item);
  if (need != ClockNeed::days) return need == ClockNeed::nothing;
  const Span reach{floor, floor + kDoubtReach + Millis{1}};
  std::vector<Span> spans;
  spans_in(campaign, item, reach, spans);
  return spans.size() == 1 && spans.front() == reach;
}

void spans_in(const Campaign& campaign, const Item& item, const Context& context, Span range,
              std::vector<Span>& spans) {
  if (!context.clock_floor) return spans_in(campaign, item, range, spans);
  const ClockNeed need = clock_need(campaign, item);
  if (need == ClockNeed::hours) return spans.clear();
  spans_in(campaign, item, range, spans);
  if (need == ClockNeed::nothing) return;
  std::vector<Span> certain;
  spans_in(campaign, item,
           {context.floor_at(range.from), context.floor_at(range.until) + kDoubtReach + Millis{1}},
           certain);
  for (Span& span : certain) {
    span.from += context.doubt();
    span.until += context.doubt() - kDoubtReach;
  }
  std::erase_if(certain, [](const Span& span) { return span.until <= span.from; });
  spans = intersect(spans, certain);
}

bool is_open(const Campaign& campaign, const Item& item, const Context& context, Instant t) {
  if (!is_open(campaign, item, t)) return false;
  return !context.clock_floor || is_certain(campaign, item, context.floor_at(t));
}

std::optional<Instant> next_change(const Campaign& campaign, const Item& item,
                                   const Context& context, Instant t) {
  if (!context.clock_floor) return next_change(campaign, item, t);
  if (clock_need(campaign, item) != ClockNeed::days) return std::nullopt;
  const bool was_open = is_open(campaign, item, context, t);
  for (Instant at = t; at <= t + kDaysAhead;) {
    const auto near = changes_near(next_change, campaign, item, context, at);
    if (near.empty()) return std::nullopt;
    at = *std::min_element(near.begin(), near.end());
    if (is_open(campaign, item, context, at) != was_open) return at;
  }
  return std::nullopt;
}

std::optional<Instant> previous_change(const Campaign& campaign, const Item& item,
                                       const Context& context, Instant t) {
  if (!context.clock_floor) return previous_change(campaign, item, t);
  if (clock_need(campaign, item) != ClockNeed::days) return std::nullopt;
  const bool is_open_then = is_open(campaign, item, context, t);
  for (Instant at = t; at >= t - kDaysAhead;) {
    const auto near = changes_near(previous_change, campaign, item, context, at);
    if (near.empty()) return std::nullopt;
    const Instant start = *std::max_element(near.begin(), near.end());
    at = start - Millis{1};
    if (is_open(campaign, item, context, at) != is_open_then) return start;
  }
  return std::nullopt;
}

}  // namespace noseon
