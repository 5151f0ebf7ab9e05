#include "fleet/pull/pulse.h"

#include <algorithm>

namespace noseon {

Pulse::Pulse(ServiceManager manager, const Clock& clock) : manager_(manager), clock_(clock) {
  if (const auto patience = manager_.patience()) {
    between_ = std::max(std::chrono::floor<Millis>(*patience / kBeatsInPatience), Millis{1});
  }
}

void Pulse::beat() {
  if (between_ == Millis::max()) return;
  const Steady now = clock_.steady_now();
  if (told_ && now - *told_ < between_) return;
  manager_.alive();
  told_ = now;
}

}  // namespace noseon
