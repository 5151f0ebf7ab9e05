#include "player/picture_cache.h"

#include <algorithm>

namespace noseon {
namespace {

std::size_t bytes_of(const PicturePtr& picture) {
  return picture->pixels().size_bytes();
}

}  // namespace

PicturePtr PictureCache::find(std::optional<EntryIndex> entry) {
  const auto found = std::find_if(finished_.begin(), finished_.end(),
                                  [&](const Finished& f) { return f.entry == entry; });
  if (found == finished_.end()) return nullptr;
  finished_.splice(finished_.begin(), finished_, found);
  return finished_.front().picture;
}

void PictureCache::put(std::optional<EntryIndex> entry, PicturePtr picture) {
  std::erase_if(finished_, [&](const Finished& f) {
    if (f.entry != entry) return false;
    bytes_ -= bytes_of(f.picture);
    return true;
  });
  bytes_ += bytes_of(picture);
  finished_.push_front({entry, std::move(picture)});
}

void PictureCache::trim(const std::vector<std::optional<EntryIndex>>& kept) {
  for (auto it = finished_.end(); bytes_ > bytes_max_ && it != finished_.begin();) {
    --it;
    if (std::find(kept.begin(), kept.end(), it->entry) != kept.end()) continue;
    bytes_ -= bytes_of(it->picture);
    it = finished_.erase(it);
  }
}

}  // namespace noseon
