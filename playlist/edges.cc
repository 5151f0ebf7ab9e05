#include "playlist/edges.h"

#include <algorithm>
#include <array>
#include <functional>
#include <queue>
#include <utility>

#include "playlist/segments.h"
#include "playlist/times.h"

namespace noseon {
namespace {

enum class Direction { forward, backward };

// Walks away from an instant, from change to change of any item, until E is another.
class EdgeWalk {
 public:
  EdgeWalk(const Playlist& playlist, const Context& context, Instant start, Direction direction)
      : playlist_(playlist), direction_(direction), is_open_(playlist.entries.size()) {
    for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
      if (!is_admitted(playlist, entry, context)) continue;
      if (is_open(playlist.campaign_of(entry), playlist.item_of(entry), start)) flip(entry);
      expect_change(entry, start);
    }
  }

  // The edge; where there is none within ten years, the end (or beginning) of time.
  Instant find() {
    while (!changes_.empty()) {
      const std::int64_t key = changes_.top().first;
      const Instant at{Millis{is_forward() ? key : -key}};
      if (change_at(key, at)) return at;
    }
    return is_forward() ? kEndOfTime : kBeginningOfTime;
  }

 private:
  using Keyed = std::pair<std::int64_t, EntryIndex>;  // nearest first

  [[nodiscard]] bool is_forward() const { return direction_ == Direction::forward; }

  // Everything that changes at one instant. Did it change E?
  bool change_at(std::int64_t key, Instant at) {
    const std::size_t top_before = top_role();
    bool top_changed = false;
    std::vector<EntryIndex> changed;
    for (; !changes_.empty() && changes_.top().first == key; changes_.pop()) {
      changed.push_back(changes_.top().second);
    }
    for (const EntryIndex entry : changed) {
      flip(entry);
      top_changed = top_changed || role_of(entry) == top_before;
      expect_change(entry, is_forward() ? at : at - Millis{1});
    }
    return top_changed || top_role() != top_before;
  }

  void flip(EntryIndex entry) {
    is_open_[entry] = !is_open_[entry];
    is_open_[entry] ? ++open_[role_of(entry)] : --open_[role_of(entry)];
  }

  void expect_change(EntryIndex entry, Instant from) {
    const Span stretch = stretch_at(playlist_.campaign_of(entry), playlist_.item_of(entry), from);
    const Instant change = is_forward() ? stretch.until : stretch.from;
    if (change == kEndOfTime || change == kBeginningOfTime) return;
    const std::int64_t ms = change.time_since_epoch().count();
    changes_.emplace(is_forward() ? ms : -ms, entry);
  }

  [[nodiscard]] std::size_t role_of(EntryIndex entry) const {
    return static_cast<std::size_t>(playlist_.entries[entry].role);
  }
  [[nodiscard]] std::size_t top_role() const {
    return static_cast<std::size_t>(
        std::find_if(open_.begin(), open_.end(), [](std::size_t n) { return n > 0; }) -
        open_.begin());
  }

  const Playlist& playlist_;
  Direction direction_;
  std::vector<bool> is_open_;
  std::array<std::size_t, 4> open_{};  // by role
  std::priority_queue<Keyed, std::vector<Keyed>, std::greater<>> changes_;
};

}  // namespace

Span same_eligible_around(const Playlist& playlist, const Context& context, Instant t) {
  Span stretch{EdgeWalk(playlist, context, t, Direction::backward).find(),
               EdgeWalk(playlist, context, t, Direction::forward).find()};
  if (context.since <= t) {
    stretch.from = std::max(stretch.from, context.since);
  } else {
    stretch.until = std::min(stretch.until, context.since);
  }
  return stretch;
}

}  // namespace noseon
