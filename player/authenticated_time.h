// The floor: the latest instant that is certainly past. Moved by what was signed alone (when the
// source was built, when the repository signed a timestamp), and by steady time since; by no clock,
// no time server and no file date, since a floor that somebody set ahead would freeze a fleet.
//
// It is kept in STATE/time.json, so that what a display learned, and how long it ran since,
// outlives the power. Monotonic time means nothing in another boot: there only what was written
// down counts. The file is the player's own and needs no seal against others, but rot must not set
// the floor ahead for ever: it ends in a checksum, and where that is not right the file says
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "player/clock_grade.h"

namespace noseon {

/// When the repository signed a timestamp that was verified here.
struct Issued {
  Instant at;
  bool is_fresh = false;  ///< it came while the player ran; else it lay in the store at the start
  friend bool operator==(const Issued&, const Issued&) = default;
};

/// What is kept from one start to the next.
struct TimeRecord {
  Instant floor;
  std::string boot;  ///< in which it was written
  Steady steady;     ///< when
  std::optional<Confirmation> confirmed;
  friend bool operator==(const TimeRecord&, const TimeRecord&) = default;
};

inline constexpr std::size_t kTimeRecordBytesMax = 4096;

/// Strict JSON, noseon.time/1, one line; steady times to the millisecond.
[[nodiscard]] std::string write_time_record(const TimeRecord& record);
/// bad_format: of another form, or not as it was written. too_large.
[[nodiscard]] Result<TimeRecord> read_time_record(std::string_view json);

/// One thread.
class AuthenticatedTime {
 public:
  /// `at` was certainly past at `steady`.
  AuthenticatedTime(Instant at, Steady steady) : at_(at), steady_(steady) {}

  [[nodiscard]] Instant floor_at(Steady steady) const {
    return at_ + std::chrono::floor<Millis>(steady - steady_);
  }
  /// The same of another instant: the later of the two counts.
  void learn(Instant at, Steady steady);
  /// What a record knows, `steady` being in `boot`.
  void learn(const TimeRecord& record, std::string_view boot, Steady steady);

 private:
  Instant at_;
  Steady steady_;
};

}  // namespace noseon
