// What plays when, a second time: slow, obvious, written from the text of the specification alone,
// to hold playlist/schedule.h against in property tests.
//
// Nothing here is shared with playlist/: of a zone only its offsets are asked, and days, spans,
// edges, loops and slivers are worked out anew for every question. No caching, no cleverness; where
// this and the real thing disagree, read the specification.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "playlist/display.h"
#include "playlist/playlist.h"
#include "playlist/schedule.h"

namespace noseon::slow {

/// May this entry be shown at `t`, roles aside?
[[nodiscard]] bool is_eligible(const Playlist& playlist, EntryIndex entry, const Context& context,
                               Instant t);

/// E(t): the eligible entries of the highest tier that has one, in order.
[[nodiscard]] std::vector<EntryIndex> taking_turns(const Playlist& playlist, const Context& context,
                                                   Instant t);

/// Every instant of [range.from, range.until) at which some rule about time could change its mind,
/// ascending; at most of them nothing changes.
[[nodiscard]] std::vector<Instant> possible_edges(const Playlist& playlist, const Context& context,
                                                  Span range);

/// A maximal stretch within one civil day of the display with the same E. Context::since always
/// begins a new one.
struct Segment {
  Span span;
  Day day;
  std::vector<EntryIndex> entries;  ///< E; empty for the fallback card
};
/// The segments, whole, of every civil day of the display that the range touches.
[[nodiscard]] std::vector<Segment> segments(const Playlist& playlist, const Display& display,
                                            const Context& context, Span range);

/// The item of each slot of a loop: Tijdeman's rule as written. REQUIRES: weights divided by their
/// gcd.
[[nodiscard]] std::vector<std::uint32_t> assign_turns(const std::vector<std::int64_t>& weights);

/// offset(D, L) of the phase.
[[nodiscard]] Millis phase_offset(Day day, Millis loop);

/// The slots of one segment, slivers absorbed.
[[nodiscard]] std::vector<Slot> lay(const Playlist& playlist, const Display& display,
                                    const Segment& segment);

/// Every slot of a half-open range, clipped to it. A stretch of the fallback card is one slot.
[[nodiscard]] std::vector<Slot> plan(const Playlist& playlist, const Display& display,
                                     const Context& context, Span range);

/// A slot, the segment it is of, and the loop that takes turns there; no turns for the fallback
/// card.
struct Shown {
  Slot slot;
  Segment segment;
  std::vector<EntryIndex> turns;
  Millis loop_length{0};
};
/// A stretch of the fallback card is told within one segment, that is, one civil day, only.
[[nodiscard]] Shown showing_at(const Playlist& playlist, const Display& display,
                               const Context& context, Instant now);

/// min{t : the wall clock shows `civil` or later}: the rules of gaps and folds in one.
[[nodiscard]] Instant instant_of(const Zone& zone, Civil civil);
/// The greatest day that has started.
[[nodiscard]] Day day_of(const Zone& zone, Instant t);

}  // namespace noseon::slow
