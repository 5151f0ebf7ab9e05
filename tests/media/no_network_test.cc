// A process that left the network, and what it tries then. Each try is in a child of its own: there
// is no way back.
#include "media/cage/no_network.h"

#include <gtest/gtest.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <thread>

namespace noseon {
namespace {

enum class Network { left, there };

// The errno that `attempt` (descriptor or -1) ends with; 0 where it succeeds, -1 for a death.
int errno_of(Network network, const std::function<long()>& attempt) {
  const pid_t child = ::fork();
  if (child == 0) {
    if (network == Network::left && !leave_network()) ::_exit(255);
    ::_exit(attempt() >= 0 ? 0 : errno);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

long open_socket(int family, int type = SOCK_STREAM, int protocol = 0) {
  return ::socket(family, type, protocol);
}

TEST(NoNetwork, IsRefusedInEveryFamilyButTheLocalOne) {
  for (int family = 0; family < 64; ++family) {
    if (family == AF_UNIX) continue;
    for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW})
      EXPECT_EQ(errno_of(Network::left, [&] { return open_socket(family, type); }), EACCES)
          << "family " << family << ", type " << type;
  }
}

TEST(NoNetwork, WasThereBefore) {
  EXPECT_EQ(errno_of(Network::there, [] { return open_socket(AF_INET); }), 0);
  EXPECT_EQ(errno_of(Network::there, [] { return open_socket(AF_INET, SOCK_DGRAM); }), 0);
}

TEST(NoNetwork, LocalSocketsAndTheNewsOfDevicesStay) {
  const auto after = [](const std::function<long()>& attempt) {
    return errno_of(Network::left, attempt);
  };
  EXPECT_EQ(after([] { return open_socket(AF_UNIX); }), 0);
  EXPECT_EQ(after([] {
              int both[2];
              return ::socketpair(AF_UNIX, SOCK_STREAM, 0, both);
            }),
            0);
  const auto netlink = [](int protocol) { return open_socket(AF_NETLINK, SOCK_RAW, protocol); };
  EXPECT_EQ(after([&] { return netlink(NETLINK_KOBJECT_UEVENT); }),
            errno_of(Network::there, [&] { return netlink(NETLINK_KOBJECT_UEVENT); }));
  EXPECT_EQ(after([&] { return netlink(NETLINK_ROUTE); }), EACCES);
}

TEST(NoNetwork, IsNotHadByAFamilyThatTheKernelCutsToSize) {
  const auto raw = [](unsigned long family, unsigned long protocol = 0) {
    return ::syscall(SYS_socket, family, SOCK_STREAM, protocol);
  };
  constexpr unsigned long kAbove = 1UL << 32U;
  EXPECT_EQ(errno_of(Network::there, [&] { return raw(kAbove | AF_INET); }), 0)
      << "the kernel does not mind";
  EXPECT_EQ(errno_of(Network::left, [&] { return raw(kAbove | AF_INET); }), EACCES);
  EXPECT_EQ(errno_of(Network::left, [&] { return raw(kAbove | AF_INET6); }), EACCES);
}

TEST(NoNetwork, IsNotHadThroughARing) {
  EXPECT_EQ(errno_of(Network::left, [] { return ::syscall(SYS_io_uring_setup, 1, nullptr); }),
            ENOSYS);
}

TEST(NoNetwork, IsNotHadByAThreadOrByAnotherProgram) {
  EXPECT_EQ(errno_of(Network::left,
                     [] {
                       long result = 0;
                       std::thread([&] {
                         result = open_socket(AF_INET);
                         if (result < 0) result = -errno;
                       }).join();
                       errno = result < 0 ? static_cast<int>(-result) : 0;
                       return result;
                     }),
            EACCES);
  EXPECT_EQ(errno_of(Network::left,
                     [] {
                       const pid_t grandchild = ::fork();
                       if (grandchild == 0) ::_exit(open_socket(AF_INET) >= 0 ? 0 : errno);
                       int status = 0;
                       ::waitpid(grandchild, &status, 0);
                       errno = WEXITSTATUS(status);
                       return errno == 0 ? 0L : -1L;
                     }),
            EACCES);
}

}  // namespace
}  // namespace noseon
