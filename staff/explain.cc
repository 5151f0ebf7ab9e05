#include "playlist/explain.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/say.h"
#include "playlist/words.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/table.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

void print_json(const World& world, Instant at, const Explained& explained) {
  const Zone& zone = world.zone();
  ordered_json showing = name_json(*world.playlist, explained.showing.slot.entry);
  showing["from"] = instant_json(explained.showing.slot.from, zone);
  showing["until"] = instant_json(explained.showing.slot.until, zone);
  ordered_json items = ordered_json::array();
  for (const Explanation& item : explained.items) {
    ordered_json json = name_json(*world.playlist, item.entry);
    json["role"] = to_string(world.playlist->entries[item.entry].role);
    json["state"] = to_string(item.state);
    json["rule"] = item.rule ? ordered_json(to_string(*item.rule)) : ordered_json(nullptr);
    json["reason"] = item.reason;
    json["changes"] = instant_json(item.changes, zone);
    items.push_back(std::move(json));
  }
  fmt::print("{}\n", to_text({{"at", instant_text(at, zone)},
                              {"showing", std::move(showing)},
                              {"items", std::move(items)}}));
}

void print_for_people(const World& world, Instant at, const Explained& explained) {
  const Zone& zone = world.zone();
  fmt::print("{} ({})\n\n", to_string(zone.civil_at(at)), zone.name());
  std::vector<std::vector<std::string>> rows;
  for (const Explanation& item : explained.items) {
    rows.push_back({name_of(*world.playlist, item.entry),
                    in_words(world.playlist->entries[item.entry].role), in_words(item.state),
                    item.rule ? in_words(*item.rule) : "",
                    item.changes ? to_string(zone.civil_at(*item.changes)) : "-", item.reason});
  }
  fmt::print("{}", format_table({say("item"), say("role"), say("state"), say("rule"),
                                 say("changes"), say("why")},
                                std::vector<Side>(6, Side::left), rows));
  if (!explained.showing.slot.entry) fmt::print("\n{}\n", reason(explained.showing));
}

}  // namespace

int run_explain(const MomentOptions& options) {
  return with_items(options.world, [&](World& world) {
    const auto at = moment_or_now(options.at, world.zone());
    if (!at) return wrong_usage(at.error());
    if (const auto put = doubt_clock(world, options.world, *at); !put)
      return wrong_usage(put.error());
    const Explained explained = explain(*world.playlist, *world.display, world.context, *at);
    options.world.json ? print_json(world, *at, explained)
                       : print_for_people(world, *at, explained);
    return kDone;
  });
}

}  // namespace noseon
