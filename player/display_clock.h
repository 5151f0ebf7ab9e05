// The clock that an unattended player goes by: a simulated one, the machine's at its word for a
// folder on somebody's desk, or the machine's as far as it is worth anything (civil_clock.h), kept
// from start to start (clock_keeper.h).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "player/clock_keeper.h"
#include "player/folder.h"

namespace noseon {

/// What was kept of the time, as it is read: on one thread, once, and taken on another.
class KeptTime {
 public:
  void put(Result<std::string> text);
  /// Once; nothing before it was read.
  [[nodiscard]] std::optional<Result<std::string>> take();

 private:
  std::mutex mutex_;
  std::optional<Result<std::string>> text_;
};

struct DisplayClockParts {
  const Clock& machine;
  PollLoop& loop;
  const Display& display;         ///< its zone, and whether it has a battery; not kept
  std::optional<std::string> at;  ///< a start that somebody wishes for, in the display's zone
  bool is_store = false;          ///< else the machine's clock is taken at its word
  std::filesystem::path record;   ///< STATE/time.json; of a store alone
  std::function<std::optional<Issued>()> issued;  ///< by the latest timestamp; of a store alone
};

/// The loop's thread. What is named must outlive it.
class DisplayClock {
 public:
  /// bad_format: `at` is no time.
  [[nodiscard]] static Result<DisplayClock> make(DisplayClockParts parts);

  [[nodiscard]] const PacedClock& clock() const;
  /// What judges it; null where the clock is taken at its word.
  [[nodiscard]] const CivilClock* judge() const { return civil_.get(); }

  /// A release that was read may confirm the clock; display.toml may name a battery; what was
  /// `kept` may have come by now.
  void learn(const LoadedFolder& folder, KeptTime& kept);
  /// As ClockKeeper::on_change().
  void on_change(std::function<void()> changed);

 private:
  DisplayClock() = default;

  std::unique_ptr<PacedClock> simple_;
  std::unique_ptr<CivilClock> civil_;
  std::unique_ptr<ClockKeeper> keeper_;  // of the civil one
};

}  // namespace noseon
