#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/source.h"
#include "player/studio.h"
#include "playlist/schedule.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/png_file.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

// The operator's card may be broken, which is said already: the built-in one shows then.
Result<PicturePtr> picture_of(const World& world, const Slot& slot) {
  ASSIGN_OR_RETURN(Studio studio, make_studio());
  auto picture = studio.render(*world.playlist, slot.entry, *world.display);
  return picture || slot.entry ? picture : builtin_card(*world.display);
}

void print_json(const World& world, Instant at, const Showing& showing, const std::string& file) {
  const Zone& zone = world.zone();
  ordered_json json = {{"file", file}, {"at", instant_text(at, zone)}};
  json.update(name_json(*world.playlist, showing.slot.entry));
  json["from"] = instant_json(showing.slot.from, zone);
  json["until"] = instant_json(showing.slot.until, zone);
  json["reason"] = reason(showing);
  fmt::print("{}\n", to_text(json));
}

void print_for_people(const World& world, Instant at, const Showing& showing,
                      const std::string& file) {
  fmt::print("{}\n", say("{}: {} at {}; {}", file, name_of(*world.playlist, showing.slot.entry),
                         to_string(world.zone().civil_at(at)), reason(showing)));
}

}  // namespace

int run_render(const MomentOptions& options) {
  return with_items(options.world, [&](World& world) {
    const auto at = moment_or_now(options.at, world.zone());
    if (!at) return wrong_usage(at.error());
    const Showing showing = showing_at(*world.playlist, *world.display, world.context, *at);
    const auto picture = picture_of(world, showing.slot);
    if (!picture) return refused(picture.error());
    if (const Status written = write_png(**picture, options.output); !written) {
      return refused(written.error());
    }
    options.world.json ? print_json(world, *at, showing, options.output)
                       : print_for_people(world, *at, showing, options.output);
    return kDone;
  });
}

}  // namespace noseon
