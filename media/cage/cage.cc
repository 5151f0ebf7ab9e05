#include "media/cage/cage.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

#include "media/decode_answer.h"

namespace noseon {
namespace {

bool limit(__rlimit_resource resource, std::uint64_t value) {
  const rlimit both{value, value};
  return ::setrlimit(resource, &both) == 0;
}

// A sanitizer reserves address space, opens /proc for its reports and costs several times the CPU.
bool limit_by_build(const CageLimits& limits) {
#ifdef NOSEON_SANITIZED
  constexpr std::uint64_t kSlower = 8;
  return limit(RLIMIT_CPU, kSlower * limits.cpu_seconds);
#else
  return limit(RLIMIT_DATA, limits.memory_bytes) && limit(RLIMIT_AS, limits.address_bytes) &&
         limit(RLIMIT_CPU, limits.cpu_seconds) && limit(RLIMIT_NOFILE, kAnswerFd + 1);
#endif
}

}  // namespace

bool limit_resources(const CageLimits& limits) {
  // Threads count as processes of the user, of whom others may be running.
  const bool may_thread = limits.threads == CageThreads::some;
  return limit(RLIMIT_CORE, 0) && (may_thread || limit(RLIMIT_NPROC, 0)) &&
         limit(RLIMIT_FSIZE, limits.answer_bytes_max) && limit_by_build(limits);
}

bool give_up_privileges() {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

bool enter_cage(const CageLimits& limits) {
  // Landlock takes a descriptor for a moment, which the limits no longer give.
  return give_up_privileges() && deny_files() != Landlocked::failed && limit_resources(limits) &&
         deny_system_calls(limits.threads);
}

}  // namespace noseon
