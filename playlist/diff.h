// What plays differently when a playlist is edited: the stretches of time, and the items.
//
// Compared is what takes turns (the eligible items of the highest tier that has one), never what
// waits below it. At the edge of a stretch a turn may be cut elsewhere than before; that alone is
// no difference, so that an hour more is reported as that hour.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "playlist/display.h"
#include "playlist/playlist.h"

namespace noseon {

/// An item by what stays when its campaign is edited.
struct ItemKey {
  std::string agency;
  CampaignId campaign;
  ItemId item;
  friend auto operator<=>(const ItemKey&, const ItemKey&) = default;
};

[[nodiscard]] ItemKey key_of(const Playlist& playlist, EntryIndex entry);

/// In what an item differs from itself. `picture`: the bytes of its poster, or of what its style
/// has behind a text; `text`, `caption` and `style` as the display shows them.
enum class Trait {
  poster,
  picture,
  text,
  caption,
  style,
  fit,
  transition,
  motion,
  seconds,
  weight
};

/// "poster", "picture", "text" ...: for machines, and the English for people.
[[nodiscard]] std::string_view to_string(Trait trait);

struct ChangedItem {
  ItemKey item;
  std::vector<Trait> what;  ///< ascending, not empty
  friend bool operator==(const ChangedItem&, const ChangedItem&) = default;
};

/// Between what takes turns before and after, at one instant. Items in the order of their keys.
struct Difference {
  std::vector<ItemKey> gained;
  std::vector<ItemKey> lost;
  std::vector<ChangedItem> changed;  ///< takes turns in both
  bool order = false;                ///< the same items, unchanged, in another order of turns
  [[nodiscard]] bool is_none() const {
    return gained.empty() && lost.empty() && changed.empty() && !order;
  }
  friend bool operator==(const Difference&, const Difference&) = default;
};

struct DiffStretch {
  Span span;
  Difference difference;
  friend bool operator==(const DiffStretch&, const DiffStretch&) = default;
};

/// An item's part of a range. `asked` is as in ItemShare; `shown` is what its turns and their
/// length come to within its loops, cuts at edges left aside.
struct PartOfRange {
  double asked = 0;
  Millis shown{0};
};

struct ShareChange {
  ItemKey item;
  PartOfRange before;
  PartOfRange after;
};

struct PlaylistDiff {
  /// Ascending, within the range, each with a difference; those that touch differ from each other.
  std::vector<DiffStretch> stretches;
  std::vector<ShareChange> shares;  ///< the items whose part is another now, by key
};

/// One of the two. Borrows: all of it must outlive the call.
struct DiffSide {
  const Playlist& playlist;
  const Context& context;
  /// For each entry what tells its poster's pictures from others (a hash), as nothing here reads
  /// files; empty as a whole: not compared.
  const std::vector<std::string>& pictures;
};

/// Both on the same display, over a half-open range. Linear in the segments of the range.
[[nodiscard]] PlaylistDiff diff(const DiffSide& before, const DiffSide& after,
                                const Display& display, Span range);

/// The items whose asked or shown part of the range differs (part of diff()).
[[nodiscard]] std::vector<ShareChange> changed_shares(const DiffSide& before, const DiffSide& after,
                                                      const Zone& zone, Span range);

}  // namespace noseon
