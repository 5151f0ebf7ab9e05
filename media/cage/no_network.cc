#include "media/cage/no_network.h"

#include <linux/netlink.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <initializer_list>

#include "base/handle.h"

namespace noseon {
namespace {

using Filter = Handle<void, seccomp_release>;

// The kernel looks at the lower half of a family alone, the filter at all of the register: what has
// something in its upper half is larger than any, and denied.
scmp_arg_cmp family(scmp_compare compare, scmp_datum_t value) {
  return {0, compare, value, 0};
}
scmp_arg_cmp protocol_is_not(scmp_datum_t value) {
  return {2, SCMP_CMP_NE, value, 0};
}

bool deny_sockets(scmp_filter_ctx filter) {
  const auto deny = [filter](std::initializer_list<scmp_arg_cmp> arguments) {
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(socket),
                                  static_cast<unsigned>(arguments.size()), arguments.begin()) == 0;
  };
  bool is_complete =
      deny({family(SCMP_CMP_LT, AF_UNIX)}) && deny({family(SCMP_CMP_GT, AF_NETLINK)}) &&
      deny({family(SCMP_CMP_EQ, AF_NETLINK), protocol_is_not(NETLINK_KOBJECT_UEVENT)});
  for (int between = AF_UNIX + 1; between < AF_NETLINK; ++between)
    is_complete &= deny({family(SCMP_CMP_EQ, static_cast<scmp_datum_t>(between))});
  return is_complete;
}

bool deny_rings(scmp_filter_ctx filter) {
  return seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(io_uring_setup), 0) == 0;
}

}  // namespace

bool leave_network() {
  const Filter filter(seccomp_init(SCMP_ACT_ALLOW));
  return filter && deny_sockets(filter.get()) && deny_rings(filter.get()) &&
         seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
         ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && seccomp_load(filter.get()) == 0;
}

}  // namespace noseon
