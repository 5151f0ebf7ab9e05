#include "media/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>

// glibc 2.36 forgot __BEGIN_DECLS in it.
extern "C" {
#include <sys/pidfd.h>
}

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <limits>
#include <system_error>

#include "base/check.h"
#include "base/say.h"
#include "media/decode_answer.h"

namespace noseon {
namespace {

constexpr int kLoaderFailed = 127;  // ld.so(8): the status when a library is missing

std::string words_for(int error) {
  return std::generic_category().message(error);
}

class Actions {
 public:
  Actions() { CHECK(::posix_spawn_file_actions_init(&actions_) == 0); }
  ~Actions() { ::posix_spawn_file_actions_destroy(&actions_); }
  Actions(const Actions&) = delete;
  Actions& operator=(const Actions&) = delete;

  // Nonzero where memory ran out.
  [[nodiscard]] int plan(const Fd& input, const Fd& output) {
    int error = 0;
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      error |= ::posix_spawn_file_actions_addopen(&actions_, standard, "/dev/null", O_RDWR, 0);
    }
    error |= ::posix_spawn_file_actions_adddup2(&actions_, input.get(), kPictureFd);
    error |= ::posix_spawn_file_actions_adddup2(&actions_, output.get(), kAnswerFd);
    error |= ::posix_spawn_file_actions_addclosefrom_np(&actions_, kAnswerFd + 1);
    return error;
  }
  [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_{};
};

class Attributes {
 public:
  Attributes() {
    CHECK(::posix_spawnattr_init(&attributes_) == 0);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setsigdefault(&attributes_, &all);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    ::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

// Out of the way of the numbers that the child gets: a dup2 must not overwrite the other source.
Fd lifted(const Fd& fd) {
  constexpr int kAbove = 16;
  return Fd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kAbove));
}

Failure cannot_start(const CagedProgram& program, int error) {
  const std::string remedy =
      error == ENOENT || error == EACCES
          ? say("install it beside the program or let {} point to it", program.variable)
          : say("too many processes or files are open");
  return fail(ErrorKind::unavailable,
              say("{} cannot be started: {}; {}", program.path.string(), words_for(error), remedy));
}

std::string name_of(int signal) {
  const char* const name = ::sigabbrev_np(signal);
  return name != nullptr ? fmt::format("SIG{}", name) : fmt::format("signal {}", signal);
}

Status judge(int status, const char* name) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  if (WIFEXITED(status) && WEXITSTATUS(status) == kLoaderFailed) {
    return fail(ErrorKind::unavailable,
                say("{}: it cannot be started, since a library of it is missing; install it again",
                    said(name)));
  }
  if (WIFEXITED(status)) {
    return fail(ErrorKind::crashed,
                say("{}: it failed with status {}", said(name), WEXITSTATUS(status)));
  }
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU) {
    return fail(ErrorKind::out_of_time,
                say("decoding it takes too much computing time; scale it down or save it again"));
  }
  return fail(ErrorKind::crashed, say("{}: it was killed by {}", said(name), name_of(signal)));
}

}  // namespace

Result<Child> Child::start(const CagedProgram& program, const std::vector<std::string>& arguments,
                           const Fd& input, const Fd& output) {
  const Fd lifted_input = lifted(input);
  const Fd lifted_output = lifted(output);
  if (!lifted_input.is_open() || !lifted_output.is_open()) return cannot_start(program, errno);

  Actions actions;
  const Attributes attributes;
  if (actions.plan(lifted_input, lifted_output) != 0) return cannot_start(program, ENOMEM);

  std::string name = program.path.string();
  std::vector<std::string> owned = arguments;
  std::vector<char*> argv{name.data()};
  for (std::string& argument : owned) argv.push_back(argument.data());
  argv.push_back(nullptr);
  char* const no_environment[] = {nullptr};

  pid_t pid = -1;
  const int error = ::posix_spawn(&pid, name.c_str(), actions.get(), attributes.get(), argv.data(),
                                  no_environment);
  if (error != 0) return cannot_start(program, error);

  // Nobody else reaps it, so the number cannot have changed hands before the pidfd is ours.
  Child child(pid, program.name);
  child.pidfd_ = Fd(::pidfd_open(pid, 0));
  if (!child.pidfd_.is_open()) return cannot_start(program, errno);
  return child;
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), name_(other.name_), pidfd_(std::move(other.pidfd_)) {}

Child::~Child() {
  if (pid_ > 0) static_cast<void>(finish());
}

bool Child::ends_before(Steady deadline) const {
  while (true) {
    const auto left = std::chrono::ceil<Millis>(deadline - std::chrono::steady_clock::now());
    const auto wait = std::clamp<Millis::rep>(left.count(), 0, std::numeric_limits<int>::max());
    pollfd ended{pidfd_.get(), POLLIN, 0};
    const int ready = ::poll(&ended, 1, static_cast<int>(wait));
    if (ready > 0) return true;
    if (ready == 0 && wait == 0) return false;
    if (ready < 0 && errno != EINTR) return false;
  }
}

Result<int> Child::finish() {
  // The dead child is a zombie until it is reaped below, so its number still names this group and
  // no other: what it may have forked dies with it.
  ::kill(-pid_, SIGKILL);
  ::kill(pid_, SIGKILL);
  int status = 0;
  pid_t reaped = -1;
  do {
    reaped = ::waitpid(pid_, &status, 0);
  } while (reaped < 0 && errno == EINTR);
  const bool is_ours = reaped == pid_;
  pid_ = -1;
  if (!is_ours) {
    return fail(ErrorKind::crashed,
                say("{}: it was reaped by another part of the program", said(name_)));
  }
  return status;
}

Status Child::wait_until(Steady deadline) {
  CHECK(pid_ > 0);
  const bool has_ended = ends_before(deadline);
  ASSIGN_OR_RETURN(const int status, finish());
  if (!has_ended) {
    return fail(ErrorKind::out_of_time,
                say("{}: it did not finish in time and was killed", said(name_)));
  }
  return judge(status, name_);
}

}  // namespace noseon
