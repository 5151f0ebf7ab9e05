#include "base/clock.h"

namespace noseon {

Steady SystemClock::steady_now() const {
  return std::chrono::steady_clock::now();
}

Instant SystemClock::now() const {
  return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

}  // namespace noseon
