// What a timeline shows of a playlist: when each item takes turns, when it is open but waits for a
// higher role, and what plays.
#pragma once

#include <array>
#include <vector>

#include "playlist/display.h"
#include "playlist/playlist.h"

namespace noseon {

struct ItemTimes {
  bool is_admitted = false;    ///< by routes, places, labels and share
  std::vector<Span> turns;     ///< ascending, merged
  std::vector<Span> shadowed;  ///< open, while only higher roles play
};

struct TimelineTimes {
  std::vector<ItemTimes> items;            ///< of the first entries
  std::array<std::vector<Span>, 4> tiers;  ///< by Role: when it is the one that plays
  std::vector<Span> card;                  ///< when nothing is eligible
};

/// Of the first `items` entries over a half-open range; tiers and card are those of all entries.
[[nodiscard]] TimelineTimes timeline_times(const Playlist& playlist, const Zone& zone,
                                           const Context& context, Span range, std::size_t items);

/// The time of some spans together.
[[nodiscard]] Millis total(const std::vector<Span>& spans);

}  // namespace noseon
