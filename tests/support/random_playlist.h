// Playlists, displays, contexts and instants from a seed, chosen where schedules go wrong: the days
// on which zones change their clocks, the ends of years, leap days, spans that nearly touch, turns
// of a second, turns cut by an edge.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "base/zone.h"
#include "playlist/display.h"
#include "playlist/playlist.h"

namespace noseon {

/// Random numbers that are the same with every standard library.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}

  /// from `low` to `high`, both included
  std::int64_t between(std::int64_t low, std::int64_t high) {
    const auto choices = static_cast<std::uint64_t>(high - low) + 1;
    return low + static_cast<std::int64_t>(engine_() % choices);
  }
  bool one_in(std::int64_t n) { return between(1, n) == 1; }
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(from.size()) - 1))];
  }
  /// An instant of the range.
  Instant in(Span range) {
    return range.from + Millis{between(0, (range.until - range.from).count() - 1)};
  }

 private:
  std::mt19937_64 engine_;
};

/// One case: everything that an answer depends on.
struct RandomCase {
  std::uint64_t seed = 0;
  Playlist playlist;
  Display display;
  Context context;
  Instant moment;  ///< what the spans and windows lie around
  Span range;      ///< an hour to three days that contain it; shorter where turns are short
};

/// The same seed gives the same case, on machines with the same tzdata. Values are built directly,
/// without the parser, and keep the rules that playlist/model.h names; windows may be such as
/// `noseon check` refuses (an item wider than its campaign).
[[nodiscard]] RandomCase random_case(std::uint64_t seed);

/// Another context for the same playlist.
[[nodiscard]] Context random_context(Dice& dice, const Playlist& playlist, Instant moment);

/// Seed, zones, windows, spans: enough to read, and to write the case down as a test by hand.
[[nodiscard]] std::string describe(const RandomCase& random);

}  // namespace noseon
