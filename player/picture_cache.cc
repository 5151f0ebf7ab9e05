#include "player/picture_cache.h"

#include <algorithm>

namespace noseon {
namespace {

std::size_t bytes_of(const Finished& finished) {
  const std::size_t strip = finished.ticker ? finished.ticker->strip->pixels().size_bytes() : 0;
  return finished.picture->pixels().size_bytes() + strip;
}

}  // namespace

Finished PictureCache::find(const PageId& page) {
  const auto found =
      std::find_if(kept_.begin(), kept_.end(), [&](const Kept& k) { return k.page == page; });
  if (found == kept_.end()) return {};
  kept_.splice(kept_.begin(), kept_, found);
  return kept_.front().finished;
}

void PictureCache::put(const PageId& page, Finished finished) {
  std::erase_if(kept_, [&](const Kept& k) {
    if (k.page != page) return false;
    bytes_ -= bytes_of(k.finished);
    return true;
  });
  bytes_ += bytes_of(finished);
  kept_.push_front({page, std::move(finished)});
}

void PictureCache::trim(const std::vector<PageId>& kept, std::size_t coming) {
  for (auto it = kept_.end(); bytes_ + coming > bytes_max_ && it != kept_.begin();) {
    --it;
    if (std::find(kept.begin(), kept.end(), it->page) != kept.end()) continue;
    bytes_ -= bytes_of(it->finished);
    it = kept_.erase(it);
  }
}

}  // namespace noseon
