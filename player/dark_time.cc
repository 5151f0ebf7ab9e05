#include "player/dark_time.h"

#include <algorithm>

namespace noseon {

void DarkTime::stands(Stands what, Steady now) {
  if (!has_begun_) last_right_ = now;
  has_begun_ = true;
  const bool is_stand_in = what == Stands::stand_in;
  if (is_stand_in == is_stand_in_) return;
  if (is_stand_in_) {
    dark_ += now - since_;
    // Counted already: a wrong glass found later has not been dark twice.
    last_right_ = std::max(last_right_, now);
  }
  is_stand_in_ = is_stand_in;
  since_ = now;
}

void DarkTime::read_back(bool is_right, Steady now) {
  ++reads_;
  if (!is_right) {
    ++wrong_;
    const Steady end = is_stand_in_ ? std::max(since_, last_right_) : now;
    dark_ += end - last_right_;
  }
  last_right_ = now;
}

Millis DarkTime::total(Steady now) const {
  const auto running = is_stand_in_ ? now - since_ : Steady::duration{0};
  return std::chrono::ceil<Millis>(dark_ + running);
}

}  // namespace noseon
