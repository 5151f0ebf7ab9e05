// The playlist of one display: all campaigns, in order, each item with the length of its turn.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "playlist/display.h"
#include "playlist/findings.h"
#include "playlist/model.h"

namespace noseon {

/// Index into Playlist::entries.
using EntryIndex = std::uint32_t;

/// One item in the order of the rotation.
struct Entry {
  std::uint32_t campaign = 0;  ///< index into Playlist::campaigns
  std::uint32_t item = 0;      ///< index into Campaign::items
  Millis length{0};            ///< of a turn
  Role role = Role::normal;
  int weight = 1;
  bool is_targeted = true;   ///< `labels` and `share` admit this display
  bool labels_admit = true;  ///< `labels` alone do
};

/// Immutable once compiled; may be read from any thread.
struct Playlist {
  std::vector<Campaign> campaigns;  ///< by agency and id
  std::vector<Entry> entries;       ///< by campaign, then as written

  [[nodiscard]] const Campaign& campaign_of(EntryIndex entry) const {
    return campaigns[entries[entry].campaign];
  }
  [[nodiscard]] const Item& item_of(EntryIndex entry) const {
    return campaign_of(entry).items[entries[entry].item];
  }
};

/// Puts campaigns in order and derives what depends on the display. Items past kItemsMax are left
/// out with an error; so is a campaign whose agency and id are taken.
[[nodiscard]] Playlist compile(std::vector<Campaign> campaigns, const Display& display,
                               Findings& findings);

/// What there is to read of a text, or of a poster's caption, on a display, in half characters
/// (base/unicode.h): in all of its languages that the item has, or in the first written where it
/// has none. 0 for a poster without a caption.
[[nodiscard]] std::size_t half_characters(const Item& item, const Display& display);

/// The playlist without some of its entries (pictures that cannot be shown).
[[nodiscard]] Playlist without(const Playlist& playlist, const std::vector<EntryIndex>& entries);

/// For people: "khojaly/remember", or "the fallback card" for nothing.
[[nodiscard]] std::string name_of(const Playlist& playlist, std::optional<EntryIndex> entry);

/// How long a turn lasts without `seconds`: reading_time() for a text, ticker_time() for one that
/// runs; for a poster kPosterLength, or the reading time of its caption where that is longer.
[[nodiscard]] Millis usual_length(const Item& item, const Display& display);

/// What a poster without `seconds` and without a caption gets.
inline constexpr Millis kPosterLength = std::chrono::seconds{8};

/// Reading time of half characters (base/unicode.h): clamp(2 s + W/6, 5 s, 60 s), whole seconds up,
/// where W = half_characters / 2.
[[nodiscard]] Millis reading_time(std::size_t half_characters);
/// The same for a text that runs across the display, which waits for its end up to the longest
/// turn there is: clamp(2 s + W/6, 5 s, 3600 s), whole seconds up.
[[nodiscard]] Millis ticker_time(std::size_t half_characters);

/// Metres along the great circle (haversine, on a sphere of the Earth's mean radius).
[[nodiscard]] double distance_m(Position a, Position b);

/// The geofences that contain a position, for Context::inside: of a vehicle that just appeared
/// there (for one that moves: playlist/geofence.h).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> places_around(
    const Playlist& playlist, Position position);

}  // namespace noseon
