// A play: one showing of one item, as the journal is told of it when it has ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/sha256.h"
#include "base/time.h"

namespace noseon {

/// What time it is, asked once: civil with its grade, and monotonic.
struct Moment {
  Instant civil;
  ClockGrade grade = ClockGrade::trusted;
  Steady steady;
};

[[nodiscard]] inline Moment moment_of(const Clock& clock) {
  return {clock.now(), clock.grade(), clock.steady_now()};
}

/// `campaign` and `item` are empty for a card of ours or of the operator's (nothing was eligible,
/// or nothing could be shown).
struct Play {
  std::string campaign;
  std::string item;
  std::string agency;           ///< who signed the campaign; empty for a folder
  std::int64_t generation = 0;  ///< the release that was playing; 0 for a folder
  std::vector<Sha256> blobs;    ///< signed files that were shown, in order; none of a folder; <= 64
  Moment start;
  Millis shown{0};       ///< monotonic, from its first frame to the next item's
  bool complete = true;  ///< it stood to the end of its slot
  std::optional<std::string> route;
  /// Campaign and name of each place that the display was inside of (Context::inside).
  std::vector<std::pair<std::string, std::string>> places;
};

}  // namespace noseon
