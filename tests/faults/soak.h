// Weeks of a display in minutes: the real player under a clock that jumps (soak_display.cc), and
// around it a world with faults in it, simulated day by day. What it needs of the machine is
// measured from outside at the end of each day; what it says that it showed is compared, play by
// play, with what was on the glass, and that with the schedule.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace noseon::faults {

struct SoakPlan {
  std::uint64_t seed = 1;
  int days = 28;
  Millis day = std::chrono::hours{24};
  int faults_a_day = 12;
  Millis full_disk = std::chrono::hours{1};  ///< how long the disk of the journal is full
  std::optional<Millis> full_disk_once{};    ///< one longer stretch, past the journal's room
  bool is_killed = false;  ///< with SIGKILL, once or more a day, instead of living on
  std::string bug{};       ///< planted in the display, once a day
};

/// At the end of a day, when nothing is on its way.
struct SoakSample {
  std::int64_t rss_kb = 0, pss_kb = 0, descriptors = 0, threads = 0;
  std::int64_t kept_kb = 0;  ///< finished pictures in the cache, whose bound is 16 MB
  std::int64_t shown = 0, recorded = 0, lost = 0;
};

struct SoakOutcome {
  std::vector<SoakSample> samples;
  std::size_t injected = 0, proven = 0;
  std::map<std::string, int> unproven;  ///< faults of which nobody can tell that they were there
  std::int64_t plays = 0;               ///< that were compared
  std::int64_t lost = 0;                ///< that the journal says it lost
  std::int64_t cut_short = 0;           ///< plays around a kill that were on no disk yet
  std::vector<std::string> wrong;       ///< sentences; the first of them
  /// From which sample on memory may not grow: the second day's, or where each kind of fault had
  /// been there for the first time.
  std::size_t judged_from = 1;
  /// From there to the last, kilobytes of RSS without the pictures in the cache: of how many items
  /// it has one, by day and by night, is what these days brought.
  [[nodiscard]] std::int64_t growth_kb() const;
};

/// `folder` is empty; `journal_disk` a file system of its own for the journal, which is filled up;
/// nothing: the journal's disk never fills.
[[nodiscard]] SoakOutcome run_soak(const SoakPlan& plan, const std::filesystem::path& folder,
                                   const std::optional<std::filesystem::path>& journal_disk);

/// A line a day.
[[nodiscard]] std::string table_of(const SoakOutcome& outcome);

}  // namespace noseon::faults
