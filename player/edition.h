// One loaded state of the folder, as the show plays it: the playlist as written, the entries of it
// that are set aside because their picture could not be made, the schedule over the rest, and the
// pictures made for it. Entries are named by their index in the playlist as written throughout.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "player/picture_cache.h"
#include "playlist/schedule.h"

namespace noseon {

/// One thread. The schedule refers into the edition: it is neither copied nor moved.
class Edition {
 public:
  Edition(std::uint64_t number, std::shared_ptr<const Playlist> playlist,
          std::shared_ptr<const Display> display, std::size_t cache_bytes_max);
  Edition(const Edition&) = delete;
  Edition& operator=(const Edition&) = delete;

  [[nodiscard]] std::uint64_t number() const { return number_; }
  [[nodiscard]] const std::shared_ptr<const Playlist>& playlist() const { return written_; }
  [[nodiscard]] const std::shared_ptr<const Display>& display() const { return display_; }

  [[nodiscard]] Showing showing_at(const Context& context, Instant at);
  /// The same for a time to come; keeps its own segment, so that asking both is cheap.
  [[nodiscard]] Showing coming_at(const Context& context, Instant at);
  /// The same, worked out afresh: nothing that was remembered of another question goes into it.
  [[nodiscard]] Showing afresh(const Context& context, Instant at) const;
  /// Is `entry` among the items that take turns while `showing` does? REQUIRES: `showing` is of
  /// this edition, and nothing was set aside or taken back since.
  [[nodiscard]] bool takes_turns(EntryIndex entry, const Showing& showing) const;

  /// Does what a slot shows have to be made: an item, or a fallback card of the operator's? Where
  /// not, the built-in card shows.
  [[nodiscard]] bool is_to_be_made(const std::optional<EntryIndex>& entry) const;
  /// It has to be, and is not there yet.
  [[nodiscard]] bool lacks(const PageId& page);

  /// What its pages weigh, once one of them was made; until then it has one.
  [[nodiscard]] const PageWeights& pages_of(const std::optional<EntryIndex>& entry) const;
  void learn_pages(const std::optional<EntryIndex>& entry, PageWeights weights);

  /// Of the items that take turns while `showing` does, one of which nothing was made so far.
  /// REQUIRES: as takes_turns().
  [[nodiscard]] std::optional<EntryIndex> untried(const Showing& showing) const;

  /// Leaves an entry out of the rotation until a steady time; none: the operator's card.
  void set_aside(const std::optional<EntryIndex>& entry, Steady until);
  /// Takes back the entries whose time is over; true where there were any.
  bool take_back(Steady now);
  /// When take_back() has something to do next.
  [[nodiscard]] std::optional<Steady> next_return() const;
  /// How many entries are out.
  [[nodiscard]] std::size_t aside_count() const { return aside_.size() - aside_.count({}); }

  /// The entry with these ids, in a playlist that may have been written anew.
  [[nodiscard]] std::optional<EntryIndex> find(const Campaign& campaign, const Item& item) const;

  PictureCache pictures;

 private:
  [[nodiscard]] Showing as_written(Showing showing) const;
  void lay_out();

  std::uint64_t number_;
  std::shared_ptr<const Playlist> written_;
  std::shared_ptr<const Display> display_;
  std::map<std::optional<EntryIndex>, Steady> aside_;
  std::map<std::optional<EntryIndex>, PageWeights> pages_;
  Playlist playable_;
  std::vector<EntryIndex> written_index_;  // of each entry of playable_
  std::optional<Schedule> now_;
  std::optional<Schedule> coming_;
};

}  // namespace noseon
