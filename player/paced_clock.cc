#include "player/paced_clock.h"

#include <algorithm>
#include <cmath>

namespace noseon {
namespace {

double clamped(double speed) {
  if (std::isnan(speed)) return 1;
  return std::clamp(speed, PreviewClock::kSpeedMin, PreviewClock::kSpeedMax);
}

}  // namespace

PreviewClock::PreviewClock(const Clock& real, Instant start, double speed)
    : real_(real), base_(start), base_steady_(real.steady_now()), speed_(clamped(speed)) {}

Instant PreviewClock::at(Steady steady) const {
  if (is_paused_) return base_;
  const double passed_ns = static_cast<double>((steady - base_steady_).count());
  const double civil_ms = std::floor(passed_ns / 1e6 * speed_);
  const double left_ms = static_cast<double>((kEndOfTime - base_).count());
  return civil_ms < left_ms ? base_ + Millis{static_cast<Millis::rep>(civil_ms)} : kEndOfTime;
}

Instant PreviewClock::now() const {
  return at(real_.steady_now());
}

std::optional<Steady> PreviewClock::steady_at(Instant wanted) const {
  if (is_paused_) return std::nullopt;
  const double ns = std::ceil(static_cast<double>((wanted - base_).count()) * 1e6 / speed_);
  // Centuries do not fit a steady clock, and need not: the timer is set anew long before.
  constexpr double kFarthest = 1e9 * 86400 * 365 * 50;
  Steady steady =
      base_steady_ +
      std::chrono::nanoseconds{static_cast<std::int64_t>(std::clamp(ns, -kFarthest, kFarthest))};
  if (std::abs(ns) < kFarthest)
    while (at(steady) < wanted) steady += std::chrono::microseconds{1};  // rounding
  return steady;
}

void PreviewClock::start_from(Instant instant) {
  base_ = std::clamp(instant, kBeginningOfTime, kEndOfTime);
  base_steady_ = real_.steady_now();
}

void PreviewClock::jump(Instant to) {
  start_from(to);
}

void PreviewClock::set_speed(double speed) {
  start_from(now());
  speed_ = clamped(speed);
}

void PreviewClock::pause(bool paused) {
  start_from(now());
  is_paused_ = paused;
}

}  // namespace noseon
