// The socket of a service manager: what a program says of itself, a datagram at a time.
#pragma once

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/handle.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {

/// A socket for datagrams at that path; never waits.
inline Fd open_notify_socket(const std::string& path) {
  Fd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  CHECK(fd.is_open());
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  CHECK(path.size() < sizeof address.sun_path);
  std::copy(path.begin(), path.end(), address.sun_path);
  CHECK(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  return fd;
}

/// Says a word to that socket, as a program under a service manager does; false where nobody hears.
[[nodiscard]] inline bool notify(const std::string& path, std::string_view words) {
  const Fd fd(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  CHECK(path.size() < sizeof address.sun_path);
  std::copy(path.begin(), path.end(), address.sun_path);
  return ::sendto(fd.get(), words.data(), words.size(), 0,
                  reinterpret_cast<const sockaddr*>(&address),
                  sizeof address) == static_cast<ssize_t>(words.size());
}

/// Named by NOTIFY_SOCKET as long as it is there; nothing else of the environment asks for life.
class NotifySocket {
 public:
  NotifySocket() : fd_(open_notify_socket(folder_ / "notify")) {
    ::setenv("NOTIFY_SOCKET", (folder_ / "notify").c_str(), 1);
    forget_watchdog();
  }
  ~NotifySocket() {
    ::unsetenv("NOTIFY_SOCKET");
    forget_watchdog();
  }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// As WatchdogSec= has it, asked of `pid`, or of everybody.
  static void ask_for_life(const std::string& microseconds, const std::string& pid = {}) {
    ::setenv("WATCHDOG_USEC", microseconds.c_str(), 1);
    if (!pid.empty()) ::setenv("WATCHDOG_PID", pid.c_str(), 1);
  }

  /// All that was said until now.
  [[nodiscard]] const std::vector<std::string>& told() {
    std::array<char, 4096> words{};
    for (ssize_t bytes = 0;
         (bytes = ::recv(fd_.get(), words.data(), words.size(), MSG_DONTWAIT)) >= 0;)
      told_.emplace_back(words.data(), static_cast<std::size_t>(bytes));
    return told_;
  }
  [[nodiscard]] std::ptrdiff_t count(const std::string& words) {
    return std::ranges::count(told(), words);
  }

 private:
  static void forget_watchdog() {
    ::unsetenv("WATCHDOG_USEC");
    ::unsetenv("WATCHDOG_PID");
  }

  TemporaryFolder folder_;
  Fd fd_;
  std::vector<std::string> told_;
};

}  // namespace noseon::testing
