// That the program is to end, as something that can be waited for beside the network.
#pragma once

#include <csignal>
#include <initializer_list>
#include <utility>

#include "base/handle.h"

namespace noseon {

/// Asked once, it stays asked. is_asked() and ask() from any thread.
class Stop {
 public:
  Stop();
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;

  /// Readable from when it is asked; never read from it.
  [[nodiscard]] int fd() const { return asked_.get(); }
  [[nodiscard]] bool is_asked() const;
  void ask();

 private:
  friend class StopAtSignals;
  explicit Stop(Fd asked) : asked_(std::move(asked)) {}
  Fd asked_;
};

/// A Stop that these signals ask for. They are blocked for as long as it lives, in this thread and
/// those that it starts: first in main().
class StopAtSignals {
 public:
  StopAtSignals(std::initializer_list<int> signals);
  ~StopAtSignals();
  StopAtSignals(const StopAtSignals&) = delete;
  StopAtSignals& operator=(const StopAtSignals&) = delete;

  [[nodiscard]] const Stop& stop() const { return stop_; }

 private:
  sigset_t signals_{};
  sigset_t before_{};
  Stop stop_;
};

}  // namespace noseon
