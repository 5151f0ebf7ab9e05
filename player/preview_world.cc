#include "player/preview_world.h"

#include <fmt/format.h>

#include "base/say.h"
#include "player/when.h"

namespace noseon {

LoadedFolder upright(LoadedFolder loaded, int quarter_turns) {
  auto display = std::make_shared<Display>(*loaded.display);
  display->rotation = (display->rotation + quarter_turns * 90) % 360;
  display->size = display->composed_size();
  display->rotation = 0;
  loaded.display = std::move(display);
  return loaded;
}

Result<Context> context_of(const PreviewOptions& options, const LoadedFolder& folder,
                           Instant start) {
  const Playlist& playlist = *folder.playlist;
  Context context;
  context.route = options.route;
  if (options.position) context.inside = places_around(playlist, *options.position);
  for (const std::string& name : options.near) {
    bool is_known = false;
    for (const Campaign& campaign : playlist.campaigns) {
      for (const GeoPlace& place : campaign.places) {
        if (place.name != name) continue;
        is_known = true;
        context.inside.emplace_back(campaign.id.str(), name);
      }
    }
    if (!is_known)
      return fail(ErrorKind::not_found,
                  say("no campaign has a place named '{}' under [places]", name));
  }
  return in_doubt(std::move(context), options.clock, start, *folder.display->zone);
}

}  // namespace noseon
