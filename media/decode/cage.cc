#include "media/decode/cage.h"

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
bool limit_by_build() {
#ifdef NOSEON_SANITIZED
  return limit(RLIMIT_CPU, 30);
#else
  constexpr std::uint64_t kMemoryBytes = 512ULL * 1024 * 1024;
  constexpr std::uint64_t kCpuSeconds = 4;
  return limit(RLIMIT_AS, kMemoryBytes) && limit(RLIMIT_CPU, kCpuSeconds) &&
         limit(RLIMIT_NOFILE, kAnswerFd + 1);
#endif
}

}  // namespace

bool enter_cage(std::uint64_t answer_bytes_max) {
  return ::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && limit(RLIMIT_CORE, 0) &&
         limit(RLIMIT_NPROC, 0) && limit(RLIMIT_FSIZE, answer_bytes_max) && limit_by_build();
}

}  // namespace noseon
