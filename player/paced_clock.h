// Clocks for the loop: besides the time they say when a civil time will have come, so that a timer
// can be set for it.
#pragma once

#include <algorithm>
#include <optional>

#include "base/clock.h"

namespace noseon {

class PacedClock : public Clock {
 public:
  /// The earliest steady time at which now() >= `at`, as far as can be known; one that is past for
  /// a civil time that is past; nothing where civil time stands still.
  [[nodiscard]] virtual std::optional<Steady> steady_at(Instant at) const = 0;
  /// Civil seconds a steady second; 0 where civil time stands still.
  [[nodiscard]] virtual double pace() const { return 1; }
};

/// The machine's time.
class RealTime final : public PacedClock {
 public:
  [[nodiscard]] Steady steady_now() const override { return system_.steady_now(); }
  [[nodiscard]] Instant now() const override { return system_.now(); }
  [[nodiscard]] ClockGrade grade() const override { return system_.grade(); }
  [[nodiscard]] std::optional<Steady> steady_at(Instant at) const override {
    // Centuries do not fit a steady clock, and need not: the timer is set anew long before.
    return steady_now() + std::clamp(at - now(), -kFarthest, kFarthest);
  }

 private:
  static constexpr Millis kFarthest = std::chrono::hours{24 * 365 * 50};
  SystemClock system_;
};

/// A tester's time: it starts where they say, runs at their speed, stops and jumps. Steady time
/// stays real.
class PreviewClock final : public PacedClock {
 public:
  static constexpr double kSpeedMin = 0.1;
  static constexpr double kSpeedMax = 86400;  // a day a second

  /// `real` must outlive it; only its steady time is used. The speed is clamped to the limits.
  PreviewClock(const Clock& real, Instant start, double speed = 1);

  [[nodiscard]] Steady steady_now() const override { return real_.steady_now(); }
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] ClockGrade grade() const override { return ClockGrade::trusted; }
  [[nodiscard]] std::optional<Steady> steady_at(Instant at) const override;
  [[nodiscard]] double pace() const override { return is_paused_ ? 0 : speed_; }

  /// To another time; paused or not, and how fast, stays. Clamped to what can be written down.
  void jump(Instant to);
  void set_speed(double speed);
  void pause(bool paused);
  [[nodiscard]] double speed() const { return speed_; }
  [[nodiscard]] bool is_paused() const { return is_paused_; }

 private:
  [[nodiscard]] Instant at(Steady steady) const;
  void start_from(Instant instant);

  const Clock& real_;
  Instant base_;
  Steady base_steady_;
  double speed_;
  bool is_paused_ = false;
};

}  // namespace noseon
