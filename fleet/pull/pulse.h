// That noseon-sync goes on, told to systemd.
#pragma once

#include "base/clock.h"
#include "base/service_manager.h"

namespace noseon {

/// One thread. beat() is called by the work itself: in each wait for the network, with each file
/// that was read, in the pause between two polls. A call that never returns ends the beats, and
/// systemd starts another. No timer of its own.
class Pulse {
 public:
  /// `clock` must outlive it.
  Pulse(ServiceManager manager, const Clock& clock);

  /// Tells, where a beat is due.
  void beat();
  /// The longest that the work may wait between two beats; where nobody asks, Millis::max().
  [[nodiscard]] Millis between_beats() const { return between_; }

 private:
  ServiceManager manager_;
  const Clock& clock_;
  Millis between_;
  std::optional<Steady> told_;
};

}  // namespace noseon
