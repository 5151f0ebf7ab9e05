#include "player/picture_cache.h"

#include <algorithm>

namespace noseon {
namespace {

std::size_t bytes_of(const PicturePtr& picture) {
  return picture->pixels().size_bytes();
}

}  // namespace

PicturePtr PictureCache::find(const PageId& page) {
  const auto found = std::find_if(finished_.begin(), finished_.end(),
                                  [&](const Finished& f) { return f.page == page; });
  if (found == finished_.end()) return nullptr;
  finished_.splice(finished_.begin(), finished_, found);
  return finished_.front().picture;
}

void PictureCache::put(const PageId& page, PicturePtr picture) {
  std::erase_if(finished_, [&](const Finished& f) {
    if (f.page != page) return false;
    bytes_ -= bytes_of(f.picture);
    return true;
  });
  bytes_ += bytes_of(picture);
  finished_.push_front({page, std::move(picture)});
}

void PictureCache::trim(const std::vector<PageId>& kept) {
  for (auto it = finished_.end(); bytes_ > bytes_max_ && it != finished_.begin();) {
    --it;
    if (std::find(kept.begin(), kept.end(), it->page) != kept.end()) continue;
    bytes_ -= bytes_of(it->picture);
    it = finished_.erase(it);
  }
}

}  // namespace noseon
