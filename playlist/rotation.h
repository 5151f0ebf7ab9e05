// The loop of a set of items, and its turns within one segment: phase, clipping, slivers.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "playlist/playlist.h"

namespace noseon {

/// One loop: who has which turn, and when within the loop it starts.
struct Loop {
  std::vector<EntryIndex> items;  ///< the set E, ascending
  std::vector<EntryIndex> turns;  ///< one for each turn, W in all
  std::vector<Millis> starts;  ///< of each turn from the loop's start; W + 1, the last is `length`
  Millis length{0};            ///< L

  [[nodiscard]] std::int64_t turns_of(EntryIndex entry) const;
};

/// REQUIRES: items not empty.
[[nodiscard]] Loop lay_loop(const Playlist& playlist, std::vector<EntryIndex> items);

/// offset(D, L) = floor(L * ((d * 11400714819323198485) mod 2^64) / 2^64), d the days since
/// 1970-01-01: the golden ratio moves the loop's start evenly from day to day.
[[nodiscard]] Millis phase_offset(Day day, Millis loop_length);

/// A turn shorter than this is a sliver: 3 s, or a turn's own length where that is less.
inline constexpr Millis kSliver = std::chrono::seconds{3};

/// The slots of one segment. Turns are counted without end in both directions from the loop that
/// holds start(D) - offset; a segment shows a stretch of them.
class Rotation {
 public:
  /// `segment` lies within the display's civil day `day`, which starts at `day_start`.
  Rotation(std::shared_ptr<const Loop> loop, Span segment, Day day, Instant day_start);

  [[nodiscard]] const std::shared_ptr<const Loop>& shared_loop() const { return loop_; }
  [[nodiscard]] Span segment() const { return segment_; }

  /// The turns of the first and last slot. REQUIRES nothing: a segment has at least one slot.
  [[nodiscard]] std::int64_t first() const { return first_; }
  [[nodiscard]] std::int64_t last() const { return last_; }
  /// The turn whose slot holds `t`. REQUIRES: t in segment().
  [[nodiscard]] std::int64_t turn_at(Instant t) const;

  [[nodiscard]] EntryIndex entry_of(std::int64_t turn) const;
  /// Where the slot of a turn from first() to last() stands.
  [[nodiscard]] Span slot_of(std::int64_t turn) const;

 private:
  [[nodiscard]] std::int64_t nominal_turn_at(Instant t) const;
  [[nodiscard]] Instant nominal_start(std::int64_t turn) const;
  [[nodiscard]] Millis threshold(std::int64_t turn) const;
  [[nodiscard]] std::size_t place_in_loop(std::int64_t turn) const;
  void absorb_slivers();

  std::shared_ptr<const Loop> loop_;
  Span segment_;
  Instant origin_;  ///< where turn 0 starts
  std::int64_t first_ = 0;
  std::int64_t last_ = 0;
};

}  // namespace noseon
