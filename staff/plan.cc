#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/when.h"
#include "playlist/schedule.h"
#include "playlist/words.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/table.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

// A range longer than this would print more slots than anybody can use.
constexpr std::chrono::days kRangeMax{400};

Result<Span> parse_range(const PlanOptions& options, const Zone& zone) {
  ASSIGN_OR_RETURN(const Instant from, parse_when(options.from, zone));
  ASSIGN_OR_RETURN(const Instant until, parse_when(options.until, zone));
  if (until <= from) {
    return fail(
        ErrorKind::bad_format,
        say("--until does not come after --from; the range is half-open, so the day after the "
            "last one is written"));
  }
  if (until - from > kRangeMax) {
    return fail(ErrorKind::too_large,
                say("the range is longer than {} days; ask for less", kRangeMax.count()));
  }
  return Span{from, until};
}

// Slot by slot: a long plan as one JSON tree would take many times its size in memory.
void print_json(const World& world, Span range, const std::vector<Slot>& slots,
                const std::vector<ItemShare>& shares) {
  const Zone& zone = world.zone();
  fmt::print("{{\"from\":\"{}\",\"until\":\"{}\",\"slots\":[", instant_text(range.from, zone),
             instant_text(range.until, zone));
  const char* separator = "";
  for (const Slot& slot : slots) {
    ordered_json json = {{"from", instant_text(slot.from, zone)},
                         {"until", instant_text(slot.until, zone)}};
    json.update(name_json(*world.playlist, slot.entry));
    fmt::print("{}{}", separator, to_text(json));
    separator = ",";
  }
  fmt::print("],\"share\":[");
  separator = "";
  for (const ItemShare& share : shares) {
    ordered_json json = name_json(*world.playlist, share.entry);
    json.update({{"asked", share.asked},
                 {"plays", share.plays},
                 {"ms", share.shown.count()},
                 {"share", share.share}});
    fmt::print("{}{}", separator, to_text(json));
    separator = ",";
  }
  fmt::print("]}}\n");
}

void print_for_people(const World& world, const std::vector<Slot>& slots,
                      const std::vector<ItemShare>& shares) {
  std::vector<std::vector<std::string>> rows;
  for (const Slot& slot : slots) {
    rows.push_back({to_string(world.zone().civil_at(slot.from)), in_words(slot.until - slot.from),
                    name_of(*world.playlist, slot.entry)});
  }
  fmt::print("{}\n", format_table({say("from"), say("for"), say("item")},
                                  {Side::left, Side::right, Side::left}, rows));

  rows.clear();
  for (const ItemShare& share : shares) {
    rows.push_back({name_of(*world.playlist, share.entry),
                    fmt::format("{:.2f} %", share.asked * 100),
                    fmt::format("{:.2f} %", share.share * 100), std::to_string(share.plays),
                    in_words(share.shown)});
  }
  fmt::print(
      "{}", format_table(
                {say("share of voice"), say("asked"), say("delivered"), say("plays"), say("shown")},
                {Side::left, Side::right, Side::right, Side::right, Side::right}, rows));
}

}  // namespace

int run_plan(const PlanOptions& options) {
  return with_items(options.world, [&](World& world) {
    const auto range = parse_range(options, world.zone());
    if (!range) return wrong_usage(range.error());
    Schedule schedule(*world.playlist, *world.display);
    const std::vector<Slot> slots = schedule.plan(world.context, *range);
    const std::vector<ItemShare> shared =
        shares(*world.playlist, *world.display, world.context, *range, slots);
    if (options.world.json) {
      print_json(world, *range, slots, shared);
    } else {
      print_for_people(world, slots, shared);
    }
    return kDone;
  });
}

}  // namespace noseon
