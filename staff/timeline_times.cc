#include "staff/timeline_times.h"

#include <algorithm>

#include "playlist/doubt.h"
#include "playlist/segments.h"

namespace noseon {
namespace {

void append(std::vector<Span>& spans, Span span) {
  if (span.from >= span.until) return;
  if (!spans.empty() && spans.back().until == span.from) {
    spans.back().until = span.until;
  } else {
    spans.push_back(span);
  }
}

// What of `all` is not in `taken`; both ascending, each of `taken` within one of `all`.
std::vector<Span> without(const std::vector<Span>& all, const std::vector<Span>& taken) {
  std::vector<Span> rest;
  auto next = taken.begin();
  for (const Span& span : all) {
    Instant at = span.from;
    for (; next != taken.end() && next->from < span.until; ++next) {
      append(rest, {at, next->from});
      at = std::min(next->until, span.until);
      if (next->until > span.until) break;
    }
    append(rest, {at, span.until});
  }
  return rest;
}

}  // namespace

TimelineTimes timeline_times(const Playlist& playlist, const Zone& zone, const Context& context,
                             Span range, std::size_t items) {
  TimelineTimes times;
  times.items.resize(items);
  for_each_segment(playlist, zone, context, range, [&](const Segment& segment) {
    if (segment.items.empty()) return append(times.card, segment.span);
    const Role role = playlist.entries[segment.items.front()].role;
    append(times.tiers.at(static_cast<std::size_t>(role)), segment.span);
    for (const EntryIndex entry : segment.items) {
      if (entry < items) append(times.items[entry].turns, segment.span);
    }
  });
  std::vector<Span> open;
  for (EntryIndex entry = 0; entry < items; ++entry) {
    ItemTimes& item = times.items[entry];
    item.is_admitted = is_admitted(playlist, entry, context);
    if (!item.is_admitted) continue;
    spans_in(playlist.campaign_of(entry), playlist.item_of(entry), context, range, open);
    item.shadowed = without(open, item.turns);
  }
  return times;
}

Millis total(const std::vector<Span>& spans) {
  Millis sum{0};
  for (const Span& span : spans) sum += span.until - span.from;
  return sum;
}

}  // namespace noseon
