// How noseon-sync fares, for people and for the watchdog: RUN/sync.json, and the same as words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace noseon {

inline constexpr std::string_view kSyncReportFormat = "noseon.sync/1";
inline constexpr const char* kSyncReportFile = "sync.json";

enum class SyncState {
  starting,
  fetching,
  up_to_date,  ///< `current` is what the repository says
  incomplete,  ///< something is missing, and will be tried again
  waiting,     ///< for tomorrow's budget
  failing,     ///< the repository could not be asked, or not be believed
  stopped,
};

struct SyncReport {
  SyncState state = SyncState::starting;
  std::string version;  ///< of noseon-sync; empty: one from before it was told
  std::string display;
  std::vector<std::string> sources;         ///< as people may see them
  std::optional<std::uint64_t> generation;  ///< the current one
  std::optional<Instant> issued;            ///< when the repository last signed, as we know
  std::optional<Instant> last_try;
  std::optional<Instant> last_success;  ///< of asking and having all
  std::optional<Instant> next_try;
  std::uint64_t missing_blobs = 0;
  std::uint64_t missing_bytes = 0;
  std::optional<std::uint64_t> budget;  ///< bytes a day
  std::uint64_t spent_today = 0;
  std::string error;  ///< empty: none
  std::vector<std::string> problems;
  friend bool operator==(const SyncReport&, const SyncReport&) = default;
};

[[nodiscard]] std::string write_report(const SyncReport& report);
[[nodiscard]] Result<SyncReport> read_report(std::string_view json);

/// For people: "up to date".
[[nodiscard]] std::string state_words(SyncState state);

/// One screen. `now` for how long ago; times are UTC.
[[nodiscard]] std::string words_of(const SyncReport& report, Instant now);

}  // namespace noseon
