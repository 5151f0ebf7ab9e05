#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/projection.h"
#include "player/source.h"
#include "player/studio.h"
#include "playlist/schedule.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/png_file.h"
#include "staff/record.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

struct Rendered {
  PicturePtr picture;
  PageTurn page;
};

// A ticker where it is at that moment.
PicturePtr at_moment(const Finished& finished, Millis elapsed) {
  if (!finished.ticker) return finished.picture;
  return flatten(finished.picture, finished.ticker, travel_at(*finished.ticker, elapsed));
}

// The operator's card may be broken, which is said already: the built-in one shows then.
Result<Rendered> render(const World& world, const Slot& slot, Instant at) {
  ASSIGN_OR_RETURN(Studio studio, make_studio());
  const Look look = look_at(*world.playlist, slot.entry, *world.display, world.context, at).look;
  const auto make = [&](std::size_t page) {
    return studio.render(*world.playlist, {slot.entry, page, look}, *world.display);
  };
  const Span span{slot.from, slot.until};
  auto first = make(0);
  if (!first && !slot.entry) {
    return Rendered{builtin_card(*world.display, look), page_at({1}, span, at)};
  }
  if (!first) return fail(std::move(first).error());
  const PageTurn page = page_at(first->pages, span, at);
  if (page.page == 0) return Rendered{at_moment(first->finished, at - slot.from), page};
  ASSIGN_OR_RETURN(const Rendering later, make(page.page));
  return Rendered{at_moment(later.finished, at - slot.from), page};
}

void print_json(const World& world, Instant at, const Showing& showing, const PageTurn& page,
                const std::string& file) {
  const Zone& zone = world.zone();
  ordered_json json = {{"file", file}, {"at", instant_text(at, zone)}};
  json.update(name_json(*world.playlist, showing.slot.entry));
  json["from"] = instant_json(showing.slot.from, zone);
  json["until"] = instant_json(showing.slot.until, zone);
  json["page"] = page.page + 1;
  json["pages"] = page.count;
  json["reason"] = reason(showing);
  fmt::print("{}\n", to_text(json));
}

void print_for_people(const World& world, Instant at, const Showing& showing, const PageTurn& page,
                      const std::string& file) {
  std::string name = name_of(*world.playlist, showing.slot.entry);
  if (page.count > 1) name += say(", page {} of {}", page.page + 1, page.count);
  fmt::print("{}\n", say("{}: {} at {}; {}", file, name, to_string(world.zone().civil_at(at)),
                         reason(showing)));
}

int render_moment(const RenderOptions& options, World& world) {
  const auto at = moment_or_now(options.at, world.zone());
  if (!at) return wrong_usage(at.error());
  if (const auto put = doubt_clock(world, options.world, *at); !put)
    return wrong_usage(put.error());
  const Showing showing = showing_at(*world.playlist, *world.display, world.context, *at);
  const auto rendered = render(world, showing.slot, *at);
  if (!rendered) return refused(rendered.error());
  if (const Status written = write_png(*rendered->picture, options.output); !written) {
    return refused(written.error());
  }
  const auto print = options.world.json ? print_json : print_for_people;
  print(world, *at, showing, rendered->page, options.output);
  return kDone;
}

}  // namespace

int run_render(const RenderOptions& options) {
  return with_items(options.world, [&](World& world) {
    return options.from.empty() ? render_moment(options, world) : record(options, world);
  });
}

}  // namespace noseon
