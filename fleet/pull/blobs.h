// Fetching blobs into the store, from where each came to.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "fleet/pull/fetch.h"
#include "fleet/pull/needs.h"
#include "fleet/store/store.h"

namespace noseon {

struct BlobLimits {
  FetchLimits fetch;
  /// Over metered links; passing it ends what runs there, to go on from another day.
  std::optional<std::uint64_t> budget_left;
  std::uint64_t bytes_per_second = 0;  ///< the speed cap, for deadlines; 0: none
  /// Not one byte is written that would leave less than this free for the journal (disk then);
  /// asked anew each mebibyte, since the journal takes what is kept for it. Empty: nothing is kept.
  std::function<std::uint64_t()> keep_free{};
  std::function<std::uint64_t()> disk_free{};  ///< asked anew each mebibyte; needed with keep_free
};

/// One answer for each, in their order; `waiting` are asked of free sources alone. What is there
/// already is not asked for.
struct BlobsFetched {
  std::vector<Status> states;  ///< of `needs`, then of `waiting`
  std::uint64_t progress = 0;  ///< bytes of blobs that came to stay, at least for now
};
[[nodiscard]] BlobsFetched fetch_blobs(Http& http, const std::vector<Source>& sources, Store& store,
                                       const std::vector<Need>& needs,
                                       const std::vector<Need>& waiting, const Stop& stop,
                                       const Clock& clock, FetchNotes& notes,
                                       const BlobLimits& limits);

}  // namespace noseon
