// What is on screen, as a function: of the playlist, the display, its context and the time.
//
// All of it pure and in whole milliseconds; no floating point decides what shows. The rotation:
// - E(t) is the set of eligible items of the highest tier that has one. A segment is a maximal
//   stretch with the same E within one civil day of the display, starting no earlier than
//   Context::since.
// - The loop of a segment gives each item its weight's share of turns, spread by Tijdeman's
// chairman
//   assignment (playlist/assignment.h).
// - Its phase depends on the day alone, so that displays agree and a reboot resumes in mid-loop.
// - Slots are clipped to their segment; slivers are absorbed (playlist/rotation.h).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "playlist/display.h"
#include "playlist/playlist.h"

namespace noseon {

/// What shows over [from, until): one turn of an item, or the fallback card where none is eligible.
struct Slot {
  std::optional<EntryIndex> entry;  ///< nothing: the fallback card
  Instant from;                     ///< kBeginningOfTime: ever since
  Instant until;                    ///< kEndOfTime: for ever
  friend bool operator==(const Slot&, const Slot&) = default;
};

struct Loop;

/// A slot and why it is there.
struct Showing {
  Slot slot;
  Span segment;                      ///< the stretch over which the same items take turns
  Role role = Role::filler;          ///< the tier that plays, where slot.entry is set
  std::shared_ptr<const Loop> loop;  ///< of the items that take turns; null for the fallback card
};

/// Why that stands, in numbers, so that whoever reads them says it in a language of their own.
struct Reason {
  bool is_card = false;  ///< nothing is eligible; the rest then says nothing
  Role role = Role::filler;
  std::int64_t turns = 0;  ///< that it has in the loop
  std::int64_t loop_turns = 0;
  std::int64_t items = 0;  ///< that take turns
  Millis loop_length{0};
  friend bool operator==(const Reason&, const Reason&) = default;
};
[[nodiscard]] Reason reason_of(const Showing& showing);
/// "its turn: 3 of 17 turns in a loop of 2 min 4 s among 6 items (normal)"
[[nodiscard]] std::string in_words(const Reason& reason);
[[nodiscard]] std::string reason(const Showing& showing);

/// Answers for one playlist and display. Keeps the segment it answered for last, so that asking
/// again within it costs microseconds; the answers depend on the arguments alone. One thread.
/// The playlist and the display must outlive it.
class Schedule {
 public:
  Schedule(const Playlist& playlist, const Display& display);
  Schedule(Schedule&&) noexcept;
  Schedule& operator=(Schedule&&) noexcept;
  ~Schedule();

  [[nodiscard]] Showing showing_at(const Context& context, Instant now);

  /// Every slot of a half-open range, in order, touching, clipped to the range.
  [[nodiscard]] std::vector<Slot> plan(const Context& context, Span range);

  /// The next instant after `now` at which the set of items that take turns changes or the context
  /// begins, or nothing within ten years; previous_edge: the latest such instant that is < now.
  [[nodiscard]] std::optional<Instant> next_edge(const Context& context, Instant now);
  [[nodiscard]] std::optional<Instant> previous_edge(const Context& context, Instant now);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The pure forms, for one question.
[[nodiscard]] Showing showing_at(const Playlist& playlist, const Display& display,
                                 const Context& context, Instant now);
[[nodiscard]] std::vector<Slot> plan(const Playlist& playlist, const Display& display,
                                     const Context& context, Span range);

/// How an item fared over a planned range.
struct ItemShare {
  EntryIndex entry = 0;
  double asked = 0;        ///< its weight's part of its tier, averaged over the range
  std::int64_t plays = 0;  ///< slots
  Millis shown{0};
  double share = 0;  ///< shown / range
};

/// One row for each item of the playlist.
[[nodiscard]] std::vector<ItemShare> shares(const Playlist& playlist, const Display& display,
                                            const Context& context, Span range,
                                            const std::vector<Slot>& slots);

}  // namespace noseon
