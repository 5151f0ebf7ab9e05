#include "player/watchdog.h"

#include "base/say.h"

namespace noseon {

std::string WatchedPlayer::words() const {
  const Decision& decision = player_.decision();
  const Edition& edition = player_.show().edition();
  const auto& entry = player_.show().showing().slot.entry;
  if (!entry) return say("nothing is to be shown now: a card stands");
  const std::string name = name_of(*edition.playlist(), entry);
  if (!decision.is_stand_in) return say("{} stands", name);
  return decision.standing == Standing::card
             ? say("{} is being made, and a card stands for it", name)
             : say("{} is being made, and what was before it stands on", name);
}

Watchdog::Watchdog(const ServiceManager& manager, Watched& watched, PollLoop& loop, Millis bridged)
    : manager_(manager), watched_(watched), bridged_(bridged) {
  if (!manager_.listens()) return;
  loop.watch(proof_timer_.fd(), [this] {
    if (proof_timer_.take() > 0) prove();
  });
  loop.watch(bridge_timer_.fd(), [this] {
    is_bridge_over_ = bridge_timer_.take() > 0;
    say_ready();
  });
}

void Watchdog::shown(const std::string& remark) {
  if (!manager_.listens()) return;
  if (!has_begun_) {
    has_begun_ = true;
    bridge_timer_.set(std::chrono::steady_clock::now() + bridged_);
    if (const auto between = manager_.between_signs_of_life()) proof_timer_.set_every(*between);
  }
  if (!is_ready_) say_ready();
  std::string now = watched_.words() + (remark.empty() ? "" : "; ") + remark;
  if (now == said_) return;
  said_ = std::move(now);
  manager_.status(said_);
}

void Watchdog::say_ready() {
  if (is_ready_ || (watched_.is_stand_in() && !is_bridge_over_)) return;
  watched_.prove([this] {
    if (is_ready_) return;
    is_ready_ = true;
    bridge_timer_.clear();
    manager_.ready();
  });
}

// Before it is ready nobody waits for its life, and a proof of that would take the place of one
// asked for readiness.
void Watchdog::prove() {
  if (!is_ready_) return say_ready();
  watched_.prove([this] { manager_.alive(); });
}

}  // namespace noseon
