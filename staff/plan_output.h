// A plan as it is printed: for people, for machines, for spreadsheets. All of it to stdout, row by
// row, since a plan may have millions of slots.
#pragma once

#include <vector>

#include "playlist/schedule.h"
#include "staff/world.h"

namespace noseon {

struct Plan {
  Span range;
  std::vector<Slot> slots;        ///< in order, touching
  std::vector<ItemShare> shares;  ///< one for each entry
};

/// One object: staff/README.md.
void print_plan_json(const World& world, const Plan& plan);

/// A record a slot. The fallback card has empty campaign, item and role.
void print_slots_csv(const World& world, const Plan& plan);
/// A record an item.
void print_shares_csv(const World& world, const Plan& plan);

/// More slots than this are grouped by the stretch in which the same items take turns.
inline constexpr std::size_t kSlotsListedMax = 200;

enum class Slots { grouped_if_many, all };
void print_plan_for_people(const World& world, const Plan& plan, Slots slots);

}  // namespace noseon
