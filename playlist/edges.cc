#include "playlist/edges.h"

#include <algorithm>

#include "playlist/segments.h"
#include "playlist/times.h"

namespace noseon {

EdgeWalk::EdgeWalk(const Playlist& playlist, const Context& context, Instant start,
                   Direction direction)
    : playlist_(playlist), direction_(direction), is_open_(playlist.entries.size()) {
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    if (!is_admitted(playlist, entry, context)) continue;
    if (is_open(playlist.campaign_of(entry), playlist.item_of(entry), start)) flip(entry);
    expect_change(entry, start);
  }
}

std::optional<Instant> EdgeWalk::next() {
  while (!changes_.empty()) {
    const std::int64_t key = changes_.top().first;
    const Instant at{Millis{is_forward() ? key : -key}};
    if (change_at(key, at)) return at;
  }
  return std::nullopt;
}

std::optional<Role> EdgeWalk::top_role() const {
  return top() < open_.size() ? std::optional(static_cast<Role>(top())) : std::nullopt;
}

// Everything that changes at one instant. Did it change E?
bool EdgeWalk::change_at(std::int64_t key, Instant at) {
  const std::size_t top_before = top();
  bool tier_changed = false;
  std::vector<EntryIndex> changed;
  for (; !changes_.empty() && changes_.top().first == key; changes_.pop()) {
    changed.push_back(changes_.top().second);
  }
  for (const EntryIndex entry : changed) {
    flip(entry);
    tier_changed = tier_changed || role_of(entry) == top_before;
    expect_change(entry, is_forward() ? at : at - Millis{1});
  }
  return tier_changed || top() != top_before;
}

void EdgeWalk::flip(EntryIndex entry) {
  is_open_[entry] = !is_open_[entry];
  is_open_[entry] ? ++open_[role_of(entry)] : --open_[role_of(entry)];
}

void EdgeWalk::expect_change(EntryIndex entry, Instant from) {
  const Span stretch = stretch_at(playlist_.campaign_of(entry), playlist_.item_of(entry), from);
  const Instant change = is_forward() ? stretch.until : stretch.from;
  if (change == kEndOfTime || change == kBeginningOfTime) return;
  const std::int64_t ms = change.time_since_epoch().count();
  changes_.emplace(is_forward() ? ms : -ms, entry);
}

std::size_t EdgeWalk::role_of(EntryIndex entry) const {
  return static_cast<std::size_t>(playlist_.entries[entry].role);
}

std::size_t EdgeWalk::top() const {
  return static_cast<std::size_t>(
      std::find_if(open_.begin(), open_.end(), [](std::size_t n) { return n > 0; }) -
      open_.begin());
}

Span same_eligible_around(const Playlist& playlist, const Context& context, Instant t) {
  EdgeWalk back(playlist, context, t, Direction::backward);
  EdgeWalk ahead(playlist, context, t, Direction::forward);
  Span stretch{back.next().value_or(kBeginningOfTime), ahead.next().value_or(kEndOfTime)};
  if (context.since <= t) {
    stretch.from = std::max(stretch.from, context.since);
  } else {
    stretch.until = std::min(stretch.until, context.since);
  }
  return stretch;
}

}  // namespace noseon
