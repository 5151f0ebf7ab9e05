#include "tests/bench/peers/processes.h"

#include <fmt/format.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/handle.h"

namespace noseon::peers {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::string proc(pid_t pid, std::string_view file) {
  return fmt::format("/proc/{}/{}", pid, file);
}

std::vector<fs::path> threads_of(pid_t pid) {
  std::vector<fs::path> threads;
  std::error_code gone;
  for (fs::directory_iterator at(proc(pid, "task"), gone), end; !gone && at != end;
       at.increment(gone))
    threads.push_back(at->path());
  return threads;
}

std::vector<pid_t> children_of(pid_t pid) {
  std::vector<pid_t> children;
  for (const fs::path& thread : threads_of(pid)) {
    std::ifstream list(thread / "children");
    for (pid_t child = 0; list >> child;) children.push_back(child);
  }
  return children;
}

std::chrono::nanoseconds own_cpu(pid_t pid) {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0ns;
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

// Fields 16 and 17 of proc(5)'s stat, in ticks; counted from behind the name, which may hold
// blanks.
std::chrono::nanoseconds waited_cpu(pid_t pid) {
  std::ifstream file(proc(pid, "stat"));
  std::string text;
  std::getline(file, text);
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) return 0ns;
  std::istringstream fields(text.substr(name_end + 1));
  std::string skipped;
  for (int field = 3; field < 16; ++field) fields >> skipped;
  std::int64_t user = 0, system = 0;
  fields >> user >> system;
  return std::chrono::nanoseconds{1'000'000'000 / ::sysconf(_SC_CLK_TCK)} * (user + system);
}

std::uint64_t number_after(const fs::path& file, std::string_view name) {
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name)) return std::stoull(line.substr(name.size()));
  return 0;
}

double megabytes_of(pid_t root, std::initializer_list<std::string_view> kinds) {
  std::uint64_t kilobytes = 0;
  for (const pid_t pid : tree_of(root))
    for (const std::string_view kind : kinds)
      kilobytes += number_after(proc(pid, "smaps_rollup"), kind);
  return static_cast<double>(kilobytes) / 1024;
}

bool ends_within(pid_t pid, std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
    const pid_t reaped = ::waitpid(pid, nullptr, WNOHANG);
    if (reaped == pid || (reaped < 0 && ::kill(pid, 0) != 0)) return true;
    std::this_thread::sleep_for(5ms);
  }
  return false;
}

}  // namespace

std::vector<pid_t> tree_of(pid_t root) {
  std::vector<pid_t> tree{root};
  for (std::size_t i = 0; i < tree.size(); ++i)
    for (const pid_t child : children_of(tree[i])) tree.push_back(child);
  return tree;
}

std::chrono::nanoseconds cpu_of(pid_t root) {
  std::chrono::nanoseconds sum{0};
  for (const pid_t pid : tree_of(root)) sum += own_cpu(pid) + waited_cpu(pid);
  return sum;
}

double pss_mb_of(pid_t root) {
  return megabytes_of(root, {"Pss:"});
}

double own_pss_mb_of(pid_t root) {
  return megabytes_of(root, {"Pss_Anon:", "Pss_Shmem:"});
}

std::uint64_t switches_of(pid_t root) {
  std::uint64_t sum = 0;
  for (const pid_t pid : tree_of(root)) {
    for (const fs::path& thread : threads_of(pid)) {
      sum += number_after(thread / "status", "voluntary_ctxt_switches:");
      sum += number_after(thread / "status", "nonvoluntary_ctxt_switches:");
    }
  }
  return sum;
}

void adopt_orphans() {
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
}

void end_orphans(const std::set<pid_t>& kept) {
  for (const pid_t child : children_of(::getpid())) {
    if (kept.contains(child)) continue;
    ::kill(child, SIGTERM);
    if (ends_within(child, 2s)) continue;
    ::kill(child, SIGKILL);
    ends_within(child, 2s);
  }
}

void end_all(const std::vector<pid_t>& processes) {
  for (const pid_t pid : processes) {
    if (::kill(pid, 0) != 0) continue;
    ::kill(pid, SIGKILL);
    ends_within(pid, 2s);
  }
}

bool be_punctual() {
  ::prctl(PR_SET_TIMERSLACK, 1000UL);
  const sched_param priority{.sched_priority = 1};
  return ::sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK, &priority) == 0;
}

std::string first_line_of(const std::string& command) {
  const Handle<std::FILE, ::pclose> pipe(::popen((command + " 2>/dev/null").c_str(), "re"));
  std::array<char, 300> line{};
  if (!pipe || std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) == nullptr)
    return {};
  std::string text(line.data());
  return text.substr(0, text.find('\n'));
}

}  // namespace noseon::peers
