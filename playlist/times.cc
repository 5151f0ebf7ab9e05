#include "playlist/times.h"

#include <algorithm>

#include "playlist/days.h"

namespace noseon {
namespace {

using std::chrono::days;

// A span starts on its day and ends at most a day later; a zone may add a day of its own.
constexpr days kSpanReach{3};
// How much of a stretch is looked at in one go.
constexpr days kLook{8};

Span span_on(const Zone& zone, Day day, const Hours& hours) {
  return {zone.instant_of(Civil{day} + hours.start), zone.instant_of(Civil{day} + hours.end)};
}

void add(std::vector<Span>& spans, Span span) {
  if (span.from < span.until) spans.push_back(span);
}

// Sorts, joins what touches or overlaps.
void merge(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.from < b.from; });
  std::size_t kept = 0;
  for (const Span& span : spans) {
    if (kept > 0 && span.from <= spans[kept - 1].until) {
      spans[kept - 1].until = std::max(spans[kept - 1].until, span.until);
    } else {
      spans[kept++] = span;
    }
  }
  spans.resize(kept);
}

void clip(std::vector<Span>& spans, Span range) {
  std::size_t kept = 0;
  for (const Span& span : spans) {
    const Span part{std::max(span.from, range.from), std::min(span.until, range.until)};
    if (part.from < part.until) spans[kept++] = part;
  }
  spans.resize(kept);
}

void add_dayparts(const Campaign& campaign, const Item& item, Day day, std::vector<Span>& spans) {
  for (const std::size_t index : item.dayparts) {
    for (const DaypartEntry& entry : campaign.dayparts[index].entries) {
      if (matches(entry.days, day, campaign.holidays))
        add(spans, span_on(*campaign.zone, day, entry.hours));
    }
  }
}

bool shows_whole_days(const Item& item) {
  return !item.hours && item.dayparts.empty() && !item.urgent;
}

// A zone can leave a day out (Apia, 2011-12-30): it has no instant, so it chooses nothing.
bool has_instants(const Zone& zone, Day day) {
  return zone.start_of(day) < zone.start_of(day + days{1});
}

// All spans that start on a day of [first, last].
void spans_of_days(const Campaign& campaign, const Item& item, Day first, Day last,
                   std::vector<Span>& spans) {
  const Zone& zone = *campaign.zone;
  spans.clear();
  std::vector<Span> in_dayparts;
  for (Day day = first; day <= last; day += days{1}) {
    if (!chooses(campaign, item, day) || !has_instants(zone, day)) continue;
    if (item.hours) {
      add(spans, span_on(zone, day, *item.hours));
    } else if (item.dayparts.empty()) {
      add(spans, {zone.start_of(day), zone.start_of(day + days{1})});
    }
    add_dayparts(campaign, item, day, item.hours ? in_dayparts : spans);
  }
  merge(spans);
  if (item.hours && !item.dayparts.empty()) {
    merge(in_dayparts);
    spans = intersect(spans, in_dayparts);
  }
}

// Where it shows, it shows every day from when the windows begin to when one of them ends.
bool shows_without_gaps(const Campaign& campaign, const Item& item) {
  return !item.days && !campaign.window.yearly && !item.window.yearly;
}

// The last day that is in both windows, and the first; nothing where there is none.
std::optional<Day> last_day(const DayWindow& one, const DayWindow& other) {
  if (!one.until || !other.until) return one.until ? one.until : other.until;
  return std::min(*one.until, *other.until);
}
std::optional<Day> first_day(const DayWindow& one, const DayWindow& other) {
  if (!one.from || !other.from) return one.from ? one.from : other.from;
  return std::max(*one.from, *other.from);
}

// For items that show whole days, the stretch follows from the days alone.
std::optional<Instant> whole_day_end(const Campaign& campaign, const Item& item, Day day,
                                     bool open) {
  const Zone& zone = *campaign.zone;
  Day first = day + days{1};
  if (open && shows_without_gaps(campaign, item)) {
    const auto last = last_day(campaign.window, item.window);
    if (!last) return std::nullopt;
    first = *last + days{1};
  }
  for (Day next = first; next <= day + kDaysAhead; next += days{1}) {
    if (!open) {
      const auto chosen = next_chosen(campaign, item, next);
      if (!chosen) break;
      next = *chosen;
    }
    if (chooses(campaign, item, next) != open && has_instants(zone, next)) {
      return zone.start_of(next);
    }
  }
  return std::nullopt;
}

std::optional<Instant> whole_day_start(const Campaign& campaign, const Item& item, Day day,
                                       bool open) {
  const Zone& zone = *campaign.zone;
  Day last = day - days{1};
  if (open && shows_without_gaps(campaign, item)) {
    const auto first = first_day(campaign.window, item.window);
    if (!first) return std::nullopt;
    last = *first - days{1};
  }
  for (Day before = last; before >= day - kDaysAhead; before -= days{1}) {
    if (!open) {
      const auto chosen = previous_chosen(campaign, item, before);
      if (!chosen) break;
      before = *chosen;
    }
    if (chooses(campaign, item, before) != open && has_instants(zone, before)) {
      return zone.start_of(before + days{1});
    }
  }
  return std::nullopt;
}

// The first instant after `t` at which is_open() is no longer `open`.
std::optional<Instant> end_of_stretch(const Campaign& campaign, const Item& item, Instant t,
                                      bool open) {
  std::vector<Span> spans;
  const Instant limit = t + kDaysAhead;
  for (Instant at = t; at < limit;) {
    const Span look{at, at + kLook};
    spans_in(campaign, item, look, spans);
    if (!open && !spans.empty()) return spans.front().from;
    if (open && (spans.empty() || spans.front().from > at)) return at;
    if (open && spans.front().until < look.until) return spans.front().until;
    at = look.until;
    if (open) continue;
    const Zone& zone = *campaign.zone;
    const auto next = next_chosen(campaign, item, zone.day_of(at) - kSpanReach);
    if (!next) break;
    at = std::max(at, zone.start_of(*next));
  }
  return std::nullopt;
}

// The first instant of the stretch of `open` that reaches up to `t`.
std::optional<Instant> start_of_stretch(const Campaign& campaign, const Item& item, Instant t,
                                        bool open) {
  std::vector<Span> spans;
  const Instant limit = t - kDaysAhead;
  for (Instant at = t + Millis{1}; at > limit;) {  // everything in [at, t] is known to be `open`
    const Span look{at - kLook, at};
    spans_in(campaign, item, look, spans);
    if (!open && !spans.empty()) return spans.back().until;
    if (open && (spans.empty() || spans.back().until < at)) return at;
    if (open && spans.back().from > look.from) return spans.back().from;
    at = look.from;
    if (open) continue;
    const Zone& zone = *campaign.zone;
    const auto before = previous_chosen(campaign, item, zone.day_of(at));
    if (!before) break;
    at = std::min(at, zone.start_of(*before + kSpanReach));
  }
  return std::nullopt;
}

}  // namespace

std::vector<Span> intersect(const std::vector<Span>& a, const std::vector<Span>& b) {
  std::vector<Span> both;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    add(both, {std::max(a[i].from, b[j].from), std::min(a[i].until, b[j].until)});
    a[i].until < b[j].until ? ++i : ++j;
  }
  return both;
}

void spans_in(const Campaign& campaign, const Item& item, Span range, std::vector<Span>& spans) {
  const Day first = campaign.zone->day_of(range.from) - kSpanReach;
  const Day last = campaign.zone->day_of(range.until);
  spans_of_days(campaign, item, first, last, spans);
  if (item.urgent) {
    range = {std::max(range.from, item.urgent->from), std::min(range.until, item.urgent->until)};
  }
  clip(spans, range);
}

void spans_in(const Zone& zone, const Hours& hours, Span range, std::vector<Span>& spans) {
  const Day last = zone.day_of(range.until);
  spans.clear();
  for (Day day = zone.day_of(range.from) - kSpanReach; day <= last; day += days{1})
    if (has_instants(zone, day)) add(spans, span_on(zone, day, hours));
  merge(spans);
  clip(spans, range);
}

bool is_open(const Campaign& campaign, const Item& item, Instant t) {
  std::vector<Span> spans;
  spans_in(campaign, item, {t, t + Millis{1}}, spans);
  return !spans.empty();
}

std::optional<Instant> next_change(const Campaign& campaign, const Item& item, Instant t) {
  if (!shows_whole_days(item)) {
    return end_of_stretch(campaign, item, t, is_open(campaign, item, t));
  }
  const Day day = campaign.zone->day_of(t);
  return whole_day_end(campaign, item, day, chooses(campaign, item, day));
}

std::optional<Instant> previous_change(const Campaign& campaign, const Item& item, Instant t) {
  if (!shows_whole_days(item)) {
    return start_of_stretch(campaign, item, t, is_open(campaign, item, t));
  }
  const Day day = campaign.zone->day_of(t);
  return whole_day_start(campaign, item, day, chooses(campaign, item, day));
}

}  // namespace noseon
