#include "playlist/edges.h"

#include <algorithm>

#include "playlist/doubt.h"
#include "playlist/segments.h"

namespace noseon {
namespace {

constexpr std::size_t kRoles = 4;

}  // namespace

EdgeWalk::EdgeWalk(const Playlist& playlist, const Context& context, Instant start,
                   Direction direction)
    : playlist_(playlist),
      context_(context),
      direction_(direction),
      at_(start),
      tiers_(kRoles),
      watches_(playlist.entries.size()) {
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    if (!is_admitted(playlist, entry, context)) continue;
    tiers_[static_cast<std::size_t>(playlist.entries[entry].role)].push_back(entry);
  }
  look();
}

std::optional<Instant> EdgeWalk::next() {
  if (!nearest_) return std::nullopt;
  const Instant edge = *nearest_;
  at_ = direction_ == Direction::forward ? edge : edge - Millis{1};
  look();
  return edge;
}

// From the highest tier down to the one that plays: whatever changes first there is the next edge.
void EdgeWalk::look() {
  top_role_.reset();
  nearest_.reset();
  for (std::size_t role = 0; role < kRoles && !top_role_; ++role) {
    for (const EntryIndex entry : tiers_[role]) {
      const Watch& item = watch(entry);
      if (item.is_open) top_role_ = static_cast<Role>(role);
      if (!item.change) continue;
      const bool is_nearer =
          !nearest_ ||
          (direction_ == Direction::forward ? *item.change < *nearest_ : *item.change > *nearest_);
      if (is_nearer) nearest_ = item.change;
    }
  }
}

const EdgeWalk::Watch& EdgeWalk::watch(EntryIndex entry) {
  Watch& watch = watches_[entry];
  if (watch.is_known && (!watch.change || !is_passed(*watch.change))) return watch;
  const Campaign& campaign = playlist_.campaign_of(entry);
  const Item& item = playlist_.item_of(entry);
  watch.is_known = true;
  watch.is_open = is_open(campaign, item, context_, at_);
  watch.change = direction_ == Direction::forward ? next_change(campaign, item, context_, at_)
                                                  : previous_change(campaign, item, context_, at_);
  return watch;
}

bool EdgeWalk::is_passed(Instant change) const {
  return direction_ == Direction::forward ? at_ >= change : at_ < change;
}

Span same_eligible_around(const Playlist& playlist, const Context& context, Instant t) {
  Span stretch{
      EdgeWalk(playlist, context, t, Direction::backward).next().value_or(kBeginningOfTime),
      EdgeWalk(playlist, context, t, Direction::forward).next().value_or(kEndOfTime)};
  if (context.since <= t) {
    stretch.from = std::max(stretch.from, context.since);
  } else {
    stretch.until = std::min(stretch.until, context.since);
  }
  return stretch;
}

}  // namespace noseon
