// Finished pictures, so that a loop of a few items is not made again and again. Bounded in bytes;
// the least recently used go first.
#pragma once

#include <cstdint>
#include <list>
#include <vector>

#include "media/picture.h"
#include "player/pages.h"

namespace noseon {

class PictureCache {
 public:
  explicit PictureCache(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  /// The picture of a page, or null. Finding it is using it.
  [[nodiscard]] PicturePtr find(const PageId& page);
  void put(const PageId& page, PicturePtr picture);
  /// Lets go of the least recently used beyond the bound, save those of `kept`.
  void trim(const std::vector<PageId>& kept);
  [[nodiscard]] std::size_t bytes() const { return bytes_; }

 private:
  struct Finished {
    PageId page;
    PicturePtr picture;
  };
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::list<Finished> finished_;  // most recently used first
};

}  // namespace noseon
