// Edges: the instants at which the set of items that take turns changes.
#pragma once

#include <optional>
#include <vector>

#include "playlist/playlist.h"

namespace noseon {

enum class Direction { forward, backward };

/// Walks away from an instant, from edge to edge of E. Looks only at the tier that plays and the
/// ones above it: what lower tiers do is no edge. The playlist must outlive it.
class EdgeWalk {
 public:
  EdgeWalk(const Playlist& playlist, const Context& context, Instant start, Direction direction);

  /// The next edge in the direction of the walk: the first instant of the new (forward) or of the
  /// old (backward) set. Nothing where E stays as it is for ten years.
  [[nodiscard]] std::optional<Instant> next();

  /// The tier that plays beyond the edge found last; nothing: the fallback card.
  [[nodiscard]] std::optional<Role> top_role() const { return top_role_; }

 private:
  // What is known of an item: its state from where it was looked at up to its next change.
  struct Watch {
    bool is_known = false;
    bool is_open = false;
    std::optional<Instant> change;
  };

  void look();
  const Watch& watch(EntryIndex entry);
  [[nodiscard]] bool is_passed(Instant change) const;

  const Playlist& playlist_;
  Context context_;
  Direction direction_;
  Instant at_;
  std::vector<std::vector<EntryIndex>> tiers_;  // the admitted items, by role
  std::vector<Watch> watches_;
  std::optional<Role> top_role_;
  std::optional<Instant> nearest_;
};

/// The longest stretch around `t` with the same set E, across midnights, cut where the context
/// began. Where nothing changes within ten years, the bound is kBeginningOfTime or kEndOfTime.
[[nodiscard]] Span same_eligible_around(const Playlist& playlist, const Context& context,
                                        Instant t);

}  // namespace noseon
