// Segments: the stretches of a display's civil day over which the same items take turns.
#pragma once

#include <functional>
#include <vector>

#include "playlist/playlist.h"

namespace noseon {

struct Segment {
  Span span;
  std::vector<EntryIndex> items;  ///< E, ascending; empty: the fallback card
};

/// Do context and display, apart from time and other items, admit this entry? (routes, near,
/// labels, share)
[[nodiscard]] bool is_admitted(const Playlist& playlist, EntryIndex entry, const Context& context);

/// The eligible items of the highest tier at `t`.
[[nodiscard]] std::vector<EntryIndex> eligible_at(const Playlist& playlist, const Context& context,
                                                  Instant t);

/// All segments of [from, until), one civil day of the display, in order, touching.
[[nodiscard]] std::vector<Segment> segments_of(const Playlist& playlist, const Context& context,
                                               Span day);

/// Calls `visit` with every segment of a half-open range in order: touching, clipped to the range,
/// cut at the midnights of the display's `zone`. Holds one day at a time.
void for_each_segment(const Playlist& playlist, const Zone& zone, const Context& context,
                      Span range, const std::function<void(const Segment&)>& visit);

}  // namespace noseon
