// From an entry of a playlist to the finished picture for the glass: find the poster's best
// variant, decode, lay out, compose, paint. Everything that shows an item goes through here: the
// bus, the preview, `noseon render` and `noseon sheet`.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "media/picture_source.h"
#include "player/compose.h"
#include "player/frame_cache.h"
#include "player/published.h"

namespace noseon {

/// One thread; it blocks while a poster is decoded.
class Studio {
 public:
  /// `open_fonts` is called when a text is to be set for the first time, and again after it failed:
  /// a poster alone needs no font.
  /// `frames`: where finished pages are looked for, and kept; nothing: nowhere.
  /// `report`: who hears of blobs that are not what was signed; may be empty.
  Studio(std::function<Result<Typesetter>()> open_fonts, PictureSource pictures,
         std::optional<FrameCache> frames = {}, ReportDamage report = {});

  /// What stands while a page does, as a picture of display.size: the item, or for none the
  /// fallback card. A page beyond the item's last is the last. Errors name the item and the file;
  /// their kinds are those of PictureSource::load(), and signature for a poster of a published
  /// campaign whose blob is missing or not what was signed. Where drafts are allowed, a poster that
  /// has to be prepared first may be one.
  [[nodiscard]] Result<Rendering> render(const Playlist& playlist, const PageId& page,
                                         const Display& display, Drafts drafts = Drafts::none);

  /// Puts what render() made last onto the disk, where it was not there: to be called when whoever
  /// waited for it has it.
  void keep_last();

  /// Gives back the memory that texts took, where render() set one before and none the last time:
  /// a megabyte or two that posters have no use for. The fonts stay open.
  void rest();

  /// The pages of an item before painting, at least one.
  [[nodiscard]] Result<std::vector<Page>> compose(const Playlist& playlist, EntryIndex entry,
                                                  const Display& display, const Look& look = {});
  /// A composed page, finished as render() does it.
  [[nodiscard]] Result<Finished> finish(const Page& page, const Playlist& playlist,
                                        EntryIndex entry, const Display& display);

  /// The fonts, opened where they are not. Errors: those of Typesetter::open().
  [[nodiscard]] Result<Typesetter*> typesetter();

 private:
  struct Composed {
    std::vector<Page> pages;
    bool is_draft = false;
  };
  [[nodiscard]] Result<Composed> compose(const Playlist& playlist, EntryIndex entry,
                                         const Display& display, const Look& look, Drafts drafts);
  [[nodiscard]] Result<Composed> compose_poster_of(const Campaign& campaign, const Item& item,
                                                   const Display& display, const Look& look,
                                                   Drafts drafts);
  [[nodiscard]] Result<Rendering> make(const Playlist& playlist, const PageId& page,
                                       const Display& display, Drafts drafts);
  [[nodiscard]] Result<PicturePtr> paint_frame(const Frame& frame, int rotation);
  [[nodiscard]] Result<PicturePtr> render_fallback(const Display& display, const Look& look);
  [[nodiscard]] PicturePtr picture_behind(const Style& style, const Campaign& campaign,
                                          const Display& display);
  [[nodiscard]] Result<LoadedPicture> load(const PictureWish& wish,
                                           const std::filesystem::path& file, Drafts drafts);
  [[nodiscard]] Result<LoadedPicture> load_published(const Campaign& campaign,
                                                     const PictureWish& wish);

  std::function<Result<Typesetter>()> open_fonts_;
  std::optional<Typesetter> typesetter_;
  bool has_set_text_ = false;  // in this render()
  bool holds_text_ = false;    // what earlier ones left
  PictureSource pictures_;
  std::optional<FrameCache> frames_;
  ReportDamage report_;
  bool lacks_picture_ = false;  // of what is being made, a published picture was left out
  std::optional<std::pair<Sha256, Rendering>> last_;  // made, and not kept yet
};

/// The built-in card for a display, finished. Needs nothing that could be missing.
[[nodiscard]] PicturePtr builtin_card(const Display& display, const Look& look = {});

}  // namespace noseon
