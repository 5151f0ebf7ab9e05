// How the player fares, as a value and as RUN/player.json: for `noseon status --display`, for
// whoever watches a fleet, and for noseon-sync, which leaves free what the journal asks for
// (fleet/pull/journal_room.h). Form: player/status.md. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/journal_room.h"
#include "base/result.h"
#include "base/time.h"
#include "player/crash_remark.h"
#include "playlist/schedule.h"

namespace noseon {

inline constexpr std::string_view kPlayerStatusFormat = "noseon.player/1";
inline constexpr std::size_t kPlayerStatusBytesMax = 64U << 10U;

/// What stands on the glass.
enum class OnDisplay {
  nothing,   ///< yet
  item,      ///< the one whose turn it is
  card,      ///< nothing is eligible: the operator's card, or the built-in one
  stand_in,  ///< for an item that is not ready
};

/// One line of the histogram of fades and tickers: how many frames took, or came, within these
/// milliseconds of the one before.
struct FrameBucket {
  int from_ms = 0;  ///< to that of the next
  std::uint64_t work = 0;
  std::uint64_t gaps = 0;
  friend bool operator==(const FrameBucket&, const FrameBucket&) = default;
};

struct JournalStatus {
  std::string folder{};
  std::int64_t rows = 0;
  std::int64_t sealed = 0;
  std::int64_t shown = 0;  ///< since the start: = recorded + parked + lost
  std::int64_t recorded = 0;
  std::int64_t parked = 0;
  std::int64_t lost = 0;
  std::string problem{};
  std::string set_aside{};
  std::uint64_t keep_free = 0;  ///< bytes that a download leaves free, for its reserve
  friend bool operator==(const JournalStatus&, const JournalStatus&) = default;
};

struct PlayerStatus {
  std::string version;
  std::int64_t pid = 0;
  std::int64_t process_start = 0;  ///< of the process, as proc(5) has it: tells it from a later one
  std::string boot;
  std::string display;
  std::string stage;
  Instant started;
  Instant written;
  Millis written_steady{0};  ///< since boot
  Millis due_steady{0};      ///< it is written again by then, or the player hangs
  bool has_ended = false;    ///< in order

  OnDisplay shows = OnDisplay::nothing;
  std::string agency, campaign, item;  ///< whose turn it is; empty for a card's
  std::optional<Reason> reason;
  std::optional<Instant> since, until;
  bool is_store = false;        ///< it plays a store, or would: not a folder
  std::int64_t generation = 0;  ///< of the store; 0: nothing of it, or a folder
  CrashRemark crashes;
  std::optional<Instant> next_at;
  std::string next;  ///< "campaign/item"; empty: a card

  Instant civil;  ///< what the clock said
  ClockGrade grade = ClockGrade::trusted;
  std::optional<Instant> floor;
  std::optional<Instant> confirmed;  ///< by a time server or a fresh release, last
  std::optional<Instant> issued;     ///< when the repository signed the latest that is known here
  std::string clock_reason;          ///< why it is worth that, a sentence

  std::optional<Millis> first_frame;  ///< after the start
  bool was_first_right = false;       ///< and not a stand-in
  Millis dark{0};
  std::uint64_t read_backs = 0;
  std::uint64_t wrong_read_backs = 0;
  std::optional<Instant> last_read_back;
  std::uint64_t frames = 0;
  std::uint64_t dropped = 0;
  double frames_per_second = 0;
  std::vector<FrameBucket> histogram;

  std::optional<JournalStatus> journal;  ///< nothing: none is kept
  std::uint64_t quarantined = 0;         ///< blobs that were found damaged
  std::uint64_t memory_kb = 0;           ///< resident

  friend bool operator==(const PlayerStatus&, const PlayerStatus&) = default;
};

[[nodiscard]] std::string write_player_status(const PlayerStatus& status);
/// bad_format: it is none; too_large. What of it has the wrong type, or is out of range, is as if
/// it were missing; control characters become blanks, and texts are cut to 300 bytes.
[[nodiscard]] Result<PlayerStatus> read_player_status(std::string_view json);

}  // namespace noseon
