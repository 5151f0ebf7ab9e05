#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/compose.h"
#include "player/painter.h"
#include "player/projection.h"
#include "player/scale.h"
#include "player/source.h"
#include "player/studio.h"
#include "playlist/patterns.h"
#include "playlist/words.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/png_file.h"
#include "staff/progress.h"
#include "staff/sheet_page.h"

namespace noseon {
namespace {

// More would make a picture that no viewer opens.
constexpr std::size_t kTilesMax = 400;

// What clocks show: a sheet is of no time, and the same campaign has the same sheet.
constexpr Civil kTimeOfSheets =
    std::chrono::local_days{std::chrono::year{2027} / 3 / 1} + std::chrono::hours{12};

// "remember", "remember (2 of 3)"
std::string name_of_tile(const Item& item, std::size_t page, std::size_t count) {
  if (count == 1) return item.id.str();
  return say("{} ({} of {})", item.id.str(), page + 1, count);
}

// "normal, 3 turns, 8 s; 02-20/03-31 every year; 20:00-22:00; commute"
std::string caption_of(const Playlist& playlist, EntryIndex entry) {
  const Entry& turn = playlist.entries[entry];
  const Item& item = playlist.item_of(entry);
  const std::string turns = turn.weight == 1 ? say("1 turn") : say("{} turns", turn.weight);
  std::string caption =
      fmt::format("{}, {}, {}", in_words(turn.role), turns, in_words(turn.length));
  if (const std::string window = in_words(item.window); !window.empty()) caption += "; " + window;
  if (item.hours) caption += "; " + to_string(*item.hours);
  for (const std::size_t daypart : item.dayparts) {
    caption += "; " + playlist.campaign_of(entry).dayparts[daypart].name;
  }
  return caption;
}

SheetGroup group_of(const World& world, const Campaign& campaign) {
  SheetGroup group;
  const std::string* title = best_text(campaign.title, world.display->languages);
  group.title = title ? *title : campaign.id.str();
  group.language = world.display->languages.empty() ? "ko" : world.display->languages.front();
  const std::string window = in_words(campaign.window);
  group.caption = fmt::format("{}; {}; {}", campaign.id.str(),
                              window.empty() ? say("always") : window, campaign.zone->name());
  return group;
}

struct Drawn {
  std::vector<SheetGroup> groups;
  std::vector<Error> errors;
  std::size_t items = 0;
};

// Every page of every item as it is on the glass, made smaller; an item that cannot be drawn shows
// why.
class Drawing {
 public:
  Drawing(const World& world, Studio& studio, Typesetter& typesetter)
      : playlist_(*world.playlist),
        display_(*world.display),
        studio_(studio),
        typesetter_(typesetter) {
    for (const Campaign& campaign : playlist_.campaigns)
      drawn_.groups.push_back(group_of(world, campaign));
  }

  Drawn draw_all() {
    const std::size_t count = std::min(playlist_.entries.size(), kTilesMax);
    Progress progress(say("items drawn"), count);
    for (EntryIndex entry = 0; entry < count && tiles_ < kTilesMax; ++entry, progress.step()) {
      draw(entry);
      ++drawn_.items;
    }
    return std::move(drawn_);
  }

 private:
  void draw(EntryIndex entry) {
    const auto pages = studio_.compose(playlist_, entry, display_, look_);
    if (!pages) return add_error(entry, pages.error());
    for (std::size_t page = 0; page < pages->size() && tiles_ < kTilesMax; ++page) {
      const auto finished = studio_.finish((*pages)[page], playlist_, entry, display_);
      if (!finished) return add_error(entry, finished.error());
      add(entry, page, pages->size(), in_mid_run(*finished));
    }
  }

  void add_error(EntryIndex entry, const Error& error) {
    drawn_.errors.push_back(error);
    add(entry, 0, 1,
        paint(compose_error_card(display_.size, playlist_.item_of(entry).id.str(), {error.message},
                                 nullptr, typesetter_),
              typesetter_));
  }

  // A ticker as its head reaches the far side.
  static PicturePtr in_mid_run(const Finished& finished) {
    if (!finished.ticker) return finished.picture;
    return flatten(finished.picture, finished.ticker,
                   std::int64_t{finished.ticker->band.width} * kAlphaFull);
  }

  void add(EntryIndex entry, std::size_t page, std::size_t count, const PicturePtr& picture) {
    drawn_.groups[playlist_.entries[entry].campaign].tiles.push_back(
        {fit_to(picture, thumbnail_size(display_.size)),
         name_of_tile(playlist_.item_of(entry), page, count), caption_of(playlist_, entry)});
    ++tiles_;
  }

  const Playlist& playlist_;
  const Display& display_;
  const Look look_{.brightness = 1000, .minute = kTimeOfSheets};
  Studio& studio_;
  Typesetter& typesetter_;
  std::size_t tiles_ = 0;
  Drawn drawn_;
};

Result<Drawn> make_sheet(const World& world, const std::string& file, Size& size) {
  ASSIGN_OR_RETURN(Studio studio, make_studio());
  ASSIGN_OR_RETURN(Typesetter* const typesetter, studio.typesetter());
  Drawn drawn = Drawing(world, studio, *typesetter).draw_all();
  const PicturePtr page = paint(compose_sheet(drawn.groups, *typesetter), *typesetter);
  size = page->size();
  TRY(write_png(*page, file));
  return drawn;
}

}  // namespace

int run_sheet(const SheetOptions& options) {
  return with_items(options.world, [&](World& world) {
    Size size;
    const auto drawn = make_sheet(world, options.output, size);
    if (!drawn) return refused(drawn.error());
    for (const Error& error : drawn->errors) fmt::print(stderr, "noseon: {}\n", error.message);
    const std::size_t items = world.playlist->entries.size();
    const std::size_t shown = drawn->items;
    if (options.world.json) {
      fmt::print("{}\n", to_text({{"file", options.output},
                                  {"width", size.width},
                                  {"height", size.height},
                                  {"items", items},
                                  {"shown", shown}}));
    } else {
      fmt::print("{}\n", say("{}: {} of {} items, {}x{} pixels", options.output, shown, items,
                             size.width, size.height));
    }
    return drawn->errors.empty() ? kDone : kRefused;
  });
}

}  // namespace noseon
