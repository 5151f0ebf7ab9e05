#include "tests/player/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "tests/support/notify_socket.h"

namespace noseon {
namespace {

using Clock = std::chrono::steady_clock;

// systemd's TimeoutAbortSec: what does not end on SIGABRT is killed.
constexpr Millis kAbortPatience = std::chrono::seconds{5};

}  // namespace

Supervisor::Supervisor(Service service)
    : service_(std::move(service)), socket_(testing::open_notify_socket(notify_socket().string())) {
  service_.environment.push_back("NOTIFY_SOCKET=" + notify_socket().string());
  service_.environment.push_back(
      "WATCHDOG_USEC=" + std::to_string(std::chrono::microseconds(service_.watchdog).count()));
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Supervisor::~Supervisor() {
  end();
}

void Supervisor::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    listen(Millis{5});
    const std::lock_guard lock(mutex_);
    look_after();
  }
}

void Supervisor::listen(Millis time) {
  pollfd polled{socket_.get(), POLLIN, 0};
  if (::poll(&polled, 1, static_cast<int>(time.count())) != 1) return;
  std::array<char, 4096> words;
  for (ssize_t size = 0; (size = ::recv(socket_.get(), words.data(), words.size(), 0)) > 0;)
    hear(std::string(words.data(), static_cast<std::size_t>(size)));
}

void Supervisor::hear(const std::string& words) {
  const std::lock_guard lock(mutex_);
  const Steady now = Clock::now();
  told_.push_back({now, runs_, words});
  if (words == "READY=1" || (words == "WATCHDOG=1" && last_word_)) last_word_ = now;
}

void Supervisor::start() {
  ++runs_;
  last_word_.reset();
  aborted_since_.reset();
  is_by_watchdog_ = false;
  program_ = std::make_unique<Program>(service_.command, service_.environment, log_of(runs_));
}

void Supervisor::take_end(int code) {
  const Steady now = Clock::now();
  ends_.push_back({now, code, is_by_watchdog_});
  program_.reset();
  last_word_.reset();
  next_start_ = now + service_.restart;
}

void Supervisor::look_after() {
  const Steady now = Clock::now();
  if (!program_) {
    if (is_wanted_ && now >= next_start_) start();
    return;
  }
  if (const auto code = program_->wait_for_end(0)) return take_end(*code);
  if (aborted_since_) {
    if (now - *aborted_since_ > kAbortPatience) program_->signal(SIGKILL);
    return;
  }
  if (!last_word_ || now - *last_word_ < service_.watchdog) return;
  is_by_watchdog_ = true;
  aborted_since_ = now;
  program_->signal(SIGABRT);
}

int Supervisor::end(int signal) {
  const std::lock_guard lock(mutex_);
  is_wanted_ = false;
  if (!program_) return 0;
  program_->signal(signal);
  const int code = program_->wait_for_end(20'000).value_or(-1);
  if (code == -1) program_->signal(SIGKILL);
  take_end(code);
  return code;
}

void Supervisor::begin() {
  const std::lock_guard lock(mutex_);
  is_wanted_ = true;
  next_start_ = Clock::now();
}

std::optional<pid_t> Supervisor::pid() const {
  const std::lock_guard lock(mutex_);
  return program_ ? std::optional(program_->pid()) : std::nullopt;
}

std::size_t Supervisor::runs() const {
  const std::lock_guard lock(mutex_);
  return runs_;
}

std::vector<Supervisor::End> Supervisor::ends() const {
  const std::lock_guard lock(mutex_);
  return ends_;
}

std::vector<Supervisor::Told> Supervisor::told() const {
  const std::lock_guard lock(mutex_);
  return told_;
}

std::size_t Supervisor::count(const std::string& words, std::size_t run) const {
  const auto all = told();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Told& each) {
    return each.words == words && (run == 0 || each.run == run);
  }));
}

std::filesystem::path Supervisor::log_of(std::size_t run) const {
  return folder_ / ("run-" + std::to_string(run));
}

std::string Supervisor::said() const {
  std::ostringstream text;
  text << std::ifstream(log_of(runs())).rdbuf();
  return text.str();
}

std::string Supervisor::said_in_all() const {
  std::string all;
  for (std::size_t run = 1; run <= runs(); ++run) {
    std::ostringstream text;
    text << std::ifstream(log_of(run)).rdbuf();
    all += "run " + std::to_string(run) + ":\n" + text.str();
  }
  return all;
}

bool becomes(const std::function<bool()>& so, Millis time) {
  const Steady end = Clock::now() + time;
  while (!so()) {
    if (Clock::now() >= end) return so();
    std::this_thread::sleep_for(Millis{2});
  }
  return true;
}

// ---- Functions that hang ----------------------------------------------------------------------

namespace {

// Where a file is mapped in a program, and which file that is.
struct Mapped {
  std::uint64_t base = 0;
  std::string file;
};

std::optional<Mapped> mapped(pid_t pid, const std::string& library) {
  const std::string exe =
      std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/exe").string();
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  for (std::string line; std::getline(maps, line);) {
    const auto slash = line.find('/');
    if (slash == std::string::npos) continue;
    const std::string file = line.substr(slash);
    const bool is_it = library.empty() ? file == exe : file.find(library) != std::string::npos;
    if (is_it) return Mapped{std::stoull(line, nullptr, 16), file};
  }
  return std::nullopt;
}

std::optional<std::uint64_t> address_of(const std::string& file, const std::string& function,
                                        bool is_library) {
  const std::string command =
      std::string("nm -C --defined-only ") + (is_library ? "-D " : "") + file;
  const Handle<FILE, ::pclose> lines(::popen(command.c_str(), "r"));
  if (!lines) return std::nullopt;
  std::array<char, 8192> line;
  while (::fgets(line.data(), static_cast<int>(line.size()), lines.get()) != nullptr) {
    std::string text(line.data());
    if (text.size() < 20) continue;
    const bool is_code = text[17] == 'T' || text[17] == 't' || text[17] == 'W';
    std::string name = text.substr(19);
    if (is_code && name.starts_with(function) && name.find("[clone") == std::string::npos)
      return std::stoull(text.substr(0, 16), nullptr, 16);
  }
  return std::nullopt;
}

// By a process of its own: whoever traces also takes part in waiting.
bool write_code(pid_t pid, std::uint64_t address, const std::string& code) {
  const pid_t tracer = ::fork();
  if (tracer == 0) {
    if (::ptrace(PTRACE_ATTACH, pid, nullptr, nullptr) != 0) ::_exit(1);
    if (::waitpid(pid, nullptr, __WALL) != pid) ::_exit(2);
    const std::string file = "/proc/" + std::to_string(pid) + "/mem";
    const int memory = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
    const bool is_written =
        ::pwrite(memory, code.data(), code.size(), static_cast<off_t>(address)) ==
        static_cast<ssize_t>(code.size());
    ::ptrace(PTRACE_DETACH, pid, nullptr, nullptr);
    ::_exit(is_written ? 0 : 3);
  }
  int status = 0;
  return ::waitpid(tracer, &status, 0) == tracer && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::optional<std::string> patch(pid_t pid, const std::string& function, const std::string& library,
                                 const std::string& code) {
#if defined(__x86_64__)
  const auto where = mapped(pid, library);
  if (!where) return "the program is gone";
  const auto address = address_of(where->file, function, !library.empty());
  if (!address) return "there is no function " + function;
  if (!write_code(pid, where->base + *address, code)) return "its memory cannot be written";
  return std::nullopt;
#else
  return "only on x86-64";
#endif
}

}  // namespace

std::optional<std::string> hang(pid_t pid, const std::string& function,
                                const std::string& library) {
  // mov eax, 34 (pause); syscall; jmp back
  return patch(pid, function, library, std::string("\xb8\x22\x00\x00\x00\x0f\x05\xeb\xf7", 9));
}

std::optional<std::string> cut_out(pid_t pid, const std::string& function) {
  return patch(pid, function, {}, "\xc3");  // ret
}

}  // namespace noseon
