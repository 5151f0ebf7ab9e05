#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/compose.h"
#include "player/painter.h"
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
};

// Every item as it is on the glass, made smaller; one that cannot be drawn shows why.
Drawn draw_all(const World& world, Studio& studio) {
  const Playlist& playlist = *world.playlist;
  const Size thumbnail = thumbnail_size(world.display->size);
  const std::size_t count = std::min(playlist.entries.size(), kTilesMax);
  Drawn drawn;
  for (const Campaign& campaign : playlist.campaigns)
    drawn.groups.push_back(group_of(world, campaign));
  Progress progress(say("items drawn"), count);
  for (EntryIndex entry = 0; entry < count; ++entry, progress.step()) {
    auto picture = studio.render(playlist, entry, *world.display);
    if (!picture) {
      drawn.errors.push_back(picture.error());
      picture = paint(compose_error_card(world.display->size, playlist.item_of(entry).id.str(),
                                         {picture.error().message}, nullptr, studio.typesetter()),
                      studio.typesetter());
    }
    drawn.groups[playlist.entries[entry].campaign].tiles.push_back(
        {fit_to(*picture, thumbnail), playlist.item_of(entry).id.str(),
         caption_of(playlist, entry)});
  }
  return drawn;
}

Result<Drawn> make_sheet(const World& world, const std::string& file, Size& size) {
  ASSIGN_OR_RETURN(Studio studio, make_studio());
  Drawn drawn = draw_all(world, studio);
  const PicturePtr page =
      paint(compose_sheet(drawn.groups, studio.typesetter()), studio.typesetter());
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
    const std::size_t shown = std::min(items, kTilesMax);
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
