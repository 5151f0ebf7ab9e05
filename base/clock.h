// The one way to ask what time it is. Durations follow the steady clock, schedules the civil one.
// Ask once per tick and use that answer throughout.
#pragma once

#include "base/time.h"

namespace noseon {

/// How far civil time may be trusted. Until authenticated time exists every system clock that is
/// past the build is taken as trusted; the other grades are named for what will judge them.
enum class ClockGrade { trusted, floor_only, impossible };

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Steady steady_now() const = 0;
  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual ClockGrade grade() const = 0;
};

/// The machine's clocks. Thread-safe.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Steady steady_now() const override;
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] ClockGrade grade() const override { return ClockGrade::trusted; }
};

/// A clock that a test holds: advance() moves both times as real time does, step() moves civil time
/// alone, as a clock being set does.
class FakeClock final : public Clock {
 public:
  explicit FakeClock(Instant now) : now_(now) {}
  [[nodiscard]] Steady steady_now() const override { return steady_; }
  [[nodiscard]] Instant now() const override { return now_; }
  [[nodiscard]] ClockGrade grade() const override { return grade_; }

  void advance(Millis by) {
    now_ += by;
    steady_ += by;
  }
  void step(Millis by) { now_ += by; }
  void set_grade(ClockGrade grade) { grade_ = grade; }

 private:
  Instant now_;
  Steady steady_{};
  ClockGrade grade_ = ClockGrade::trusted;
};

}  // namespace noseon
