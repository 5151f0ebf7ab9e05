// What a program that stays tells whoever started it: systemd, or nobody. The protocol is
// sd_notify(3), words sent as datagrams to the local socket that NOTIFY_SOCKET names.
#pragma once

#include <optional>
#include <string>

#include "base/time.h"

namespace noseon {

/// Any thread. Where nobody asked to be told, every call does nothing.
class ServiceManager {
 public:
  /// As the environment says. Read once, before there is another thread.
  [[nodiscard]] static ServiceManager of_environment();

  /// Somebody listens.
  [[nodiscard]] bool listens() const { return listens_; }
  /// How long it waits for alive() before it ends the program; nothing: for ever. A compositor that
  /// was started as the service (cage) is asked, and its child answers.
  [[nodiscard]] std::optional<std::chrono::microseconds> patience() const { return patience_; }
  /// How often alive() is to be said, a third of its patience: one may come late, and one be in
  /// vain. Nothing where nobody waits; never less than 1 ms.
  [[nodiscard]] std::optional<Millis> between_signs_of_life() const;

  /// What the program is for has begun; or what reloading() began is done.
  void ready() const { tell("READY=1"); }
  /// By what proves it, just now; never by a timer alone.
  void alive() const { tell("WATCHDOG=1"); }
  void reloading() const { tell("RELOADING=1"); }
  void stopping() const { tell("STOPPING=1"); }
  /// The start takes longer: it is to be waited for so long from now on.
  void takes_longer(std::chrono::microseconds more) const;
  /// One line of plain words for `systemctl status`; a line's end in it becomes a space.
  void status(std::string words) const;

 private:
  void tell(const std::string& words) const;

  bool listens_ = false;
  std::optional<std::chrono::microseconds> patience_;
};

}  // namespace noseon
