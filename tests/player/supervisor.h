// A service manager for one program, as systemd is one with Type=notify, Restart=always,
// RestartSec= and WatchdogSec=: it hears what the program says of itself, ends it where it says
// nothing, and starts it again, for ever.
#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/handle.h"
#include "base/time.h"
#include "tests/player/virtual_screen.h"

namespace noseon {

struct Service {
  std::vector<std::string> command;
  std::vector<std::string> environment;  ///< "NAME=value", added to ours
  Millis watchdog = std::chrono::seconds{10};
  Millis restart = std::chrono::seconds{1};
};

class Supervisor {
 public:
  /// One datagram.
  struct Told {
    Steady at;
    std::size_t run = 0;  ///< from 1
    std::string words;
  };
  /// How a run ended: an exit code, or 128 and the signal.
  struct End {
    Steady at;
    int code = 0;
    bool by_watchdog = false;
  };

  explicit Supervisor(Service service);
  /// Ends it for good, by SIGTERM.
  ~Supervisor();
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;

  /// Where it listens: whoever knows it can speak for the program.
  [[nodiscard]] std::filesystem::path notify_socket() const { return folder_ / "notify"; }
  /// Of what runs; nothing between two runs.
  [[nodiscard]] std::optional<pid_t> pid() const;
  [[nodiscard]] std::size_t runs() const;
  [[nodiscard]] std::vector<End> ends() const;
  [[nodiscard]] std::vector<Told> told() const;
  /// How often these words were said by a run, or by all.
  [[nodiscard]] std::size_t count(const std::string& words, std::size_t run = 0) const;
  /// What a run (the last) said on stderr, or all of them, one after the other.
  [[nodiscard]] std::string said() const;
  [[nodiscard]] std::string said_in_all() const;

  /// Ends it by SIGTERM, or by another signal; it is not started again before begin(). Its exit
  /// code.
  int end(int signal = SIGTERM);
  void begin();

 private:
  void run(const std::stop_token& stop);
  void listen(Millis time);
  void hear(const std::string& words);
  void look_after();
  void start();
  void take_end(int code);
  [[nodiscard]] std::filesystem::path log_of(std::size_t run) const;

  Service service_;
  TemporaryFolder folder_;
  Fd socket_;
  mutable std::mutex mutex_;  // guards what follows
  bool is_wanted_ = true;
  std::unique_ptr<Program> program_;
  std::size_t runs_ = 0;
  Steady next_start_{};
  std::optional<Steady> last_word_;      // once it was ready
  std::optional<Steady> aborted_since_;  // it was told to abort
  bool is_by_watchdog_ = false;
  std::vector<Told> told_;
  std::vector<End> ends_;
  std::jthread thread_;  // last: it ends before what it uses
};

/// Waits until it is so, and looks often; false where it is not so in time.
[[nodiscard]] bool becomes(const std::function<bool()>& so, Millis time);

/// Makes a function of a running program wait for ever from now on, whoever calls it: its first
/// instructions become pause(2) in a loop. `function` as nm -C writes it, up to its arguments; of a
/// library where `library` is a part of its name. What failed, or nothing. x86-64 alone.
[[nodiscard]] std::optional<std::string> hang(pid_t pid, const std::string& function,
                                              const std::string& library = {});
/// The same, but it returns at once.
[[nodiscard]] std::optional<std::string> cut_out(pid_t pid, const std::string& function);

}  // namespace noseon
