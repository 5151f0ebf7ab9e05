// The loop of the player: one poll() over every descriptor that may have news, and nothing else.
// While a poster stands it sleeps; it has no tick. (SDL's own timed waits poll about 900 times a
// second where there is no window system, and follow the wall clock.) Linux: timerfd_create(2),
// signalfd(2).
#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <optional>
#include <vector>

#include "base/handle.h"
#include "base/result.h"
#include "base/time.h"

namespace noseon {

/// One thread.
class PollLoop {
 public:
  /// Calls `ready` whenever the descriptor is readable; `ready` must read it. -1 is never readable.
  /// The descriptor is borrowed; it must outlive the loop.
  void watch(int fd, std::function<void()> ready);
  /// Called before each wait: for libraries that may hold news they have read already.
  void before_wait(std::function<void()> tidy) { tidy_.push_back(std::move(tidy)); }

  /// Until stop(), with what it was given. unavailable when a watched descriptor breaks: the
  /// display went away.
  [[nodiscard]] Status run();
  void stop(Status result = {});

 private:
  struct Watched {
    int fd;
    std::function<void()> ready;
  };
  std::vector<Watched> watched_;
  std::vector<std::function<void()>> tidy_;
  bool is_stopped_ = false;
  Status result_;
};

/// A timer on CLOCK_MONOTONIC, to poll() for.
class Timer {
 public:
  Timer();
  [[nodiscard]] int fd() const { return fd_.get(); }
  /// Once, at a steady time; one that is past fires at once.
  void set(Steady at);
  /// Again and again; the first time one period from now.
  void set_every(std::chrono::nanoseconds period);
  void clear();
  /// How often it fired since the last call.
  std::uint64_t take();

 private:
  Fd fd_;
};

/// Readable after civil time was set rather than passed (TFD_TIMER_CANCEL_ON_SET), or after the
/// machine woke from sleep. It does nothing else: whoever sees it asks for the time again.
class ClockStepWatch {
 public:
  ClockStepWatch();
  [[nodiscard]] int fd() const { return fd_.get(); }
  /// True where civil time stepped since the last call.
  bool take();

 private:
  void arm();
  Fd fd_;
};

/// Signals as something to read. They are blocked while it lives, in this thread and in those it
/// starts later: make it before any other thread.
class Signals {
 public:
  Signals(std::initializer_list<int> signals);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  [[nodiscard]] int fd() const { return fd_.get(); }
  /// The next one that came, or nothing.
  std::optional<int> take();

 private:
  sigset_t before_{};
  Fd fd_;
};

}  // namespace noseon
