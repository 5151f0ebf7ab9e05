// Enters the cage and tries to get out of it, in the way that its first argument names. The second
// says what holds it: "caged" (all of the cage), "seccomp" or "landlock" (that part alone), or
// "free", which shows that the attempt works where nothing holds it.
//
// Status 0: the attempt succeeded. 1: it was refused, and this process lived. Else a signal.
#include <fcntl.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "media/cage/cage.h"

namespace noseon {
namespace {

constexpr std::size_t kPage = 4096;
constexpr int kRun = PROT_READ | PROT_EXEC;

int page_flags() {
  return MAP_PRIVATE | MAP_ANONYMOUS;
}

bool mapped(int protection) {
  return ::mmap(nullptr, kPage, protection, page_flags(), -1, 0) != MAP_FAILED;
}

bool made_executable() {
  void* const page = ::mmap(nullptr, kPage, PROT_READ | PROT_WRITE, page_flags(), -1, 0);
  return page != MAP_FAILED && ::mprotect(page, kPage, kRun) == 0;
}

bool ran_other_program() {
  const pid_t child = ::vfork();
  if (child == 0) {
    ::execl("/bin/true", "true", nullptr);
    ::_exit(9);
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && status == 0;
}

bool became_other_program() {
  ::execl("/bin/true", "true", nullptr);
  return false;
}

bool forked(std::uint64_t flags) {
  const auto child =
      static_cast<pid_t>(::syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
  if (child == 0) ::_exit(0);
  return child > 0 && ::waitpid(child, nullptr, 0) == child;
}

bool ring_made() {
  io_uring_params parameters{};
  return ::syscall(SYS_io_uring_setup, 4, &parameters) >= 0;
}

bool connected() {
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::string_view("/tmp/noseon-escapee-none").copy(name.sun_path, sizeof name.sun_path - 1);
  // The call came through where it found nobody to talk to; the socket is the one of socketpair().
  return ::connect(3, reinterpret_cast<const sockaddr*>(&name), sizeof name) == 0 || errno != EPERM;
}

bool done(long result) {
  return result >= 0;
}

// What the kernel was asked for, whatever it answered: where the call itself is what is forbidden.
bool asked(long) {
  return true;
}

using Attempts = std::map<std::string, std::function<bool()>, std::less<>>;

const Attempts& attempts() {
  static const Attempts all = {
      // Files
      {"open", [] { return done(::syscall(SYS_open, "/etc/passwd", O_RDONLY)); }},
      {"openat", [] { return done(::openat(AT_FDCWD, "/etc/passwd", O_RDONLY)); }},
      {"openat-write", [] { return done(::openat(AT_FDCWD, "/dev/null", O_WRONLY)); }},
      {"openat2",
       [] {
         const std::array<std::uint64_t, 3> how{O_RDONLY, 0, 0};
         return done(::syscall(SYS_openat2, AT_FDCWD, "/etc/passwd", &how, sizeof how));
       }},
      {"creat", [] { return done(::creat("/tmp/noseon-escapee", 0600)); }},
      {"mkdir",
       [] {
         return done(::mkdir("/tmp/noseon-escapee-folder", 0700)) &&
                done(::rmdir("/tmp/noseon-escapee-folder"));
       }},
      {"unlink", [] { return asked(::unlink("/tmp/noseon-escapee-none")); }},
      {"rename", [] { return asked(::rename("/tmp/noseon-escapee-a", "/tmp/noseon-escapee-b")); }},
      {"chmod", [] { return asked(::chmod("/tmp/noseon-escapee-none", 0600)); }},
      {"symlink", [] { return asked(::symlink("/", "/tmp/noseon/none/escapee")); }},
      {"memfd_create", [] { return done(::memfd_create("more", 0)); }},
      {"inotify", [] { return done(::syscall(SYS_inotify_init1, 0)); }},
      {"mount", [] { return asked(::syscall(SYS_mount, "", "/none", "", 0, nullptr)); }},
      {"chroot", [] { return asked(::chroot("/none")); }},
      // Descriptors
      {"write-elsewhere", [] { return done(::write(STDOUT_FILENO, "x", 1)); }},
      {"pwrite", [] { return done(::pwrite(4, "x", 1, 0)); }},
      {"dup", [] { return done(::dup(3)); }},
      {"dup2", [] { return done(::dup2(3, 2)); }},
      {"fcntl-dup", [] { return done(::fcntl(4, F_DUPFD, 0)); }},
      {"fcntl-own", [] { return done(::fcntl(4, F_SETOWN, ::getpid())); }},
      {"ioctl", [] { return asked(::syscall(SYS_ioctl, 0, 0x5412, "x")); }},
      {"truncate-other", [] { return asked(::ftruncate(3, 0)); }},
      // The network
      {"socket", [] { return done(::socket(AF_INET, SOCK_STREAM, 0)); }},
      {"socket-unix", [] { return done(::socket(AF_UNIX, SOCK_STREAM, 0)); }},
      {"socketpair",
       [] {
         int pair[2];
         return done(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
       }},
      {"connect", [] { return connected(); }},
      {"bind", [] { return asked(::bind(3, nullptr, 0)); }},
      {"sendto", [] { return asked(::sendto(3, "x", 1, 0, nullptr, 0)); }},
      // Other processes
      {"fork", [] { return forked(0); }},
      {"vfork-exec", [] { return ran_other_program(); }},
      {"clone-new-user", [] { return asked(forked(CLONE_NEWUSER) ? 0 : -1); }},
      {"execve", [] { return became_other_program(); }},
      {"execveat", [] { return asked(::syscall(SYS_execveat, 3, "", nullptr, nullptr, 0x1000)); }},
      {"ptrace", [] { return asked(::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr)); }},
      {"process_vm_readv",
       [] {
         return asked(::syscall(SYS_process_vm_readv, ::getppid(), nullptr, 0, nullptr, 0, 0));
       }},
      {"kill-parent", [] { return done(::kill(::getppid(), 0)); }},
      {"tgkill-parent", [] { return done(::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0)); }},
      {"pidfd_open", [] { return done(::syscall(SYS_pidfd_open, ::getppid(), 0)); }},
      {"setpriority", [] { return asked(::setpriority(PRIO_PROCESS, 0, 19)); }},
      {"unshare", [] { return asked(::unshare(CLONE_NEWUSER)); }},
      {"setns", [] { return asked(::setns(3, 0)); }},
      // The kernel's doors
      {"mmap-exec", [] { return mapped(kRun); }},
      {"mprotect-exec", [] { return made_executable(); }},
      {"prctl", [] { return done(::prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }},
      {"seccomp", [] { return asked(::syscall(SYS_seccomp, 2, 0, nullptr)); }},
      {"bpf", [] { return asked(::syscall(SYS_bpf, 0, nullptr, 0)); }},
      {"io_uring_setup", [] { return asked(ring_made() ? 0 : -1); }},
      {"userfaultfd", [] { return asked(::syscall(SYS_userfaultfd, 0)); }},
      {"perf_event_open",
       [] { return asked(::syscall(SYS_perf_event_open, nullptr, 0, -1, -1, 0)); }},
      {"keyctl", [] { return asked(::syscall(SYS_keyctl, 0, 0, 0, 0, 0)); }},
      {"setrlimit",
       [] {
         const rlimit more{RLIM_INFINITY, RLIM_INFINITY};
         return asked(::setrlimit(RLIMIT_CPU, &more));
       }},
      {"setuid", [] { return asked(::setuid(::getuid())); }},
      {"reboot", [] { return asked(::syscall(SYS_reboot, 0, 0, 0, nullptr)); }},
      {"no-such-call", [] { return asked(::syscall(4999)); }},
      // What must go on working
      {"nothing", [] { return true; }},
      {"memory", [] { return mapped(PROT_READ | PROT_WRITE); }},
      {"read-picture",
       [] {
         char byte = 0;
         return ::pread(3, &byte, 1, 0) == 1;
       }},
      {"answer",
       [] {
         return ::write(4, "x", 1) == 1 && ::ftruncate(4, 0) == 0 &&
                ::fcntl(4, F_ADD_SEALS, F_SEAL_SHRINK) == 0;
       }},
      {"abort",
       [] {
         std::abort();
         return true;
       }},
      {"thread",
       [] {
         // As pthread_create() starts one; it ends at once.
         static std::array<char, 4 * kPage> stack;
         constexpr unsigned long kFlags =
             CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
         return ::clone(
                    [](void*) {
                      ::syscall(SYS_exit, 0);
                      return 0;
                    },
                    stack.data() + stack.size(), kFlags, nullptr) > 0;
       }},
  };
  return all;
}

bool held_by(std::string_view what) {
  CageLimits limits;
  limits.answer_bytes_max = kPage;
  limits.memory_bytes = 64ULL << 20U;
  limits.address_bytes = 256ULL << 20U;
  limits.cpu_seconds = 4;
  if (what == "caged") return enter_cage(limits);
  if (what == "threads") {
    limits.threads = CageThreads::some;
    return enter_cage(limits);
  }
  if (what == "seccomp") return give_up_privileges() && deny_system_calls(CageThreads::none);
  if (what == "landlock") return give_up_privileges() && deny_files() == Landlocked::yes;
  return what == "free";
}

int attempt(const std::string& name, std::string_view cage) {
  if (name == "list") {
    for (const auto& [each, act] : attempts()) ::printf("%s\n", each.c_str());
    return 0;
  }
  const auto found = attempts().find(name);
  if (found == attempts().end()) return 98;
  if (!held_by(cage)) return 99;
  return found->second() ? 0 : 1;
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  if (argc != 3) return 97;
  ::fflush(nullptr);
  const int status = noseon::attempt(argv[1], argv[2]);
  ::fflush(nullptr);
  ::_exit(status);
}
