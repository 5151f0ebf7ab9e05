// Composition: what an item looks like on a display, as a Frame. Pure but for the typesetter's
// fonts; knows nothing of SDL, files or time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "media/picture.h"
#include "player/frame.h"
#include "player/look.h"
#include "player/ticker.h"
#include "playlist/playlist.h"

namespace noseon {

/// The style that an item names, else the default one.
[[nodiscard]] Style style_of(const Campaign& campaign, const Item& item);

/// The smallest text that may be read on a display: 20 arc minutes of Hangul ink at its viewing
/// distance, in pixels per em, 8 to 1024.
[[nodiscard]] int legible_size(const Display& display);

/// The size a headline is tried at first, in pixels per em, 8 to 1024.
[[nodiscard]] int headline_size(Size size);

/// A long line that runs through a band of a page's frame (player/ticker.h).
struct RunningLine {
  Frame strip;  ///< the line on its ground, of the band's height
  Rect band;    ///< of the page's frame
  Color ground;
  Run run = Run::leftwards;
};

/// One page of an item (player/pages.h).
struct Page {
  Frame frame;
  std::optional<RunningLine> line{};     ///< of a ticker; the frame has its empty band
  std::vector<std::string> languages{};  ///< of its texts
  std::int64_t weight = 1;               ///< its half characters, at least 1
};

/// A text item in the display's languages, in their order: two that fit together are one page, the
/// first large, the second at 60 % below it, or beside it on a bar where that reads larger; what
/// does not fit with the one before it begins a page of its own, no larger than the first page.
/// Where the display has none of the item's languages, the first written shows. Never below
/// legible_size(): one text that does not fit ends in an ellipsis after a word: its layout then
/// `overflows`. `behind` is the style's picture, of the display's composed size, or null where it
/// has none; over it lies as much of the background as contrast needs, and no less than the style
/// asks for. At least one page.
[[nodiscard]] std::vector<Page> compose_text(const Campaign& campaign, const Item& item,
                                             const Display& display, const PicturePtr& behind,
                                             Typesetter& typesetter, const Look& look = {});

/// A text item with `motion = "ticker"`: all languages in the display's order, one behind the
/// other, in one line that runs away from where the first is read from; on the style's background,
/// also over a picture. Large as 60 % of a headline, or less where the line is so long that its
/// pixels would pass kStripBytesMax; never below legible_size(), where a longer line ends in an
/// ellipsis and `overflows`. Its band lies in the content (player/strips.h), which on a display too
/// low for a legible line makes the letters as large as the content allows.
[[nodiscard]] Page compose_ticker(const Campaign& campaign, const Item& item,
                                  const Display& display, const PicturePtr& behind,
                                  Typesetter& typesetter, const Look& look = {});

/// The pixels of a ticker's line.
inline constexpr std::size_t kStripBytesMax = 24U << 20U;

/// The worst contrast of a composed text with what is behind it (player/legibility.h), or with its
/// outline where that is more. 21 where the frame has no text.
[[nodiscard]] double text_contrast(const Frame& frame);

/// A poster in the middle, the margins in its edge colour.
[[nodiscard]] Frame compose_poster(PicturePtr poster, const std::string& name, Size size);

/// The box that the poster of an item is to be decoded for: the display's, less the strip with its
/// caption and clock.
[[nodiscard]] Size poster_box(const Campaign& campaign, const Item& item, const Display& display);

/// A poster item: the poster in its box, beneath it the strip. Languages of a caption that do not
/// fit together take turns as those of a text do. Words go before the clock: where a caption beside
/// it would end in an ellipsis, there is no clock. At least one page.
[[nodiscard]] std::vector<Page> compose_poster_item(const Campaign& campaign, const Item& item,
                                                    const Display& display, PicturePtr poster,
                                                    Typesetter& typesetter, const Look& look = {});
/// The same where there is no strip, without a typesetter. REQUIRES: has_strip() is false.
[[nodiscard]] Page compose_bare_poster(const Campaign& campaign, const Item& item,
                                       const Display& display, PicturePtr poster,
                                       const Look& look = {});
[[nodiscard]] bool has_strip(const Campaign& campaign, const Item& item);

/// The built-in card: what shows when nothing else can. Drawn without any file, font or campaign.
[[nodiscard]] Frame compose_builtin_card(Size size);

/// What the preview shows when a folder cannot be read: a title and lines such as
/// "campaign.toml:12:3: ...", as many as fit. Over `behind` (dimmed) where there is one.
[[nodiscard]] Frame compose_error_card(Size size, const std::string& title,
                                       const std::vector<std::string>& lines, PicturePtr behind,
                                       Typesetter& typesetter);

/// Of a poster and its variants (remember.png, remember.bar.png) the one whose aspect is nearest
/// to the box's, by ratio; ties to the first. REQUIRES: at least one variant; all sides > 0.
[[nodiscard]] std::size_t best_variant(const std::vector<Size>& variants, Size box);

}  // namespace noseon
