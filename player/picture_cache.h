// Finished pictures, so that a loop of a few items is not made again and again. Bounded in bytes;
// the least recently used go first.
#pragma once

#include <cstdint>
#include <list>
#include <vector>

#include "base/sha256.h"
#include "media/picture.h"
#include "player/pages.h"
#include "player/ticker.h"

namespace noseon {

/// A finished page: what is painted of it, and what runs over that.
struct Finished {
  PicturePtr picture;  ///< null: there is none
  TickerPtr ticker;    ///< null: nothing moves
  /// The content_key() of what it shows, where somebody keeps account of that (WorkGuard); all
  /// zero: not known, or a card that needs no file.
  Sha256 made_of{};
  explicit operator bool() const { return picture != nullptr; }
};

class PictureCache {
 public:
  explicit PictureCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  /// What was made of a page, or nothing. Finding it is using it.
  [[nodiscard]] Finished find(const PageId& page);
  void put(const PageId& page, Finished finished);
  /// Lets go of the least recently used beyond the bound, save those of `kept`; of as many more as
  /// `coming` bytes need, which are to be put next.
  void trim(const std::vector<PageId>& kept, std::size_t coming = 0);
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Kept {
    PageId page;
    Finished finished;
  };
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::list<Kept> kept_;  // most recently used first
};

}  // namespace noseon
