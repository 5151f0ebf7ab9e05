// From an entry of a playlist to the finished picture for the glass: find the poster's best
// variant, decode, lay out, compose, paint. Everything that shows an item goes through here: the
// bus, the preview, `noseon render` and `noseon sheet`.
#pragma once

#include <memory>
#include <optional>

#include "media/picture_source.h"
#include "player/compose.h"
#include "player/pages.h"

namespace noseon {

/// A finished picture, and what all pages of its item weigh.
struct Rendering {
  PicturePtr picture;
  PageWeights pages;
};

/// One thread; it blocks while a poster is decoded.
class Studio {
 public:
  Studio(Typesetter typesetter, PictureSource pictures);

  /// What stands while a page does, as a picture of display.size: the item, or for none the
  /// fallback card. A page beyond the item's last is the last. Errors name the item and the file;
  /// their kinds are those of PictureSource::load().
  [[nodiscard]] Result<Rendering> render(const Playlist& playlist, const PageId& page,
                                         const Display& display);

  /// The pages of an item before painting, at least one.
  [[nodiscard]] Result<std::vector<Page>> compose(const Playlist& playlist, EntryIndex entry,
                                                  const Display& display);

  [[nodiscard]] Typesetter& typesetter() { return typesetter_; }

 private:
  [[nodiscard]] Result<PicturePtr> render_fallback(const Display& display);
  [[nodiscard]] PicturePtr picture_behind(const Style& style, const Campaign& campaign, Size box);

  Typesetter typesetter_;
  PictureSource pictures_;
};

/// The built-in card for a display, finished. Needs nothing that could be missing.
[[nodiscard]] PicturePtr builtin_card(const Display& display);

}  // namespace noseon
