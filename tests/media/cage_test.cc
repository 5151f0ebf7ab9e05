// The cage of media/cage, proved from inside of it: a program enters and tries to get out.
#include "media/cage/cage.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "base/handle.h"
#include "tests/media/picture_files.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

#ifdef NOSEON_SANITIZED
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

struct Ending {
  int signal = 0;  // what killed it; 0 where it ended by itself
  int status = 0;
  friend bool operator==(const Ending&, const Ending&) = default;
};
constexpr Ending kSucceeded{0, 0};
constexpr Ending kRefused{0, 1};
constexpr Ending kKilled{SIGSYS, 0};

std::ostream& operator<<(std::ostream& out, const Ending& ending) {
  return out << "signal " << ending.signal << ", status " << ending.status;
}

class Cage : public ::testing::Test {
 protected:
  static pid_t spawn(const std::string& program, std::vector<std::string> arguments,
                     const Fd& input, const Fd& output) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    for (const int fd : {0, 1, 2})
      ::posix_spawn_file_actions_addopen(&actions, fd, "/dev/null", O_RDWR, 0);
    const Fd lifted_input = lifted(input);
    const Fd lifted_output = lifted(output);
    ::posix_spawn_file_actions_adddup2(&actions, lifted_input.get(), 3);
    ::posix_spawn_file_actions_adddup2(&actions, lifted_output.get(), 4);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, 5);
    arguments.insert(arguments.begin(), program);
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    char* const environment[] = {nullptr};
    pid_t pid = -1;
    EXPECT_EQ(::posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), environment), 0)
        << program;
    ::posix_spawn_file_actions_destroy(&actions);
    return pid;
  }

  Ending ending_of(const std::string& attempt, const std::string& held_by) {
    const Fd input(::open(picture_.c_str(), O_RDONLY | O_CLOEXEC));
    const Fd output(::memfd_create("answer", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    const pid_t pid = spawn(NOSEON_BIN_DIR "/escapee", {attempt, held_by}, input, output);
    int status = 0;
    EXPECT_EQ(::waitpid(pid, &status, 0), pid);
    if (WIFSIGNALED(status)) return {WTERMSIG(status), 0};
    return {0, WEXITSTATUS(status)};
  }

  // The time it takes is long enough to look at.
  std::filesystem::path slow_picture(std::size_t side) {
    testing::PngParts parts;
    parts.width = parts.height = static_cast<std::uint32_t>(side);
    parts.rows = std::string(side * side * 3, '\x5A');
    return folder_.write("slow.png", testing::png_file(parts));
  }
  std::filesystem::path slow_photograph(Size size) {
    return folder_.write("slow.jpeg", testing::jpeg_file(size, testing::photograph(size)));
  }

 private:
  // Above the numbers that the program gets.
  static Fd lifted(const Fd& fd) { return Fd(::fcntl(fd.get(), F_DUPFD_CLOEXEC, 32)); }

  TemporaryFolder folder_;
  std::filesystem::path picture_ = folder_.write("picture", "whatever");
};

// That they are attempts at all, and none fails for another reason.
const std::vector<std::string> kForbidden = {
    "open",
    "openat",
    "openat-write",
    "openat2",
    "creat",
    "mkdir",
    "unlink",
    "rename",
    "chmod",
    "symlink",
    "memfd_create",
    "inotify",
    "mount",
    "chroot",
    "write-elsewhere",
    "pwrite",
    "dup",
    "dup2",
    "fcntl-dup",
    "fcntl-own",
    "ioctl",
    "truncate-other",
    "socket",
    "socket-unix",
    "socketpair",
    "connect",
    "bind",
    "sendto",
    "fork",
    "vfork-exec",
    "clone-new-user",
    "execve",
    "execveat",
    "ptrace",
    "process_vm_readv",
    "kill-parent",
    "tgkill-parent",
    "pidfd_open",
    "setpriority",
    "unshare",
    "setns",
    "mmap-exec",
    "mprotect-exec",
    "prctl",
    "seccomp",
    "bpf",
    "io_uring_setup",
    "userfaultfd",
    "perf_event_open",
    "keyctl",
    "setrlimit",
    "setuid",
    "reboot",
    "no-such-call",
};

// A sanitizer's report reads; those two are left to it, and to Landlock where they would write.
bool is_open_to_sanitizers(const std::string& attempt) {
  return kIsSanitized && (attempt == "open" || attempt == "openat");
}

TEST_F(Cage, EachAttemptSucceedsWhereThereIsNoCage) {
  for (const std::string& attempt : kForbidden) {
    EXPECT_EQ(ending_of(attempt, "free"), kSucceeded) << attempt;
  }
}

TEST_F(Cage, EachAttemptIsKilledInside) {
  for (const std::string& attempt : kForbidden) {
    if (is_open_to_sanitizers(attempt)) continue;
    EXPECT_EQ(ending_of(attempt, "caged"), kKilled) << attempt;
  }
}

TEST_F(Cage, TheListOfSystemCallsHoldsWithoutTheOthers) {
  for (const std::string& attempt : kForbidden) {
    if (is_open_to_sanitizers(attempt)) continue;
    EXPECT_EQ(ending_of(attempt, "seccomp"), kKilled) << attempt;
  }
}

TEST_F(Cage, ThreadsWhereTheyAreAllowedAreNoWayOut) {
  for (const std::string& attempt : kForbidden) {
    if (is_open_to_sanitizers(attempt)) continue;
    EXPECT_EQ(ending_of(attempt, "threads"), kKilled) << attempt;
  }
  EXPECT_EQ(ending_of("thread", "threads"), kSucceeded);
  EXPECT_EQ(ending_of("thread", "caged"), kKilled) << "and noseon-decode has none";
}

TEST_F(Cage, LandlockAloneRefusesEveryPath) {
  if (ending_of("nothing", "landlock") != kSucceeded) GTEST_SKIP() << "no Landlock in this kernel";
  for (const char* const attempt : {"openat-write", "creat", "mkdir", "execve"}) {
    EXPECT_EQ(ending_of(attempt, "landlock"), kRefused) << attempt;
  }
  if (kIsSanitized) return;  // reports read
  for (const char* const attempt : {"open", "openat", "openat2"}) {
    EXPECT_EQ(ending_of(attempt, "landlock"), kRefused) << attempt;
  }
}

TEST_F(Cage, WhatTheWorkNeedsGoesOn) {
  for (const char* const attempt : {"nothing", "memory", "read-picture", "answer"}) {
    EXPECT_EQ(ending_of(attempt, "caged"), kSucceeded) << attempt;
    EXPECT_EQ(ending_of(attempt, "threads"), kSucceeded) << attempt;
  }
  EXPECT_EQ(ending_of("abort", "caged"), (Ending{SIGABRT, 0})) << "told from a forbidden call";
}

// What the kernel says of a running process: the line of /proc/PID/status that begins so.
std::string status_of(pid_t pid, const std::string& field) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(field + ":")) return line.substr(field.size() + 1);
  }
  return {};
}

TEST_F(Cage, TheProgramsAreInItWhileTheyWork) {
  struct Started {
    std::string program;
    std::filesystem::path picture;
    std::vector<std::string> arguments;
  };
  const std::filesystem::path png = slow_picture(4096);
  const std::vector<Started> programs = {
      {"noseon-decode", png, {"64x64", "fit", "#000000"}},
      {"noseon-draft",
       slow_photograph({2400, 1600}),
       {"64x64", "fit", "#000000", "jpeg", "2400x1600", "1", "0", "1"}},
      {"noseon-prepare", png, {"64x64", "fit", "#000000", "png", "4096x4096", "1", "0", "2"}}};
  for (const auto& [program, file, arguments] : programs) {
    const Fd input(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    const Fd output(::memfd_create("answer", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    const pid_t pid = spawn(NOSEON_BIN_DIR "/" + program, arguments, input, output);
    std::string seccomp, privileges, threads;
    int status = 0;
    while (::waitpid(pid, &status, WNOHANG) == 0) {
      const std::string before = status_of(pid, "Threads");
      const std::string now = status_of(pid, "Seccomp");
      if (now == "\t0") threads = before;  // what it has outside, so what is not held
      if (now != "\t2") continue;
      seccomp = now;
      privileges = status_of(pid, "NoNewPrivs");
    }
    EXPECT_EQ(status, 0) << program;
    EXPECT_EQ(seccomp, "\t2") << program << ": a filter";
    EXPECT_EQ(privileges, "\t1") << program;
    EXPECT_EQ(threads, "\t1") << program << ": Landlock holds the thread that asks for it";
  }
}

}  // namespace
}  // namespace noseon
