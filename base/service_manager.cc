#include "base/service_manager.h"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace noseon {
namespace {

// Under cage the watchdog is asked of cage, which knows nothing of it and leaves its environment to
// its child: what is asked of our parent is asked of us.
bool is_asked_of_parent() {
  const char* const pid = std::getenv("WATCHDOG_PID");
  return pid != nullptr && std::to_string(::getppid()) == pid;
}

}  // namespace

ServiceManager ServiceManager::of_environment() {
  ServiceManager manager;
  manager.listens_ = std::getenv("NOTIFY_SOCKET") != nullptr;
  if (!manager.listens_) return manager;
  if (is_asked_of_parent()) ::unsetenv("WATCHDOG_PID");
  std::uint64_t microseconds = 0;
  if (::sd_watchdog_enabled(0, &microseconds) > 0)
    manager.patience_ = std::chrono::microseconds{microseconds};
  return manager;
}

std::optional<Millis> ServiceManager::between_signs_of_life() const {
  if (!patience_) return std::nullopt;
  return std::max(std::chrono::floor<Millis>(*patience_ / 3), Millis{1});
}

void ServiceManager::takes_longer(std::chrono::microseconds more) const {
  tell(fmt::format("EXTEND_TIMEOUT_USEC={}", more.count()));
}

void ServiceManager::status(std::string words) const {
  std::replace(words.begin(), words.end(), '\n', ' ');
  tell("STATUS=" + words);
}

// Whoever listens may be gone: the work goes on.
void ServiceManager::tell(const std::string& words) const {
  if (listens_) static_cast<void>(::sd_notify(0, words.c_str()));
}

}  // namespace noseon
