// The one way to ask what time it is. Durations follow the steady clock, schedules the civil one.
// Ask once per tick and use that answer throughout.
#pragma once

#include "base/time.h"

namespace noseon {

/// How far civil time may be trusted (player/clock_grade.h judges it).
enum class ClockGrade {
  trusted,     ///< it is the time
  floor_only,  ///< nothing confirms it: all that is certain is that the floor is past
  impossible,  ///< it contradicts the floor, which stands in for it; else as floor_only
};

/// When this program was built, by the date of its source: the environment's SOURCE_DATE_EPOCH,
/// else the date of the commit, else that of the release (base/CMakeLists.txt). Always a time that
/// is past, and the same for whoever builds the same source.
[[nodiscard]] Instant build_time();

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Steady steady_now() const = 0;
  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual ClockGrade grade() const = 0;
  /// The latest instant that is certainly past, whatever now() says. Never goes back, and passes as
  /// steady time does where more is known than when the program was built.
  [[nodiscard]] virtual Instant floor() const { return build_time(); }
};

/// The machine's clocks, taken at their word. Thread-safe.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Steady steady_now() const override;
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] ClockGrade grade() const override { return ClockGrade::trusted; }
};

/// A clock that a test holds: advance() moves all times as real time does, step() moves civil time
/// alone, as a clock being set does. Trusted, and at its floor, until told otherwise.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant now) : now_(now), floor_(now) {}
  [[nodiscard]] Steady steady_now() const override { return steady_; }
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] ClockGrade grade() const override { return grade_; }
  [[nodiscard]] Instant floor() const override { return floor_; }

  void advance(Millis by) {
    now_ += by;
    floor_ += by;
    steady_ += by;
  }
  void step(Millis by) { now_ += by; }
  void set_grade(ClockGrade grade) { grade_ = grade; }
  void set_floor(Instant floor) { floor_ = floor; }

 private:
  Instant now_;
  Instant floor_;
  Steady steady_{};
  ClockGrade grade_ = ClockGrade::trusted;
};

}  // namespace noseon
