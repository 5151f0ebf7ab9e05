// A program without a network, by seccomp(2): what noseon-player enters before it opens anything.
#pragma once

namespace noseon {

/// From now on no thread of this process, and no program that it starts, can open a socket but a
/// local one (AF_UNIX: the X server, the compositor) or the kernel's news of devices
/// (NETLINK_KOBJECT_UEVENT, which udev reads): EACCES. io_uring, which could open one past any
/// filter, is as in a kernel that does not have it; calls of another architecture's table kill.
/// Nothing is gained by running another program (PR_SET_NO_NEW_PRIVS). For good. False where the
/// kernel refuses.
///
/// REQUIRES: one thread.
[[nodiscard]] bool leave_network();

}  // namespace noseon
