#include "fleet/pull/stop.h"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>

#include <cstdint>

#include "base/check.h"

namespace noseon {
namespace {

sigset_t set_of(std::initializer_list<int> signals) {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : signals) ::sigaddset(&set, signal);
  return set;
}

Fd signal_fd(const sigset_t& signals) {
  Fd fd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
  CHECK(fd.is_open());
  return fd;
}

}  // namespace

Stop::Stop() : asked_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  CHECK(asked_.is_open());
}

bool Stop::is_asked() const {
  pollfd asked{asked_.get(), POLLIN, 0};
  return ::poll(&asked, 1, 0) > 0;
}

void Stop::ask() {
  const std::uint64_t one = 1;
  static_cast<void>(::write(asked_.get(), &one, sizeof one) < 0);
}

StopAtSignals::StopAtSignals(std::initializer_list<int> signals)
    : signals_(set_of(signals)), stop_(signal_fd(signals_)) {
  CHECK(::pthread_sigmask(SIG_BLOCK, &signals_, &before_) == 0);
}

StopAtSignals::~StopAtSignals() {
  // What came was obeyed: it must not strike once it is let through again.
  signalfd_siginfo came{};
  while (::read(stop_.fd(), &came, sizeof came) > 0) {
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace noseon
