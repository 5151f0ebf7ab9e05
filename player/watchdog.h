// That the player lives, said to the service manager by what was seen to come to the glass, and by
// nothing else.
//
// A third of the time that the manager waits, again and again, a proof is asked for. It is made of
//   1. the decision that stands holds for now: whoever follows time decided anew when it ended;
//   2. the schedule, asked anew and without what it remembers, answers for now;
//   3. what stands is brought to the glass once more, whole; where something moves, its next frame;
//   4. the X server or the compositor answers after that;
//   5. where the last look at the glass found it wrong, a later one has found it right.
// WATCHDOG=1 is sent from where the last of these was seen, on the loop's thread. A hang of any of
// them, or of the loop, leaves it unsent, and the manager starts the player anew. A proof that was
// missed twice is no harm. Reading the glass back alone would prove less: it is memory of ours that
// is read, and the X server need not answer for it.
//
// Without a manager that asks, nothing is proved and nothing wakes.
#pragma once

#include <functional>

#include "base/service_manager.h"
#include "player/player.h"

namespace noseon {

/// Who shows something, as far as it is watched. The loop's thread.
class Watched {
 public:
  virtual ~Watched() = default;
  /// Has one proof made; `proven` is called once it is there, or never. A proof that is asked for
  /// takes the place of the one before it.
  virtual void prove(std::function<void()> proven) = 0;
  /// A card bridges the making of what is wanted.
  [[nodiscard]] virtual bool is_stand_in() const = 0;
  /// What stands, in plain words.
  [[nodiscard]] virtual std::string words() const = 0;
};

/// The player as it is watched; it must outlive this.
class WatchedPlayer final : public Watched {
 public:
  explicit WatchedPlayer(Player& player) : player_(player) {}
  void prove(std::function<void()> proven) override { player_.prove(std::move(proven)); }
  [[nodiscard]] bool is_stand_in() const override { return player_.decision().is_stand_in; }
  [[nodiscard]] std::string words() const override;

 private:
  Player& player_;
};

/// The loop's thread. All that it is given must outlive it.
class Watchdog {
 public:
  /// How long the first real frame is waited for where a card bridges its making. Then what stands
  /// counts: a display that shows its card lives, and is watched.
  static constexpr Millis kBridged = std::chrono::seconds{20};

  Watchdog(const ServiceManager& manager, Watched& watched, PollLoop& loop,
           Millis bridged = kBridged);
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// Something else is on the glass, or may be: says what stands, and READY=1 once it is real. That
  /// is asked for again, as often as life is, until it is proven.
  /// `remark` is said behind it, for what a person should know besides; may be empty.
  void shown(const std::string& remark);
  [[nodiscard]] bool is_ready() const { return is_ready_; }

 private:
  void prove();
  void say_ready();

  const ServiceManager& manager_;
  Watched& watched_;
  Millis bridged_;
  Timer proof_timer_;
  Timer bridge_timer_;
  bool is_bridge_over_ = false;
  bool has_begun_ = false;  // there was a frame
  bool is_ready_ = false;
  std::string said_;
};

}  // namespace noseon
