#include "player/published.h"

#include <vector>

#include "base/check.h"
#include "fleet/manifest.h"
#include "player/compose.h"
#include "playlist/styles.h"

namespace noseon {

PictureWish poster_wish(const Campaign& campaign, const Item& item, const Display& display) {
  return {item.poster, poster_box(campaign, item, display), item.fit,
          style_of(campaign, item).background};
}

std::optional<PictureWish> backdrop_wish(const Style& style, const Display& display) {
  if (style.picture.empty()) return std::nullopt;
  return PictureWish{style.picture, display.composed_size(), Fit::fill, style.background};
}

const PublishedPicture* published_picture(const Campaign& campaign, const PictureWish& wish) {
  CHECK(campaign.published.has_value());
  std::vector<ManifestPicture> offered;
  std::vector<const PublishedPicture*> origin;
  for (const PublishedPicture& picture : *campaign.published) {
    if (picture.written != wish.written) continue;
    ManifestPicture& same = offered.emplace_back();
    same.written = picture.written;
    same.box = picture.box;
    same.fit = picture.fit;
    same.background = picture.background;
    same.size = picture.size;
    origin.push_back(&picture);
  }
  const ManifestPicture* const chosen =
      picture_for(offered, wish.written, wish.box, wish.fit, wish.background);
  return chosen == nullptr ? nullptr : origin[static_cast<std::size_t>(chosen - offered.data())];
}

}  // namespace noseon
