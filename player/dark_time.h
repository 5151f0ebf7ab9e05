// Dark milliseconds: for how long, after the first frame, the glass did not have what it ought to.
// Two things count: a picture that stands in because the right one is not ready, and a glass that
// when read back holds something else than was given to it. Pure.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace noseon {

/// One thread; times rise.
class DarkTime {
 public:
  /// What was decided stands on the glass: the right thing, or a stand-in for it.
  enum class Stands { right, stand_in };

  /// The first call is the first frame; nothing before it counts.
  void stands(Stands what, Steady now);
  /// The glass was read back and brought up again. Where it was wrong, all the time since it was
  /// last known to be right counts: nobody knows when it went.
  void read_back(bool is_right, Steady now);

  /// At most this long.
  [[nodiscard]] Millis total(Steady now) const;
  [[nodiscard]] std::uint64_t reads() const { return reads_; }
  [[nodiscard]] std::uint64_t wrong() const { return wrong_; }

 private:
  bool has_begun_ = false;
  bool is_stand_in_ = false;
  Steady since_{};       // of the stand-in
  Steady last_right_{};  // when the glass was last known to hold what was given
  std::chrono::nanoseconds dark_{0};
  std::uint64_t reads_ = 0;
  std::uint64_t wrong_ = 0;
};

}  // namespace noseon
