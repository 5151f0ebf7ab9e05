// Which geofences a display is inside of: a pure function of what was known and the newest fix.
//
// A fence is entered at its radius r, and left once the position has been more than r + 50 m away
// for 15 s, so that a receiver's noise at the edge does not flicker on the screen. A position is
// believed for 60 s. Whoever has the receiver keeps a GeofenceState, asks it for the places inside
// and puts them into the Context (playlist/display.h).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.h"
#include "playlist/playlist.h"

namespace noseon {

inline constexpr double kFenceMarginM = 50.0;
inline constexpr Millis kFenceLeaving = std::chrono::seconds{15};
inline constexpr Millis kFixLifetime = std::chrono::seconds{60};

/// Where the vehicle was, and when that was measured.
struct Fix {
  Position position;
  Instant at;
};

/// A fence that the display was inside of at the last fix.
struct EnteredFence {
  CampaignId campaign;
  std::string place;
  /// Since when every fix was beyond the margin; it is left kFenceLeaving later.
  std::optional<Instant> beyond_since;
  friend bool operator==(const EnteredFence&, const EnteredFence&) = default;
};

/// A value: copied, compared, kept by the caller. The default is "position unknown".
struct GeofenceState {
  std::optional<Instant> fix_at;      ///< of the newest fix
  std::vector<EnteredFence> entered;  ///< in the order of the playlist's campaigns and places
  friend bool operator==(const GeofenceState&, const GeofenceState&) = default;
};

/// What is known after one more fix. A fix that is not newer than the last one changes nothing;
/// after a gap of kFixLifetime or more what was known before is forgotten. Places that the playlist
/// no longer has are dropped.
[[nodiscard]] GeofenceState after_fix(const Playlist& playlist, const GeofenceState& before,
                                      const Fix& fix);

/// The places inside at `now`, for Context::inside: none once the fix is kFixLifetime old.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> inside_at(const GeofenceState& state,
                                                                         Instant now);

/// The next instant after `now` at which inside_at() changes if no fix comes; an edge.
[[nodiscard]] std::optional<Instant> next_change(const GeofenceState& state, Instant now);

/// The context with the places of `now`; `since` is `now` where they are others than before.
[[nodiscard]] Context with_places(Context context, const GeofenceState& state, Instant now);

}  // namespace noseon
