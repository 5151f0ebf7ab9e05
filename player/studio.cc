#include "player/studio.h"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "media/sniff.h"
#include "player/compose.h"
#include "player/folder.h"
#include "player/painter.h"
#include "player/picture_requests.h"
#include "player/pixels.h"

namespace noseon {

namespace fs = std::filesystem;

Studio::Studio(std::function<Result<Typesetter>()> open_fonts, PictureSource pictures,
               std::optional<FrameCache> frames, ReportDamage report)
    : open_fonts_(std::move(open_fonts)),
      pictures_(std::move(pictures)),
      frames_(std::move(frames)),
      report_(std::move(report)) {}

Result<Typesetter*> Studio::typesetter() {
  if (!typesetter_) {
    ASSIGN_OR_RETURN(Typesetter opened, open_fonts_());
    typesetter_.emplace(std::move(opened));
  }
  has_set_text_ = true;
  return &*typesetter_;
}

Result<std::vector<Page>> Studio::compose(const Playlist& playlist, EntryIndex entry,
                                          const Display& display, const Look& look) {
  ASSIGN_OR_RETURN(Composed composed, compose(playlist, entry, display, look, Drafts::none));
  return std::move(composed.pages);
}

Result<Studio::Composed> Studio::compose(const Playlist& playlist, EntryIndex entry,
                                         const Display& display, const Look& look, Drafts drafts) {
  const Campaign& campaign = playlist.campaign_of(entry);
  const Item& item = playlist.item_of(entry);
  if (item.is_poster()) return compose_poster_of(campaign, item, display, look, drafts);
  const PicturePtr behind = picture_behind(style_of(campaign, item), campaign, display);
  ASSIGN_OR_RETURN(Typesetter* const fonts, typesetter());
  return Composed{compose_text(campaign, item, display, behind, *fonts, look)};
}

Result<Studio::Composed> Studio::compose_poster_of(const Campaign& campaign, const Item& item,
                                                   const Display& display, const Look& look,
                                                   Drafts drafts) {
  const PictureWish wish = poster_wish(campaign, item, display);
  const Result<LoadedPicture> poster =
      campaign.published ? load_published(campaign, wish)
                         : load(wish, choose_file(campaign, item, wish.box), drafts);
  if (!poster) {
    return fail(
        poster.error().with_context(say("campaign {}: item {}", campaign.id.str(), item.id.str())));
  }
  if (!has_strip(campaign, item)) {
    return Composed{{compose_bare_poster(campaign, item, display, poster->picture, look)},
                    poster->is_draft};
  }
  ASSIGN_OR_RETURN(Typesetter* const fonts, typesetter());
  return Composed{compose_poster_item(campaign, item, display, poster->picture, *fonts, look),
                  poster->is_draft};
}

// The style's picture, or null where it has none. One that cannot be had takes nothing away from
// the text: its place has the background's colour, and `check` says why. A page that lacks a
// published one is not kept for the next start, which may find it whole.
PicturePtr Studio::picture_behind(const Style& style, const Campaign& campaign,
                                  const Display& display) {
  const auto wish = backdrop_wish(style, display);
  if (!wish) return nullptr;
  const fs::path file = fs::path(campaign.folder) / style.picture;
  const auto picture =
      campaign.published ? load_published(campaign, *wish) : load(*wish, file, Drafts::none);
  lacks_picture_ |= campaign.published && !picture;
  return picture ? picture->picture : nullptr;
}

Result<LoadedPicture> Studio::load(const PictureWish& wish, const fs::path& file, Drafts drafts) {
  return pictures_.load({file, wish.box, wish.fit, wish.background}, drafts);
}

// Nothing of a published campaign is looked for in a folder.
Result<LoadedPicture> Studio::load_published(const Campaign& campaign, const PictureWish& wish) {
  const PublishedPicture* const found = published_picture(campaign, wish);
  if (found == nullptr) {
    return fail(ErrorKind::not_found, say("{}: it was published without it; publish it again",
                                          repair_utf8(wish.written)));
  }
  const ExpectedBytes expected{found->sha256, found->bytes};
  auto picture =
      pictures_.load_published({found->file, wish.box, wish.fit, wish.background}, expected);
  if (picture) return LoadedPicture{*std::move(picture)};
  if (picture.error().kind == ErrorKind::signature && report_) {
    report_({expected, picture.error().message});
  }
  return fail(std::move(picture).error());
}

// A frame without text asks for no font.
Result<PicturePtr> Studio::paint_frame(const Frame& frame, int rotation) {
  const bool has_text = std::any_of(frame.draws.begin(), frame.draws.end(), [](const Draw& draw) {
    return std::holds_alternative<TextDraw>(draw);
  });
  if (!has_text) return paint_without_text(frame, rotation);
  ASSIGN_OR_RETURN(Typesetter* const fonts, typesetter());
  return paint(frame, *fonts, rotation);
}

// The operator's card as a poster on the built-in card's ground.
Result<PicturePtr> Studio::render_fallback(const Display& display, const Look& look) {
  if (display.fallback.empty()) return builtin_card(display, look);
  const Size box = display.composed_size();
  const Result<PicturePtr> card =
      pictures_.load({display.fallback, box, Fit::fit, Style{}.background});
  if (!card) return fail(card.error().with_context(say("the fallback card")));
  Frame frame = compose_poster(*card, "fallback card", box);
  frame.brightness = look.brightness;
  return paint_frame(frame, display.rotation);
}

Result<Finished> Studio::finish(const Page& page, const Playlist& playlist, EntryIndex entry,
                                const Display& display) {
  Finished finished;
  ASSIGN_OR_RETURN(finished.picture, paint_frame(page.frame, display.rotation));
  if (!page.line) return finished;
  auto ticker = std::make_shared<Ticker>();
  ASSIGN_OR_RETURN(ticker->strip, paint_frame(page.line->strip, 0));
  ticker->band = page.line->band;
  ticker->frame = page.frame.size;
  ticker->rotation = display.rotation;
  ticker->ground = dimmed(page.line->ground, page.frame.brightness);
  ticker->run = page.line->run;
  ticker->pass = pass_time(playlist.entries[entry].length,
                           ticker_time(half_characters(playlist.item_of(entry), display)));
  finished.ticker = std::move(ticker);
  return finished;
}

Result<Rendering> Studio::render(const Playlist& playlist, const PageId& page,
                                 const Display& display, Drafts drafts) {
  last_.reset();
  holds_text_ = holds_text_ || has_set_text_;
  has_set_text_ = false;
  const auto key = frames_ ? frame_key(playlist, page, display) : std::nullopt;
  if (key) {
    if (std::optional<Rendering> kept = frames_->find(*key)) return *std::move(kept);
  }
  lacks_picture_ = false;
  ASSIGN_OR_RETURN(Rendering made, make(playlist, page, display, drafts));
  if (key && !made.is_draft && !lacks_picture_) last_.emplace(*key, made);
  return made;
}

void Studio::keep_last() {
  if (last_) frames_->keep(last_->first, last_->second);
  last_.reset();
}

void Studio::rest() {
  if (!holds_text_ || has_set_text_) return;
  holds_text_ = false;
  typesetter_->forget_rasters();
  ::malloc_trim(0);  // freed in the middle of a heap, it would stay
}

Result<Rendering> Studio::make(const Playlist& playlist, const PageId& page, const Display& display,
                               Drafts drafts) {
  if (!page.entry) {
    ASSIGN_OR_RETURN(PicturePtr card, render_fallback(display, page.look));
    return Rendering{{std::move(card), nullptr}, {1}};
  }
  ASSIGN_OR_RETURN(const Composed composed,
                   compose(playlist, *page.entry, display, page.look, drafts));
  PageWeights weights;
  for (const Page& each : composed.pages) weights.push_back(each.weight);
  const Page& asked = composed.pages[std::min(page.page, composed.pages.size() - 1)];
  ASSIGN_OR_RETURN(Finished finished, finish(asked, playlist, *page.entry, display));
  return Rendering{std::move(finished), std::move(weights), composed.is_draft};
}

PicturePtr builtin_card(const Display& display, const Look& look) {
  Frame frame = compose_builtin_card(display.composed_size());
  frame.brightness = look.brightness;
  return paint_without_text(frame, display.rotation);
}

}  // namespace noseon
