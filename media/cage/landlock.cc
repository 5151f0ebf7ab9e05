// Landlock by its three system calls, which glibc does not wrap. Debian 12's headers know ABI 2,
// its kernel too; what later kernels add is written down here (linux/landlock.h of Linux 6.12).
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>

#include "media/cage/cage.h"

namespace noseon {
namespace {

struct Ruleset {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;  // since ABI 4
  std::uint64_t scoped = 0;              // since ABI 6
};

constexpr std::uint64_t kTruncate = 1ULL << 14U;     // since ABI 3
constexpr std::uint64_t kIoctlDevice = 1ULL << 15U;  // since ABI 5
constexpr std::uint64_t kBindAndConnectTcp = 0b11;   // since ABI 4
constexpr std::uint64_t kAbstractAndSignals = 0b11;  // since ABI 6

// What is handled and then allowed nowhere is denied everywhere.
Ruleset everything_of(int abi) {
  Ruleset rules;
  rules.handled_access_fs =
      (LANDLOCK_ACCESS_FS_MAKE_SYM << 1U) - 1;  // ABI 1: its last and all below
#ifdef NOSEON_SANITIZED
  rules.handled_access_fs &=
      ~std::uint64_t{LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR};
#endif
  if (abi >= 2) rules.handled_access_fs |= LANDLOCK_ACCESS_FS_REFER;
  if (abi >= 3) rules.handled_access_fs |= kTruncate;
  if (abi >= 5) rules.handled_access_fs |= kIoctlDevice;
  if (abi >= 4) rules.handled_access_net = kBindAndConnectTcp;
  if (abi >= 6) rules.scoped = kAbstractAndSignals;
  return rules;
}

// A kernel takes a longer structure than it knows as long as the rest is zero.
int create_ruleset(const Ruleset& rules) {
  return static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0));
}

}  // namespace

Landlocked deny_files() {
  const auto abi = static_cast<int>(
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION));
  if (abi < 0) {
    return errno == ENOSYS || errno == EOPNOTSUPP ? Landlocked::not_in_this_kernel
                                                  : Landlocked::failed;
  }
  const int ruleset = create_ruleset(everything_of(abi));
  if (ruleset < 0) return Landlocked::failed;
  const bool is_denied = ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  ::close(ruleset);
  return is_denied ? Landlocked::yes : Landlocked::failed;
}

}  // namespace noseon
