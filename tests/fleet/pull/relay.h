// A link between a display and a server: it counts what goes over it, is as slow as a test says,
// and can be cut.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/handle.h"
#include "base/time.h"

namespace noseon::testing {

class Relay {
 public:
  /// To 127.0.0.1:`port`.
  explicit Relay(int port, std::uint64_t bytes_per_second = 0);
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  ///< both ways
  void forget_bytes() { bytes_ = 0; }
  /// Down: what is open is reset, what is new is refused.
  void set_up(bool is_up);

 private:
  void accept_all();
  void pump(int from, int to);

  int target_;
  std::uint64_t bytes_per_second_;
  int port_ = 0;
  Fd listener_;
  std::atomic<bool> ended_ = false;
  std::atomic<bool> is_up_ = true;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::jthread> threads_;
  std::jthread acceptor_;
};

}  // namespace noseon::testing
