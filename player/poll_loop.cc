#include "player/poll_loop.h"

#include <poll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>
#include <utility>

#include "base/check.h"

namespace noseon {
namespace {

timespec to_timespec(std::chrono::nanoseconds time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  return {static_cast<time_t>(seconds.count()), static_cast<long>((time - seconds).count())};
}

}  // namespace

void PollLoop::watch(int fd, std::function<void()> ready) {
  if (fd >= 0) watched_.push_back({fd, std::move(ready)});
}

void PollLoop::stop(Status result) {
  if (!is_stopped_) result_ = std::move(result);
  is_stopped_ = true;
}

Status PollLoop::run() {
  std::vector<pollfd> polled;
  while (true) {
    for (const auto& tidy : tidy_) tidy();
    if (std::exchange(is_stopped_, false)) return std::exchange(result_, {});
    polled.clear();
    for (const Watched& watched : watched_) polled.push_back({watched.fd, POLLIN, 0});
    if (::poll(polled.data(), polled.size(), -1) < 0) {
      CHECK(errno == EINTR);
      continue;
    }
    for (std::size_t i = 0; i < polled.size() && !is_stopped_; ++i) {
      if ((polled[i].revents & POLLIN) != 0) {
        watched_[i].ready();
      } else if (polled[i].revents != 0) {
        return fail(ErrorKind::unavailable, "the connection to the display broke");
      }
    }
  }
}

Timer::Timer() : fd_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
  CHECK(fd_.is_open());
}

void Timer::set(Steady at) {
  // All zero would disarm it; std::chrono::steady_clock is CLOCK_MONOTONIC.
  const auto time = std::max(std::chrono::nanoseconds{1}, at.time_since_epoch());
  const itimerspec spec{{0, 0}, to_timespec(time)};
  CHECK(::timerfd_settime(fd_.get(), TFD_TIMER_ABSTIME, &spec, nullptr) == 0);
}

void Timer::set_every(std::chrono::nanoseconds period) {
  const itimerspec spec{to_timespec(period), to_timespec(period)};
  CHECK(::timerfd_settime(fd_.get(), 0, &spec, nullptr) == 0);
}

void Timer::clear() {
  const itimerspec spec{};
  CHECK(::timerfd_settime(fd_.get(), 0, &spec, nullptr) == 0);
}

std::uint64_t Timer::take() {
  std::uint64_t times = 0;
  return ::read(fd_.get(), &times, sizeof times) == sizeof times ? times : 0;
}

ClockStepWatch::ClockStepWatch()
    : fd_(::timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK)) {
  CHECK(fd_.is_open());
  arm();
}

// For the end of time: all that matters is that a step cancels it.
void ClockStepWatch::arm() {
  itimerspec spec{};
  spec.it_value.tv_sec = std::numeric_limits<std::int32_t>::max();
  spec.it_value.tv_sec *= 4;
  const int flags = TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET;
  CHECK(::timerfd_settime(fd_.get(), flags, &spec, nullptr) == 0 || errno == ECANCELED);
}

bool ClockStepWatch::take() {
  std::uint64_t times = 0;
  const bool stepped = ::read(fd_.get(), &times, sizeof times) < 0 && errno == ECANCELED;
  if (stepped) arm();
  return stepped;
}

Signals::Signals(std::initializer_list<int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  CHECK(pthread_sigmask(SIG_BLOCK, &set, &before_) == 0);
  fd_ = Fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  CHECK(fd_.is_open());
}

Signals::~Signals() {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

std::optional<int> Signals::take() {
  signalfd_siginfo info{};
  if (::read(fd_.get(), &info, sizeof info) != sizeof info) return std::nullopt;
  return static_cast<int>(info.ssi_signo);
}

}  // namespace noseon
