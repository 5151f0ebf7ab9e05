// Keeps an unattended display's clock: looks when there is something to know of it, says once what
// it is worth, and writes down each minute what is certain, so that it outlives the power.
//
// This is the one thing that wakes a player while a poster stands: once a minute, for the floor.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "player/civil_clock.h"
#include "player/poll_loop.h"
#include "player/watcher.h"

namespace noseon {

/// One small file that is written again and again, durably, on a thread of its own: a slow disk
/// holds up no frame.
class KeptFile {
 public:
  explicit KeptFile(std::filesystem::path file) : file_(std::move(file)) {}
  /// Begins to write; while it still writes what came before, nothing. The next minute will do.
  void write(std::string bytes);
  /// Writes, and waits for it.
  void write_now(const std::string& bytes);
  /// Why the last write failed, once.
  [[nodiscard]] std::optional<Error> take_error();

 private:
  void attempt(const std::string& bytes);

  std::filesystem::path file_;
  std::atomic<bool> is_writing_ = false;
  std::mutex mutex_;
  std::optional<Error> error_;
  std::jthread thread_;
};

struct ClockKeeperParts {
  CivilClock& clock;
  PollLoop& loop;
  /// STATE/time.json.
  std::filesystem::path record;
  /// The latest timestamp that was verified here.
  std::function<std::optional<Issued>()> issued;
  std::vector<std::filesystem::path> time_servers{kTimesyncdFile, kOtherDaemonFile};
  Millis period = std::chrono::minutes{1};
};

/// The loop's thread. Reads no disk itself.
class ClockKeeper {
 public:
  /// Learns what is known of the repository by now.
  explicit ClockKeeper(ClockKeeperParts parts);
  /// Writes down what is certain, as each minute does. Not before learn_kept(), and not where the
  /// disk did not give what was kept: that is not written over unread.
  ~ClockKeeper();
  ClockKeeper(const ClockKeeper&) = delete;
  ClockKeeper& operator=(const ClockKeeper&) = delete;

  /// What read_own_file() gave of parts.record, on a thread that may wait for the disk.
  void learn_kept(const Result<std::string>& text);
  /// `changed` is called when the clock is worth more or less than before.
  void on_change(std::function<void()> changed) { changed_ = std::move(changed); }
  /// Looks at all there is to know of the clock: after it was set, and when a release was read.
  void look();

 private:
  void take_kept(const Result<std::string>& text);
  void learn_issued();
  void keep();
  void say_what_it_is_worth();

  ClockKeeperParts parts_;
  KeptFile kept_;
  std::list<Watcher> watchers_;
  Timer minute_;
  ClockStepWatch steps_;
  std::function<void()> changed_;
  std::optional<Issued> issued_;
  bool has_record_ = false;  // what was kept is known, or there was nothing
  std::optional<ClockReason> said_;
  bool has_complained_ = false;
};

/// What the clock is worth and what follows, for the log: one line without its end.
[[nodiscard]] std::string in_words(const ClockReport& report);

}  // namespace noseon
