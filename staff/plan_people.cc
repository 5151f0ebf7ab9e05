#include <fmt/format.h>

#include "base/say.h"
#include "playlist/rotation.h"
#include "playlist/segments.h"
#include "playlist/words.h"
#include "staff/names.h"
#include "staff/plan_output.h"
#include "staff/range.h"
#include "staff/table.h"

namespace noseon {
namespace {

// "7 items take turns, loop 1 min 12 s: spring/a 3 turns, b 1, c 1"
std::string turns_in_words(const Playlist& playlist, const std::vector<EntryIndex>& items) {
  if (items.empty()) return say("nothing is eligible: the fallback card stands");
  if (items.size() == 1) return say("{} alone", name_of(playlist, items.front()));
  const Loop loop = lay_loop(playlist, items);
  NameList names;
  for (const EntryIndex item : items) {
    const auto turns = loop.turns_of(item);
    const std::string& name = playlist.item_of(item).id.str();
    const std::string counted = !names.is_empty() ? fmt::format("{} {}", name, turns)
                                : turns == 1      ? say("{} 1 turn", name)
                                                  : say("{} {} turns", name, turns);
    names.add(playlist.campaign_of(item).id.str(), counted);
  }
  return say("{} items take turns, loop {}: {}", items.size(), in_words(loop.length), names.text());
}

// The stretches over which the same items take turns, joined across midnights.
void print_stretches(const World& world, Span range) {
  Segment stretch{{range.from, range.from}, {}};
  const auto print = [&] {
    if (stretch.span.from == stretch.span.until) return;
    fmt::print("{}: {}\n", span_text(stretch.span, world.zone()),
               turns_in_words(*world.playlist, stretch.items));
  };
  for_each_segment(*world.playlist, world.zone(), world.context, range,
                   [&](const Segment& segment) {
                     if (segment.items != stretch.items) {
                       print();
                       stretch = segment;
                     }
                     stretch.span.until = segment.span.until;
                   });
  print();
}

void print_slots(const World& world, const std::vector<Slot>& slots) {
  print_table({say("from"), say("for"), say("item")}, {Side::left, Side::right, Side::left},
              slots.size(), [&](std::size_t row) -> std::vector<std::string> {
                const Slot& slot = slots[row];
                return {to_string(world.zone().civil_at(slot.from)),
                        in_words(slot.until - slot.from), name_of(*world.playlist, slot.entry)};
              });
}

void print_shares(const World& world, const std::vector<ItemShare>& shares) {
  std::vector<std::vector<std::string>> rows;
  for (const ItemShare& share : shares) {
    rows.push_back({name_of(*world.playlist, share.entry),
                    fmt::format("{:.2f} %", share.asked * 100),
                    fmt::format("{:.2f} %", share.share * 100), std::to_string(share.plays),
                    in_words(share.shown)});
  }
  fmt::print("{}",
             format_table({say("share of voice"), say("turns asked"), say("time delivered"),
                           say("plays"), say("time shown")},
                          {Side::left, Side::right, Side::right, Side::right, Side::right}, rows));
}

}  // namespace

void print_plan_for_people(const World& world, const Plan& plan, Slots slots) {
  const bool is_listed = slots == Slots::all || plan.slots.size() <= kSlotsListedMax;
  const std::string range = range_in_words(plan.range, world.zone());
  fmt::print("{}\n\n", is_listed
                           ? plan.slots.size() == 1 ? say("{}: 1 slot", range)
                                                    : say("{}: {} slots", range, plan.slots.size())
                           : say("{}: {} slots (--slots lists them)", range, plan.slots.size()));
  if (is_listed) {
    print_slots(world, plan.slots);
  } else {
    print_stretches(world, plan.range);
  }
  fmt::print("\n");
  print_shares(world, plan.shares);
}

}  // namespace noseon
