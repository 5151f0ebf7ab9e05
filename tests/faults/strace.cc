#include "tests/faults/strace.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>

#include "base/check.h"
#include "base/files.h"
#include "base/handle.h"
#include "tests/faults/memory_folder.h"

namespace noseon::faults {
namespace {

constexpr std::uint64_t kLogBytesMax = 1'000'000'000;

// Every call that can change what is on a disk. What parse and model do not know they refuse.
constexpr const char* kCalls =
    "trace=open,openat,openat2,creat,write,pwrite64,writev,pwritev,pwritev2,rename,renameat,"
    "renameat2,link,linkat,symlink,symlinkat,unlink,unlinkat,rmdir,mkdir,mkdirat,mknod,mknodat,"
    "truncate,ftruncate,fallocate,copy_file_range,sendfile,splice,fsync,fdatasync,syncfs,sync,"
    "sync_file_range,lseek,mmap,io_uring_setup";

[[noreturn]] void become(const std::vector<std::string>& words) {
  ::setpgid(0, 0);
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int fd : {0, 1, 2}) ::dup2(nothing, fd);
  // Leaks cannot be looked for in a process that is traced.
  ::setenv("ASAN_OPTIONS", "detect_leaks=0:exitcode=99", 1);
  std::vector<char*> pointers;
  pointers.reserve(words.size() + 1);
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  ::execvp(pointers[0], pointers.data());
  ::_exit(127);
}

enum class Runs { itself, under_strace };

// The program itself: the signals that strace gets are strace's own.
pid_t program_of(pid_t child, Runs how) {
  if (how == Runs::itself) return child;
  const std::string pid = std::to_string(child);
  std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
  pid_t program = -1;
  children >> program;
  return program;
}

// Waits for the end of a process, or makes it.
TracedRun wait_for(pid_t child, const Patience& patience, Runs how) {
  const Fd watch(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
  pollfd ended{watch.get(), POLLIN, 0};
  const auto is_over_in = [&](Millis time) {
    return ::poll(&ended, 1, static_cast<int>(time.count())) == 1;
  };
  const auto begin = std::chrono::steady_clock::now();
  const auto since = [](std::chrono::steady_clock::time_point then) {
    return std::chrono::floor<Millis>(std::chrono::steady_clock::now() - then);
  };
  TracedRun run;
  const Millis before_term = patience.asked_to_end.value_or(Millis{0});
  run.is_over_in_time = patience.asked_to_end && is_over_in(before_term);
  if (!run.is_over_in_time) {
    const pid_t program = patience.asked_to_end ? program_of(child, how) : -1;
    if (program > 0) ::kill(program, SIGTERM);
    const auto asked = std::chrono::steady_clock::now();
    run.is_over_in_time = is_over_in(patience.deadline - before_term);
    if (program > 0) run.took_to_end = since(asked);
  }
  run.took = since(begin);
  if (!run.is_over_in_time) ::kill(-child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  // Nor do those stay that it left behind.
  ::kill(-child, SIGKILL);
  if (WIFEXITED(status)) run.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) run.signal = WTERMSIG(status);
  return run;
}

TracedRun start(const std::vector<std::string>& command, const Patience& patience, Runs how) {
  const pid_t child = ::fork();
  if (child == 0) become(command);
  CHECK(child > 0);
  return wait_for(child, patience, how);
}

}  // namespace

Result<TracedRun> run_under_strace(const std::vector<std::string>& options,
                                   const std::vector<std::string>& command,
                                   const Patience& patience) {
  const MemoryFolder folder;
  const std::string log = (folder / "log").string();
  std::vector<std::string> words = {"strace", "-f", "-y", "-o", log};
  words.insert(words.end(), options.begin(), options.end());
  words.emplace_back("--");
  words.insert(words.end(), command.begin(), command.end());
  TracedRun run = start(words, patience, Runs::under_strace);
  auto text = read_file(log, kLogBytesMax);
  if (!text) return fail(ErrorKind::unavailable, "strace did not start; install strace");
  run.log = *std::move(text);
  return run;
}

TracedRun run_program(const std::vector<std::string>& command, const Patience& patience) {
  return start(command, patience, Runs::itself);
}

Result<TracedRun> record_calls(const std::vector<std::string>& command, const Patience& patience) {
  // Strings in hexadecimal: none of them can be taken for what strace writes itself.
  return run_under_strace({"-xx", "-s", "16000000", "-e", kCalls}, command, patience);
}

}  // namespace noseon::faults
