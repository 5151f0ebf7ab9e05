// Edges: the instants at which the set of items that take turns changes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <queue>
#include <utility>
#include <vector>

#include "playlist/playlist.h"

namespace noseon {

enum class Direction { forward, backward };

/// Walks away from an instant, from edge to edge of E. Each step looks again only at the items that
/// changed. The playlist must outlive it.
class EdgeWalk {
 public:
  EdgeWalk(const Playlist& playlist, const Context& context, Instant start, Direction direction);

  /// The next edge in the direction of the walk: the first instant of the new (forward) or of the
  /// old (backward) set. Nothing where E stays as it is for ten years.
  [[nodiscard]] std::optional<Instant> next();

  /// The tier that plays beyond the edge found last; nothing: the fallback card.
  [[nodiscard]] std::optional<Role> top_role() const;

 private:
  using Keyed = std::pair<std::int64_t, EntryIndex>;  // nearest first

  [[nodiscard]] bool is_forward() const { return direction_ == Direction::forward; }
  bool change_at(std::int64_t key, Instant at);
  void flip(EntryIndex entry);
  void expect_change(EntryIndex entry, Instant from);
  [[nodiscard]] std::size_t role_of(EntryIndex entry) const;
  [[nodiscard]] std::size_t top() const;

  const Playlist& playlist_;
  Direction direction_;
  std::vector<bool> is_open_;
  std::array<std::size_t, 4> open_{};  // items, by role
  std::priority_queue<Keyed, std::vector<Keyed>, std::greater<>> changes_;
};

/// The longest stretch around `t` with the same set E, across midnights, cut where the context
/// began. Where nothing changes within ten years, the bound is kBeginningOfTime or kEndOfTime.
[[nodiscard]] Span same_eligible_around(const Playlist& playlist, const Context& context,
                                        Instant t);

}  // namespace noseon
