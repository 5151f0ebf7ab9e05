// The pages of an item: languages that do not fit on the display together take turns within the
// item's slot. A poster has one page.
//
// Every page stands for kPageMin, and what is left of the slot is shared as the characters are: the
// same 2 s and so much a character that make a reading time (playlist/playlist.h). Where there is
// no room for all pages, the last ones are left out.
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <vector>

#include "player/look.h"
#include "playlist/playlist.h"

namespace noseon {

inline constexpr Millis kPageMin = std::chrono::seconds{2};

/// One page of an item, or (of none) the operator's fallback card, in the look of a moment.
struct PageId {
  std::optional<EntryIndex> entry;
  std::size_t page = 0;
  Look look{};
  friend auto operator<=>(const PageId&, const PageId&) = default;
};

/// What there is to read on each page of an item, in half characters (base/unicode.h), > 0. Never
/// empty.
using PageWeights = std::vector<std::int64_t>;

/// How many of so many pages, from the first on, have room in a slot of that length; at least one.
[[nodiscard]] std::size_t pages_with_room(std::size_t pages, Millis length);

/// The page that stands, and when it goes: at the slot's end at the latest.
struct PageTurn {
  std::size_t page = 0;
  std::size_t count = 1;  ///< of the slot's pages
  Instant until;
  friend bool operator==(const PageTurn&, const PageTurn&) = default;
};

/// Before the slot the first page, after it the last. REQUIRES: several pages only in a slot of at
/// most a day.
[[nodiscard]] PageTurn page_at(const PageWeights& weights, Span slot, Instant now);

}  // namespace noseon
