// When to ask again. Pure: chance is a number passed in.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "base/id.h"
#include "base/time.h"

namespace noseon {

/// Retrying with full jitter: a wait anywhere between nothing and a bound that doubles with each
/// failure in a row, from 5 s to 15 min.
/// Source: exponential backoff with full jitter (M. Brooker, AWS Architecture Blog, 2015).
class Backoff {
 public:
  static constexpr Millis kFirst{5'000};
  static constexpr Millis kLast{900'000};

  /// `chance` is any number of 64 bits, all equally likely. What a server asked for (Retry-After)
  /// is waited for, within 1 s and 1 h.
  [[nodiscard]] Millis failed(std::uint64_t chance,
                              std::optional<std::chrono::seconds> retry_after = {});
  /// Something came: the next failure counts as the first.
  void succeeded() { failures_ = 0; }
  [[nodiscard]] int failures() const { return failures_; }

 private:
  int failures_ = 0;
};

/// Until a display's next poll: its own moment in each `interval`, the same always, so that a fleet
/// asks evenly however many start at once. More than nothing, at most `interval`.
[[nodiscard]] Millis until_poll(const DisplayId& display, Millis interval, Instant now);

}  // namespace noseon
