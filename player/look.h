// What of the time a picture shows, besides its page: how bright the display is, and the minute
// where the item's style has a clock.
#pragma once

#include <compare>
#include <optional>

#include "playlist/playlist.h"

namespace noseon {

struct Look {
  int brightness = 1000;  ///< permille (playlist/night.h)
  std::optional<Civil>
      minute{};  ///< what a clock strip says, to the minute; nothing: there is none
  friend auto operator<=>(const Look&, const Look&) = default;
};

/// A look, and when it is another one: kEndOfTime for never.
struct LookTurn {
  Look look;
  Instant until;
};

/// Of an item, or (of none) of the fallback card. While nothing confirms the display's clock it is
/// never night, since a display dimmed by day is a dark one, and no strip says what time it is.
/// REQUIRES: the display has a zone.
[[nodiscard]] LookTurn look_at(const Playlist& playlist, const std::optional<EntryIndex>& entry,
                               const Display& display, const Context& context, Instant at);

}  // namespace noseon
