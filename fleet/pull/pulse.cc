#include "fleet/pull/pulse.h"

namespace noseon {

Pulse::Pulse(ServiceManager manager, const Clock& clock)
    : manager_(manager),
      clock_(clock),
      between_(manager.between_signs_of_life().value_or(Millis::max())) {}

void Pulse::beat() {
  if (between_ == Millis::max()) return;
  const Steady now = clock_.steady_now();
  if (told_ && now - *told_ < between_) return;
  manager_.alive();
  told_ = now;
}

}  // namespace noseon
