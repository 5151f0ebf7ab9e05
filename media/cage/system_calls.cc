// The system calls that are left inside the cage: an allow-list, everything else kills the process.
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <initializer_list>

#include "base/handle.h"
#include "media/cage/cage.h"
#include "media/decode_answer.h"

namespace noseon {
namespace {

using Filter = Handle<void, seccomp_release>;

// Whatever their arguments, they reach nothing outside of the process.
constexpr int kHarmless[] = {
    SCMP_SYS(brk),          SCMP_SYS(clock_getres),   SCMP_SYS(clock_gettime),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),     SCMP_SYS(futex),
    SCMP_SYS(getpid),       SCMP_SYS(getrandom),      SCMP_SYS(getrusage),
    SCMP_SYS(gettid),       SCMP_SYS(gettimeofday),   SCMP_SYS(madvise),
    SCMP_SYS(mremap),       SCMP_SYS(munmap),         SCMP_SYS(restart_syscall),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sched_yield),  SCMP_SYS(sigaltstack),    SCMP_SYS(time),
};

// What a thread needs to start, to name itself and to know where it may run.
constexpr int kForThreads[] = {
    SCMP_SYS(clock_nanosleep), SCMP_SYS(rseq), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getattr),
    SCMP_SYS(set_robust_list),
};

constexpr scmp_datum_t kThreadFlags =
    CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;

class List {
 public:
  explicit List(scmp_filter_ctx filter) : filter_(filter) {}

  void allow(int call) { keep(seccomp_rule_add(filter_, SCMP_ACT_ALLOW, call, 0)); }
  void allow(int call, std::initializer_list<scmp_arg_cmp> arguments) {
    keep(seccomp_rule_add_array(filter_, SCMP_ACT_ALLOW, call,
                                static_cast<unsigned>(arguments.size()), arguments.begin()));
  }
  // As a kernel that does not have it.
  void pretend_missing(int call) {
    keep(seccomp_rule_add(filter_, SCMP_ACT_ERRNO(ENOSYS), call, 0));
  }
  [[nodiscard]] bool is_complete() const { return is_complete_; }

 private:
  void keep(int error) { is_complete_ = is_complete_ && error == 0; }
  scmp_filter_ctx filter_;
  bool is_complete_ = true;
};

scmp_arg_cmp equals(unsigned argument, scmp_datum_t value) {
  return {argument, SCMP_CMP_EQ, value, 0};
}
scmp_arg_cmp has_bits(unsigned argument, scmp_datum_t mask, scmp_datum_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

void allow_memory(List& list) {
  list.allow(SCMP_SYS(mmap), {has_bits(2, PROT_EXEC, 0)});
  list.allow(SCMP_SYS(mprotect), {has_bits(2, PROT_EXEC, 0)});
}

void allow_picture_and_answer(List& list) {
  list.allow(SCMP_SYS(read), {equals(0, kPictureFd)});
  list.allow(SCMP_SYS(pread64), {equals(0, kPictureFd)});
  list.allow(SCMP_SYS(write), {equals(0, kAnswerFd)});
  list.allow(SCMP_SYS(ftruncate), {equals(0, kAnswerFd)});
  list.allow(SCMP_SYS(lseek), {equals(0, kAnswerFd)});
  list.allow(SCMP_SYS(fcntl), {equals(0, kAnswerFd), equals(1, F_ADD_SEALS)});
  list.allow(SCMP_SYS(write), {equals(0, STDERR_FILENO)});  // last words; to /dev/null
}

// abort() and a failed CHECK: a death that can be told from a forbidden call.
void allow_suicide(List& list) {
  list.allow(SCMP_SYS(tgkill),
             {equals(0, static_cast<scmp_datum_t>(::getpid())), equals(2, SIGABRT)});
}

void allow_threads(List& list) {
  for (const int call : kForThreads) list.allow(call);
  list.allow(SCMP_SYS(clone), {has_bits(0, kThreadFlags, kThreadFlags)});
  list.pretend_missing(SCMP_SYS(clone3));  // its flags lie in memory, where no filter can look
  list.allow(SCMP_SYS(prctl), {equals(0, PR_SET_NAME)});
}

#ifdef NOSEON_SANITIZED
// A report reads /proc/self and the program's own symbols, and asks what is mapped. No descriptor
// is written but those above, and no file opened for it.
void allow_reports(List& list) {
  for (const int call :
       {SCMP_SYS(close), SCMP_SYS(fstat), SCMP_SYS(getdents64), SCMP_SYS(getrlimit),
        SCMP_SYS(getppid), SCMP_SYS(geteuid), SCMP_SYS(mincore), SCMP_SYS(newfstatat),
        SCMP_SYS(pipe2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(sched_getaffinity),
        SCMP_SYS(stat), SCMP_SYS(uname)}) {
    list.allow(call);
  }
  list.allow(SCMP_SYS(read));
  // UBSan asks whether memory can be read by writing it into a pipe of its own.
  list.allow(SCMP_SYS(write), {{0, SCMP_CMP_GT, kAnswerFd, 0}});
  list.allow(SCMP_SYS(prlimit64), {equals(2, 0)});  // asks, and sets nothing
  constexpr scmp_datum_t kWrites = O_ACCMODE | O_CREAT | O_TRUNC;
  list.allow(SCMP_SYS(open), {has_bits(1, kWrites, O_RDONLY)});
  list.allow(SCMP_SYS(openat), {has_bits(2, kWrites, O_RDONLY)});
}
#endif

}  // namespace

bool deny_system_calls(CageThreads threads) {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return false;
  List list(filter.get());
  for (const int call : kHarmless) list.allow(call);
  allow_memory(list);
  allow_picture_and_answer(list);
  allow_suicide(list);
  if (threads == CageThreads::some) allow_threads(list);
#ifdef NOSEON_SANITIZED
  allow_reports(list);
#endif
  return list.is_complete() &&
         seccomp_attr_set(filter.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
         seccomp_load(filter.get()) == 0;
}

}  // namespace noseon
