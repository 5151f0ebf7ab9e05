#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "staff/csv.h"
#include "staff/json_text.h"
#include "staff/plan_output.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

struct Named {
  std::string campaign, item, role;  ///< all empty for the fallback card
};

Named named(const Playlist& playlist, std::optional<EntryIndex> entry) {
  if (!entry) return {};
  return {playlist.campaign_of(*entry).id.str(), playlist.item_of(*entry).id.str(),
          std::string(to_string(playlist.entries[*entry].role))};
}

}  // namespace

// Slot by slot: a long plan as one JSON tree would take many times its size in memory.
void print_plan_json(const World& world, const Plan& plan) {
  const Zone& zone = world.zone();
  fmt::print("{{\"from\":\"{}\",\"until\":\"{}\",\"slots\":[", instant_text(plan.range.from, zone),
             instant_text(plan.range.until, zone));
  const char* separator = "";
  for (const Slot& slot : plan.slots) {
    ordered_json json = {{"from", instant_text(slot.from, zone)},
                         {"until", instant_text(slot.until, zone)}};
    json.update(name_json(*world.playlist, slot.entry));
    fmt::print("{}{}", separator, to_text(json));
    separator = ",";
  }
  fmt::print("],\"share\":[");
  separator = "";
  for (const ItemShare& share : plan.shares) {
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

void print_slots_csv(const World& world, const Plan& plan) {
  const Zone& zone = world.zone();
  fmt::print("{}", csv_record({"from", "until", "seconds", "campaign", "item", "role"}));
  for (const Slot& slot : plan.slots) {
    const Named name = named(*world.playlist, slot.entry);
    fmt::print("{}", csv_record({instant_text(slot.from, zone), instant_text(slot.until, zone),
                                 csv_seconds(slot.until - slot.from), name.campaign, name.item,
                                 name.role}));
  }
}

void print_shares_csv(const World& world, const Plan& plan) {
  fmt::print("{}", csv_record({"campaign", "item", "role", "asked", "delivered", "plays", "ms",
                               "seconds"}));
  for (const ItemShare& share : plan.shares) {
    const Named name = named(*world.playlist, share.entry);
    fmt::print("{}",
               csv_record({name.campaign, name.item, name.role, fmt::format("{:.6f}", share.asked),
                           fmt::format("{:.6f}", share.share), std::to_string(share.plays),
                           std::to_string(share.shown.count()), csv_seconds(share.shown)}));
  }
}

}  // namespace noseon
