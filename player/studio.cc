#include "player/studio.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/say.h"
#include "media/sniff.h"
#include "player/compose.h"
#include "player/folder.h"
#include "player/painter.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Result<Size> size_of(const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string bytes, read_file(file, kOriginalLimits.bytes_max));
  ASSIGN_OR_RETURN(const PictureInfo info, sniff_picture(bytes));
  return info.size;
}

// The poster, or the variant whose aspect is nearest. Variants that cannot be read are passed over:
// where nothing can, decoding the poster itself says why.
fs::path choose_file(const Campaign& campaign, const Item& item, Size box) {
  const std::vector<fs::path> files = poster_files(campaign, item);
  if (files.size() <= 1) return fs::path(campaign.folder) / item.poster;
  std::vector<fs::path> known;
  std::vector<Size> sizes;
  for (const fs::path& file : files) {
    const Result<Size> size = size_of(file);
    if (!size) continue;
    known.push_back(file);
    sizes.push_back(*size);
  }
  return known.empty() ? files.front() : known[best_variant(sizes, box)];
}

}  // namespace

Studio::Studio(Typesetter typesetter, PictureSource pictures)
    : typesetter_(std::move(typesetter)), pictures_(std::move(pictures)) {}

Result<std::vector<Page>> Studio::compose(const Playlist& playlist, EntryIndex entry,
                                          const Display& display) {
  const Campaign& campaign = playlist.campaign_of(entry);
  const Item& item = playlist.item_of(entry);
  const Size box = display.composed_size();
  if (!item.is_poster()) {
    const PicturePtr behind = picture_behind(style_of(campaign, item), campaign, box);
    return compose_text(campaign, item, display, behind, typesetter_);
  }
  const fs::path file = choose_file(campaign, item, box);
  const Result<PicturePtr> poster =
      pictures_.load({file, box, item.fit, style_of(campaign, item).background});
  if (!poster) {
    return fail(
        poster.error().with_context(say("campaign {}: item {}", campaign.id.str(), item.id.str())));
  }
  Frame frame =
      compose_poster(*poster, fmt::format("{}/{}", campaign.id.str(), item.id.str()), box);
  return std::vector<Page>{{.frame = std::move(frame)}};
}

// The style's picture, or null where it has none. One that cannot be decoded takes nothing away
// from the text: its place has the background's colour, and `check` says why.
PicturePtr Studio::picture_behind(const Style& style, const Campaign& campaign, Size box) {
  if (style.picture.empty()) return nullptr;
  const auto picture =
      pictures_.load({fs::path(campaign.folder) / style.picture, box, Fit::fill, style.background});
  return picture ? *picture : nullptr;
}

// The operator's card as a poster on the built-in card's ground.
Result<PicturePtr> Studio::render_fallback(const Display& display) {
  if (display.fallback.empty()) return builtin_card(display);
  const Size box = display.composed_size();
  const Result<PicturePtr> card =
      pictures_.load({display.fallback, box, Fit::fit, Style{}.background});
  if (!card) return fail(card.error().with_context(say("the fallback card")));
  return paint(compose_poster(*card, "fallback card", box), typesetter_, display.rotation);
}

Result<Rendering> Studio::render(const Playlist& playlist, const PageId& page,
                                 const Display& display) {
  if (!page.entry) {
    ASSIGN_OR_RETURN(PicturePtr card, render_fallback(display));
    return Rendering{std::move(card), {1}};
  }
  ASSIGN_OR_RETURN(const std::vector<Page> pages, compose(playlist, *page.entry, display));
  PageWeights weights;
  for (const Page& each : pages) weights.push_back(each.weight);
  const Page& asked = pages[std::min(page.page, pages.size() - 1)];
  return Rendering{paint(asked.frame, typesetter_, display.rotation), std::move(weights)};
}

PicturePtr builtin_card(const Display& display) {
  return paint_without_text(compose_builtin_card(display.composed_size()), display.rotation);
}

}  // namespace noseon
