// What plays when, held against a slow and obvious second implementation for random playlists,
// zones, contexts and times.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "playlist/rotation.h"
#include "playlist/schedule.h"
#include "tests/playlist/properties.h"
#include "tests/support/slow_schedule.h"

namespace noseon {
namespace {

using std::chrono::days;
using std::chrono::hours;

bool is_same(const Showing& a, const Showing& b) {
  if (a.slot != b.slot || a.segment != b.segment || a.role != b.role) return false;
  if (!a.loop || !b.loop) return a.loop == b.loop;
  return a.loop->turns == b.loop->turns && a.loop->length == b.loop->length;
}

TEST(PlanProperty, SlotsTouchWithoutGapOrOverlapAndCoverTheRange) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const std::vector<Slot> slots = plan(random, random.range);
    ASSERT_FALSE(slots.empty());
    EXPECT_EQ(slots.front().from, random.range.from);
    EXPECT_EQ(slots.back().until, random.range.until);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      ASSERT_LT(slots[i].from, slots[i].until);
      if (i > 0) {
        ASSERT_EQ(slots[i - 1].until, slots[i].from);
      }
    }
  });
}

TEST(PlanProperty, IsThePlanOfTheSpecification) {
  for_random_cases([](const RandomCase& random, Dice&) {
    expect_same_plan(plan(random, random.range), slow_plan(random, random.range));
  });
}

TEST(PlanProperty, ARangeIsCutOutOfALongerPlan) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const std::vector<Slot> whole = plan(random, whole_days(random.display, random.range));
    for (int i = 0; i < 4; ++i) {
      Span range{dice.in(random.range), dice.in(random.range)};
      if (range.until < range.from) std::swap(range.from, range.until);
      if (dice.one_in(2)) range.from = slot_at(whole, range.from).from;
      if (dice.one_in(2)) range.until = slot_at(whole, range.until).from;
      std::vector<Slot> expected;
      for (const Slot& slot : whole) {
        const Slot part = clipped(slot, range);
        if (part.from < part.until) expected.push_back(part);
      }
      expect_same_plan(plan(random, range), expected);
    }
  });
}

TEST(PlanProperty, NoItemIsShownForOneMillisecondOutsideItsRules) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const auto may_show = [&](const Slot& slot, Instant t) {
      if (slot.entry) return slow::is_eligible(random.playlist, *slot.entry, random.context, t);
      return slow::taking_turns(random.playlist, random.context, t).empty();
    };
    for (const Slot& slot : plan(random, random.range)) {
      // All that an edge has cut, and some of the others.
      const bool is_whole =
          slot.entry && slot.until - slot.from == random.playlist.entries[*slot.entry].length;
      if (is_whole && !dice.one_in(20)) continue;
      EXPECT_TRUE(may_show(slot, slot.from)) << text_of(slot);
      EXPECT_TRUE(may_show(slot, slot.until - Millis{1})) << text_of(slot);
      if (testing::Test::HasFailure()) return;
    }
  });
}

TEST(PlanProperty, ATurnIsWholeOrTouchesAnEdge) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const Span range = whole_days(random.display, random.range);
    std::vector<Instant> edges;
    for (const slow::Segment& segment :
         slow::segments(random.playlist, random.display, random.context, range)) {
      edges.push_back(segment.span.from);
      edges.push_back(segment.span.until);
    }
    const auto is_edge = [&](Instant t) {
      return std::binary_search(edges.begin(), edges.end(), t);
    };
    for (const Slot& slot : plan(random, range)) {
      if (!slot.entry) continue;
      const Millis length = random.playlist.entries[*slot.entry].length;
      EXPECT_TRUE(slot.until - slot.from == length || is_edge(slot.from) || is_edge(slot.until))
          << text_of(slot);
    }
  });
}

TEST(ShowingProperty, IsTheSlotOfThePlanAtAnyInstantAndAtTheEndsOfSlots) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const Span range = whole_days(random.display, random.range);
    const std::vector<Slot> slots = plan(random, range);
    Schedule schedule(random.playlist, random.display);
    const auto expect_planned = [&](Instant t) {
      if (!range.contains(t)) return;
      EXPECT_EQ(clipped(schedule.showing_at(random.context, t).slot, range), slot_at(slots, t))
          << "at " << to_rfc3339(t, std::chrono::seconds{0});
    };
    for (int i = 0; i < 60; ++i) {
      const Slot& slot = i < 20 ? slot_at(slots, dice.in(range)) : dice.pick(slots);
      expect_planned(slot.from);
      expect_planned(slot.until - Millis{1});
      expect_planned(slot.until);
      expect_planned(dice.in(Span{slot.from, slot.until}));
    }
  });
}

TEST(ShowingProperty, IsTheAnswerOfTheSpecificationInEveryPart) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const std::vector<Instant> edges =
        slow::possible_edges(random.playlist, random.context, random.range);
    for (int i = 0; i < 4; ++i) {
      Instant t = dice.in(random.range);
      if (!edges.empty() && i > 0) t = dice.pick(edges) + Millis{dice.between(-3, 3) / 2};
      expect_same_showing(random, showing_at(random.playlist, random.display, random.context, t),
                          t);
    }
  });
}

TEST(ShowingProperty, TheFallbackCardIsOneSlotForTheWholeStretch) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const Instant t = dice.in(random.range);
    const Slot slot = showing_at(random.playlist, random.display, random.context, t).slot;
    if (slot.entry) return;
    const Span around{t - days{3}, t + days{3}};
    EXPECT_EQ(clipped(slot, around), slot_at(slow_plan(random, around), t));
  });
}

TEST(ScheduleProperty, RemembersNothingThatChangesAnAnswer) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    Schedule used(random.playlist, random.display);
    Context context = random.context;
    for (int i = 0; i < 12; ++i) {
      if (dice.one_in(4)) context = random_context(dice, random.playlist, random.moment);
      if (dice.one_in(8)) context = random.context;
      const Instant t = dice.one_in(10) ? random.moment + hours{dice.between(-20'000, 20'000)}
                                        : dice.in(random.range);
      const Showing fresh = showing_at(random.playlist, random.display, context, t);
      const Showing again = used.showing_at(context, t);
      EXPECT_TRUE(is_same(again, fresh))
          << "at " << to_rfc3339(t, std::chrono::seconds{0}) << " fresh " << text_of(fresh.slot)
          << " reused " << text_of(again.slot);
      const Span range{t, t + std::chrono::minutes{dice.between(1, 30)}};
      expect_same_plan(used.plan(context, range),
                       noseon::plan(random.playlist, random.display, context, range));
      if (i % 6 == 5) {
        Schedule unused(random.playlist, random.display);
        EXPECT_EQ(used.next_edge(context, t), unused.next_edge(context, t));
      }
      if (testing::Test::HasFailure()) return;
    }
  });
}

/// Every instant of the range at which the items that take turns change: found by asking for E on
/// both sides of each that might be one.
std::vector<Instant> changes_of_items(const RandomCase& random) {
  std::vector<Instant> changes;
  for (const Instant edge : slow::possible_edges(random.playlist, random.context, random.range)) {
    if (slow::taking_turns(random.playlist, random.context, edge - Millis{1}) !=
        slow::taking_turns(random.playlist, random.context, edge)) {
      changes.push_back(edge);
    }
  }
  return changes;
}

TEST(ScheduleProperty, NextAndPreviousEdgeAreWhereTheItemsThatTakeTurnsChange) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const std::vector<Instant> changes = changes_of_items(random);
    Context context = random.context;
    context.move_to(random.range.from - days{7305});  // out of sight
    Schedule schedule(random.playlist, random.display);
    const int looks = changes.empty() ? 1 : 12;
    for (int i = 0; i < looks; ++i) {
      Instant now = dice.in(random.range);
      if (dice.one_in(2) && !changes.empty())
        now = dice.pick(changes) + Millis{dice.between(-1, 1)};
      SCOPED_TRACE("from " + to_rfc3339(now, std::chrono::seconds{0}));
      // That there is no edge is found out at the end of ten years: once a case is enough.
      const bool may_look_far = i == 0;
      const auto next = std::upper_bound(changes.begin(), changes.end(), now);
      if (next != changes.end()) {
        EXPECT_EQ(schedule.next_edge(context, now), *next);
      } else if (may_look_far && now < random.range.until) {
        EXPECT_GE(schedule.next_edge(context, now).value_or(kEndOfTime), random.range.until);
      }
      const auto previous = std::lower_bound(changes.begin(), changes.end(), now);
      if (previous != changes.begin()) {
        EXPECT_EQ(schedule.previous_edge(context, now), *std::prev(previous));
      } else if (may_look_far && now > random.range.from) {
        EXPECT_LE(schedule.previous_edge(context, now).value_or(kBeginningOfTime),
                  random.range.from);
      }
      if (testing::Test::HasFailure()) return;
    }
  });
}

TEST(ScheduleProperty, TheChangeOfTheContextIsAnEdgeToo) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const Instant since = random.context.since;
    const std::vector<Instant> changes = changes_of_items(random);
    if (changes.empty() || !random.range.contains(since)) return;
    Schedule schedule(random.playlist, random.display);
    if (since <= changes.back()) {
      EXPECT_EQ(schedule.next_edge(random.context, since - Millis{1}), since);
    }
    if (since >= changes.front()) {
      EXPECT_EQ(schedule.previous_edge(random.context, since + Millis{1}), since);
    }
  });
}

}  // namespace
}  // namespace noseon
