// What the machine's clock is worth. Pure: facts in, a judgement out.
//
// | the machine's clock | grade | the time to go by |
// |---|---|---|
// | before the floor, or more than kFarthestAhead past it | impossible | the floor |
// | else, confirmed within kConfirmedFor, and kept running since | trusted | its own |
// | else | floor-only | its own |
//
// It is confirmed when a time server's daemon has just set it (player/time_servers.h), or when it
// agrees with a timestamp that the repository has just signed. It has kept running since where it
// is the same boot and nobody has set it, which would show beside steady time; across boots only
// where the display has a battery for it (rtc in display.toml). So that a daemon says it is in time
// is no grade of its own: it is a confirmation that is renewed as often as the daemon does it, at
// most 34 minutes apart, and a clock that somebody else sets in between is in doubt at once.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace noseon {

inline constexpr Millis kConfirmedFor = std::chrono::hours{24 * 30};
/// Two years, one of them a leap year.
inline constexpr Millis kFarthestAhead = std::chrono::hours{24 * 731};
/// Civil and steady time are read one after the other, and a leap second parts them.
inline constexpr Millis kSetBy{2000};

/// The machine's clock was right then.
struct Confirmation {
  Instant at;        ///< what it said
  std::string boot;  ///< in which boot of the machine
  Steady steady;     ///< and when in that, by steady time
  friend bool operator==(const Confirmation&, const Confirmation&) = default;
};

struct ClockFacts {
  Instant machine;  ///< what its clock says
  Steady steady;
  std::string boot;  ///< empty: the kernel does not say
  Instant floor;
  std::optional<Confirmation> confirmed;  ///< the last
  bool has_rtc = false;
};

enum class ClockReason {
  confirmed,
  never_confirmed,
  confirmed_too_long_ago,
  power_was_off,  ///< since it was confirmed, and no battery is known
  was_set,        ///< since it was confirmed
  before_floor,
  far_past_floor,
};

struct ClockJudgement {
  ClockGrade grade = ClockGrade::floor_only;
  Instant now;  ///< to go by
  ClockReason why = ClockReason::never_confirmed;
  friend bool operator==(const ClockJudgement&, const ClockJudgement&) = default;
};

[[nodiscard]] ClockJudgement judge(const ClockFacts& facts);

/// What `why` means and what follows from it, for a person: one sentence.
[[nodiscard]] std::string in_words(ClockReason why);

}  // namespace noseon
