// The glass, watched: which poster stands on the virtual screen, since when, and whether all of it.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/time.h"
#include "tests/bench/peers/code.h"
#include "tests/player/virtual_screen.h"

namespace noseon::peers {

/// When something was seen: the clocks as they stood just after the look.
struct Seen {
  Steady steady;
  Instant wall;  ///< rounded up to whole milliseconds, so that nothing seems earlier than it is
};

/// A poster that came onto the glass.
struct Arrival {
  int code = 0;
  Seen begun;     ///< the first of its blocks is there
  Seen complete;  ///< all are
};

class Glass {
 public:
  /// Posters lie at `place` on the screen, which must outlive the glass.
  Glass(const VirtualScreen& screen, const Rect& place)
      : screen_(screen), places_(places_in(place)) {}
  /// Leaves the block in the middle of the last row out: a preview lays its hints over it.
  void ignore_last_row_middle() { ignored_ = 7; }

  /// The poster that is there whole; nothing while there is none, or parts of two.
  [[nodiscard]] std::optional<int> whole() const;
  /// Is any block of that poster there?
  [[nodiscard]] bool shows_some_of(int code) const;
  [[nodiscard]] bool is_blank() const;

  /// Looks about 4,000 times a second until a poster for which `wanted` holds is there whole.
  [[nodiscard]] std::optional<Arrival> wait_for(std::function<bool(int)> wanted,
                                                Millis patience) const;
  /// Every poster that comes, until `done`, asked after each look, or until patience is over.
  [[nodiscard]] std::vector<Arrival> watch(
      const std::function<bool(const std::vector<Arrival>&)>& done, Millis patience) const;
  /// The longest time between two looks of the last watch(): how blind it was.
  [[nodiscard]] std::chrono::nanoseconds longest_gap() const { return longest_gap_; }

  [[nodiscard]] const VirtualScreen& screen() const { return screen_; }
  [[nodiscard]] Point middle() const { return places_[4]; }

 private:
  [[nodiscard]] std::optional<int> at(std::size_t place) const;

  const VirtualScreen& screen_;
  std::array<Point, kPlaces> places_;
  std::size_t ignored_ = kPlaces;
  mutable std::chrono::nanoseconds longest_gap_{0};
};

/// ":7"
[[nodiscard]] std::string display_name(const VirtualScreen& screen);

/// From now on SIGINT and SIGTERM only say so: what is being watched for does not come any more,
/// and everything that was started is ended as ever.
void catch_interrupts();
[[nodiscard]] bool is_interrupted();

/// Says on stderr what comes onto the glass; set once, at the start.
extern bool traces;

/// Sleeps until the next look is due.
void rest_between_looks();
[[nodiscard]] Seen look_at_clocks();

}  // namespace noseon::peers
