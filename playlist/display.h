// A display, as display.toml describes it, and the context it finds itself in.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/geometry.h"
#include "base/id.h"
#include "base/time.h"
#include "base/zone.h"
#include "playlist/model.h"

namespace noseon {

struct Night {
  Hours hours;
  int brightness_permille = 1000;  ///< 50 to 1,000
};

struct Display {
  DisplayId id{"display"};
  Size size{1920, 1080};  ///< native pixels
  int rotation = 0;       ///< degrees clockwise that the picture is turned: 0, 90, 180, 270
  ZonePtr zone;           ///< never null once a playlist is compiled for it
  std::vector<std::string> languages{"ko", "en"};
  std::vector<std::string> labels;
  double diagonal_inch = 24.0;
  double distance_m = 2.5;
  std::optional<int> screen;  ///< which of the machine's, from 1 to 16; none: the first
  std::optional<Night> night;
  /// Its clock runs on while the power is off: there is a battery, and somebody vouches for it.
  bool has_rtc = false;
  /// The operator's card: a picture that shows where nothing is eligible; empty: the built-in card.
  /// As written, until load_display() makes it a path from where the program runs.
  std::string fallback;
  SourcePlace fallback_place;
  std::vector<std::string> source_urls;

  /// The size to compose at: `size`, its sides swapped where the display hangs on its side.
  [[nodiscard]] Size composed_size() const {
    return rotation % 180 == 0 ? size : Size{size.height, size.width};
  }
};

/// What is around the display right now. Every change of it is an edge; `since` is the last one.
struct Context {
  std::optional<std::string> route;
  /// Campaign id and place name of each geofence that the display is inside of; nothing where the
  /// position is unknown or stale.
  std::vector<std::pair<std::string, std::string>> inside;
  Instant since = kBeginningOfTime;
  /// While nothing confirms the display's clock (floor-only time): what was certainly past at
  /// `since`, for the floor passes as time does. Nothing while its clock is trusted. Where it is
  /// set `since` is too; whoever moves one moves the other (move_to()).
  std::optional<Instant> clock_floor{};

  /// What is certainly past when the display's clock says `t`. REQUIRES: clock_floor and since are
  /// set.
  [[nodiscard]] Instant floor_at(Instant t) const;
  /// How far the display's clock is ahead of what is certain. REQUIRES: as floor_at().
  [[nodiscard]] Millis doubt() const;
  /// Says that it changed at `t`: the same but for `since`, and the floor as it is then.
  void move_to(Instant t);

  friend bool operator==(const Context&, const Context&) = default;
};

struct Position {
  double latitude = 0;
  double longitude = 0;
};

}  // namespace noseon
