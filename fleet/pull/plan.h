// What is to be fetched now, and what must wait: decided before anything is done. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fleet/pull/needs.h"

namespace noseon {

/// One blob that the release needs.
struct Wanted {
  Need need;
  bool is_there = false;         ///< whole and verified
  std::uint64_t part_bytes = 0;  ///< of it are there already
  friend bool operator==(const Wanted&, const Wanted&) = default;
};

struct Room {
  /// What may still be fetched today over metered links; nothing: as much as is asked for.
  std::optional<std::uint64_t> budget_left;
  std::uint64_t quota = 0;      ///< of all blobs and parts
  std::uint64_t must_stay = 0;  ///< blobs that `current` and `previous` need, and this release not
  std::uint64_t used = 0;       ///< by all blobs and parts that are there
  std::uint64_t disk_free = 0;  ///< for us
  std::uint64_t disk_reserved = 0;  ///< of it, for the system
  std::uint64_t for_journal = 0;    ///< of it, besides, for the player's journal
};

struct PullPlan {
  std::vector<Wanted> fetch;      ///< in this order
  std::vector<Wanted> wait;       ///< for tomorrow's budget, or for a link that costs nothing
  std::size_t missing_blobs = 0;  ///< of both
  std::uint64_t missing_bytes = 0;
  /// The blobs and parts that are there may weigh so much for the rest to fit: what nobody needs is
  /// to go until then.
  std::uint64_t keep_at_most = 0;
};

/// Manifests come first, then what plays soonest. The last one that begins within the budget may
/// pass it: it is cut there, and goes on the next day. too_large: the release, with what must stay,
/// is over the quota; disk: it does not fit onto the disk.
[[nodiscard]] Result<PullPlan> plan_pull(std::vector<Wanted> wanted, const Room& room);

}  // namespace noseon
