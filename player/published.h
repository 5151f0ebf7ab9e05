// The pictures of a published campaign: which blob shows what an item or a style names, and what
// is said of a blob that is not what was signed.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/appearance.h"
#include "base/geometry.h"
#include "media/expected_bytes.h"
#include "playlist/display.h"
#include "playlist/model.h"

namespace noseon {

/// A picture as the studio asks for it, whoever has it. The publisher prepares exactly these.
struct PictureWish {
  std::string written;  ///< as an item or a style names it
  Size box;
  Fit fit = Fit::fit;
  Color background;
  friend bool operator==(const PictureWish&, const PictureWish&) = default;
};

/// REQUIRES: the item is a poster.
[[nodiscard]] PictureWish poster_wish(const Campaign& campaign, const Item& item,
                                      const Display& display);
/// Of the picture behind the texts of a style; nothing where it has none.
[[nodiscard]] std::optional<PictureWish> backdrop_wish(const Style& style, const Display& display);

/// The one to show, by picture_for()'s rule (fleet/manifest.h); null where none was published.
/// REQUIRES: campaign.published.
[[nodiscard]] const PublishedPicture* published_picture(const Campaign& campaign,
                                                        const PictureWish& wish);

/// A blob that was to be shown and is missing, or has not the bytes that were signed.
struct DamagedBlob {
  ExpectedBytes expected;
  std::string reason;  ///< for people
};
/// Called on the thread that found it, each time that it is found.
using ReportDamage = std::function<void(const DamagedBlob&)>;

}  // namespace noseon
