#include "playlist/segments.h"

#include <algorithm>

#include "playlist/doubt.h"

namespace noseon {
namespace {

constexpr std::size_t kRoles = 4;

bool is_inside_any(const Campaign& campaign, const Item& item, const Context& context) {
  return std::any_of(item.near.begin(), item.near.end(), [&](std::size_t place) {
    const std::pair<std::string, std::string> fence{campaign.id.str(), campaign.places[place].name};
    return std::find(context.inside.begin(), context.inside.end(), fence) != context.inside.end();
  });
}

// An entry becoming eligible (or no longer so) at an instant.
struct Change {
  Instant at;
  EntryIndex entry;
  bool opens;
};

std::vector<Change> changes_within(const Playlist& playlist, const Context& context, Span range) {
  std::vector<Change> changes;
  std::vector<Span> spans;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    if (!is_admitted(playlist, entry, context)) continue;
    spans_in(playlist.campaign_of(entry), playlist.item_of(entry), context, range, spans);
    for (const Span& span : spans) {
      changes.push_back({span.from, entry, true});
      changes.push_back({span.until, entry, false});
    }
  }
  std::sort(changes.begin(), changes.end(),
            [](const Change& a, const Change& b) { return a.at < b.at; });
  return changes;
}

// Who is eligible as changes come in, by tier.
class Eligible {
 public:
  explicit Eligible(const Playlist& playlist)
      : playlist_(playlist), is_open_(playlist.entries.size()) {}

  void apply(const Change& change) {
    is_open_[change.entry] = change.opens;
    const auto role = static_cast<std::size_t>(playlist_.entries[change.entry].role);
    change.opens ? ++open_[role] : --open_[role];
  }

  [[nodiscard]] std::vector<EntryIndex> top_tier() const {
    const auto top =
        std::find_if(std::begin(open_), std::end(open_), [](std::size_t n) { return n > 0; });
    std::vector<EntryIndex> items;
    if (top == std::end(open_)) return items;
    const auto role = static_cast<Role>(top - std::begin(open_));
    items.reserve(*top);
    for (EntryIndex entry = 0; entry < is_open_.size(); ++entry) {
      if (is_open_[entry] && playlist_.entries[entry].role == role) items.push_back(entry);
    }
    return items;
  }

 private:
  const Playlist& playlist_;
  std::vector<bool> is_open_;
  std::size_t open_[kRoles] = {};
};

void append(std::vector<Segment>& segments, Segment segment, Instant since) {
  const bool continues =
      !segments.empty() && segments.back().items == segment.items && segment.span.from != since;
  if (continues) {
    segments.back().span.until = segment.span.until;
  } else {
    segments.push_back(std::move(segment));
  }
}

}  // namespace

bool is_admitted(const Playlist& playlist, EntryIndex entry, const Context& context) {
  if (!playlist.entries[entry].is_targeted) return false;
  const Item& item = playlist.item_of(entry);
  if (!item.routes.empty() && (!context.route || std::find(item.routes.begin(), item.routes.end(),
                                                           *context.route) == item.routes.end())) {
    return false;
  }
  return item.near.empty() || is_inside_any(playlist.campaign_of(entry), item, context);
}

std::vector<EntryIndex> eligible_at(const Playlist& playlist, const Context& context, Instant t) {
  Eligible eligible(playlist);
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    if (is_admitted(playlist, entry, context) &&
        is_open(playlist.campaign_of(entry), playlist.item_of(entry), context, t)) {
      eligible.apply({t, entry, true});
    }
  }
  return eligible.top_tier();
}

std::vector<Segment> segments_of(const Playlist& playlist, const Context& context, Span day) {
  const std::vector<Change> changes = changes_within(playlist, context, day);
  Eligible eligible(playlist);
  std::vector<Segment> segments;
  auto next = changes.begin();
  for (Instant at = day.from; at < day.until;) {
    for (; next != changes.end() && next->at <= at; ++next) eligible.apply(*next);
    Instant until = next == changes.end() ? day.until : next->at;
    if (at < context.since && context.since < until) until = context.since;
    append(segments, {{at, until}, eligible.top_tier()}, context.since);
    at = until;
  }
  return segments;
}

void for_each_segment(const Playlist& playlist, const Zone& zone, const Context& context,
                      Span range, const std::function<void(const Segment&)>& visit) {
  if (range.from >= range.until) return;
  const Day last = zone.day_of(range.until - Millis{1});
  for (Day day = zone.day_of(range.from); day <= last; day += std::chrono::days{1}) {
    const Span whole{zone.start_of(day), zone.start_of(day + std::chrono::days{1})};
    for (Segment& segment : segments_of(playlist, context, whole)) {
      segment.span.from = std::max(segment.span.from, range.from);
      segment.span.until = std::min(segment.span.until, range.until);
      if (segment.span.from < segment.span.until) visit(segment);
    }
  }
}

}  // namespace noseon
