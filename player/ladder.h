// The ladder that a player goes down when it crashes again and again, and up when it does not.
// Pure: what happened goes in, the next state comes out.
//
//   everything  the current release
//   previous    the release before, and without the items that are to blame
//   card        the built-in card alone, until there is a release that nobody crashed on
//
// Three crashes within two minutes are a step down; an hour of playing without one, summed over
// starts (ignitions are shorter than that), is a step up, and the last step up takes everything
// back: a cause that was not the item's is forgotten so, and one that was costs three restarts
// more. No number of crashes ends it: whoever restarts the player is never told to give up.
//
// What is to blame. A crash leaves behind what stood, what was in the making, and which release it
// was. The item to blame is one that was there at all three; of several the one that was newly
// begun: what was being brought to the glass, then what was being made, then what stood. It is left
// out by the hash of its content, so that another version of it is back at once.
//
// An item may also come once a loop and hang the player each time: that costs 12 s until the
// watchdog has it started anew, and three of them are rarely within two minutes. So an item is left
// out as well that was there at three crashes within an hour and, in between, never came to the
// glass and went well; the release stays, and it is no step towards the card: the display plays,
// but for that item. Nothing is counted of an item that had stood for more than two minutes (what
// then crashes is the player's age rather than the item), and what an item is suspected of is
// forgotten as soon as it has stood once, and another was brought after it. So of an innocent one
// to be left out, its last three turns must all have ended in a crash, all within an hour.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "player/work.h"

namespace noseon {

/// One end of the player that was no orderly one.
struct Crash {
  std::chrono::seconds at{0};        ///< since the boot, when the player started again
  std::optional<Work> shown;         ///< stood on the glass, or was being brought to it
  std::chrono::seconds shown_at{0};  ///< since the boot: when `shown` was begun
  bool was_brought = false;          ///< `shown` had come to the glass
  std::optional<Work> made;          ///< was in the making
  std::optional<Sha256> generation;  ///< that played, or was being read
  friend bool operator==(const Crash&, const Crash&) = default;
};

/// What crashes have come with, and that has not gone well since.
struct Suspect {
  Work work;
  std::vector<std::chrono::seconds> at;  ///< of its crashes, the oldest first
  friend bool operator==(const Suspect&, const Suspect&) = default;
};

enum class Rung { everything, previous, card };

struct Ladder {
  Rung rung = Rung::everything;
  std::string boot;            ///< that `crashes` and `suspects` are of: their time means nothing
                               ///< in another
  std::vector<Crash> crashes;  ///< that may yet become a step down, oldest first
  std::vector<Suspect> suspects;  ///< that may yet be left out, the one suspected last at the end
  std::vector<Work> left_out;
  std::vector<Sha256> avoided;   ///< generations that were crashed on, the last one last
  std::chrono::seconds calm{0};  ///< of playing since the last crash or step up
  friend bool operator==(const Ladder&, const Ladder&) = default;
};

inline constexpr std::size_t kCrashesForAStep = 3;
inline constexpr std::chrono::seconds kCrashWindow{120};
inline constexpr std::size_t kCrashesToLeaveOut = 3;
inline constexpr std::chrono::seconds kSuspectWindow = std::chrono::hours{1};
inline constexpr std::chrono::seconds kNewlyShown{120};
inline constexpr std::size_t kSuspectsMax = 16;
inline constexpr std::chrono::seconds kCalm = std::chrono::hours{1};
inline constexpr std::size_t kLeftOutMax = 100;
inline constexpr std::size_t kAvoidedMax = 8;

/// The player crashed in the boot of that name, and starts again.
[[nodiscard]] Ladder after_crash(Ladder ladder, const std::string& boot, const Crash& crash);
/// Something came to the glass, stood, and went.
[[nodiscard]] Ladder after_going_well(Ladder ladder, const Sha256& content);
[[nodiscard]] bool is_suspected(const Ladder& ladder, const Sha256& content);
/// It has played on for so long. On the top rung nothing comes of it.
[[nodiscard]] Ladder after_calm(Ladder ladder, std::chrono::seconds played);
[[nodiscard]] bool is_left_out(const Ladder& ladder, const Sha256& content);
[[nodiscard]] bool is_avoided(const Ladder& ladder, const Sha256& generation);

inline constexpr std::size_t kLadderBytesMax = 256U << 10U;
/// Strict JSON, noseon.crashes/1.
[[nodiscard]] std::string write_ladder(const Ladder& ladder);
/// bad_format, too_large.
[[nodiscard]] Result<Ladder> read_ladder(std::string_view text);

}  // namespace noseon
