#include <algorithm>

#include "base/say.h"
#include "playlist/schedule.h"
#include "staff/commands.h"
#include "staff/plan_output.h"
#include "staff/plan_picture.h"
#include "staff/progress.h"
#include "staff/range.h"

namespace noseon {
namespace {

// A stretch of the fallback card goes on across midnights.
void append(std::vector<Slot>& slots, const std::vector<Slot>& more) {
  auto first = more.begin();
  if (!slots.empty() && first != more.end() && !slots.back().entry && !first->entry) {
    slots.back().until = first->until;
    ++first;
  }
  slots.insert(slots.end(), first, more.end());
}

// Day by day, so that a person sees that it goes on.
std::vector<Slot> plan_slots(const World& world, Span range) {
  const Zone& zone = world.zone();
  Schedule schedule(*world.playlist, *world.display);
  std::vector<Slot> slots;
  Progress progress(say("days planned"), days_touched(range, zone));
  for (Instant at = range.from; at < range.until; progress.step()) {
    const Instant midnight = zone.start_of(zone.day_of(at) + std::chrono::days{1});
    const Instant until = std::min(midnight, range.until);
    append(slots, schedule.plan(world.context, {at, until}));
    at = until;
  }
  return slots;
}

int print(const World& world, const Plan& plan, const PlanOptions& options) {
  if (options.world.json) {
    print_plan_json(world, plan);
  } else if (options.csv) {
    options.shares ? print_shares_csv(world, plan) : print_slots_csv(world, plan);
  } else {
    print_plan_for_people(world, plan, options.slots ? Slots::all : Slots::grouped_if_many);
  }
  return kDone;
}

}  // namespace

int run_plan(const PlanOptions& options) {
  return with_items(options.world, [&](World& world) {
    const auto range = parse_range(options.from, options.until, world.zone());
    if (!range) return wrong_usage(range.error());
    if (const auto put = doubt_clock(world, options.world, range->from); !put)
      return wrong_usage(put.error());
    Plan plan{*range, plan_slots(world, *range), {}};
    plan.shares = shares(*world.playlist, *world.display, world.context, *range, plan.slots);
    const bool is_picture = !options.png.empty() || !options.svg.empty();
    return is_picture ? draw_plan(world, plan, options) : print(world, plan, options);
  });
}

}  // namespace noseon
