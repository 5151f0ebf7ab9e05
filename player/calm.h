// Counts the time in which a player does not crash, while there is something to heal (crashes.h).
#pragma once

#include <functional>
#include <optional>

#include "player/crashes.h"
#include "player/poll_loop.h"

namespace noseon {

/// The loop's thread. What is named must outlive it. Where nothing is to heal, nothing wakes.
class Calm {
 public:
  /// `read_again` has all that plays read anew: what was left out may be back.
  Calm(Crashes& crashes, PollLoop& loop, std::function<void()> read_again);
  Calm(const Calm&) = delete;
  Calm& operator=(const Calm&) = delete;

  /// From now on, where it does not count already.
  void begin();
  /// The player ends in order: what is not counted yet counts, and is written down. Waits for the
  /// disk.
  void end();

 private:
  void pass();

  Crashes& crashes_;
  std::function<void()> read_again_;
  Timer timer_;
  std::optional<Millis> length_;  // what is being counted
  Steady begun_;                  // since when
};

}  // namespace noseon
