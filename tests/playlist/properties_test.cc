// What plays when, held against a slow and obvious second implementation for random playlists,
// zones, contexts and times. 300 cases; NOSEON_LONG=1 tries 20,000; NOSEON_SEED=n repeats one.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <numeric>

#include "playlist/assignment.h"
#include "playlist/rotation.h"
#include "playlist/schedule.h"
#include "tests/support/random_playlist.h"
#include "tests/support/slow_schedule.h"

namespace noseon {

std::string text_of(const Slot& slot) {
  const std::string entry = slot.entry ? std::to_string(*slot.entry) : "fallback";
  return fmt::format("[{}] {} .. {}", entry, to_rfc3339(slot.from, std::chrono::seconds{0}),
                     to_rfc3339(slot.until, std::chrono::seconds{0}));
}
void PrintTo(const Slot& slot, std::ostream* out) {
  *out << text_of(slot);
}
void PrintTo(const Span& span, std::ostream* out) {
  *out << to_rfc3339(span.from, std::chrono::seconds{0}) << " .. "
       << to_rfc3339(span.until, std::chrono::seconds{0});
}

namespace {

using std::chrono::days;
using std::chrono::hours;

bool is_long_run() {
  return std::getenv("NOSEON_LONG") != nullptr;
}

/// Runs a property on every case, up to the first that fails.
void for_random_cases(const std::function<void(const RandomCase&, Dice&)>& property) {
  std::uint64_t first = 1;
  std::uint64_t last = is_long_run() ? 20'000 : 300;
  if (const char* seed = std::getenv("NOSEON_SEED"))
    first = last = std::strtoull(seed, nullptr, 10);
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const RandomCase random = random_case(seed);
    SCOPED_TRACE(describe(random));
    Dice dice{~seed};
    property(random, dice);
    if (testing::Test::HasFailure()) return;
  }
}

std::vector<Slot> plan(const RandomCase& random, Span range) {
  return noseon::plan(random.playlist, random.display, random.context, range);
}

std::vector<Slot> slow_plan(const RandomCase& random, Span range) {
  return slow::plan(random.playlist, random.display, random.context, range);
}

/// Whole civil days of the display, so that only the fallback card is clipped by them.
Span whole_days(const Display& display, Span range) {
  const Zone& zone = *display.zone;
  const Day last = slow::day_of(zone, range.until);
  return {slow::instant_of(zone, Civil{slow::day_of(zone, range.from)}),
          slow::instant_of(zone, Civil{last + days{1}})};
}

Slot clipped(Slot slot, Span range) {
  return {slot.entry, std::max(slot.from, range.from), std::min(slot.until, range.until)};
}

/// The slot of a plan that contains `t`.
const Slot& slot_at(const std::vector<Slot>& slots, Instant t) {
  const auto after = std::upper_bound(slots.begin(), slots.end(), t,
                                      [](Instant at, const Slot& slot) { return at < slot.from; });
  return *std::prev(after);
}

/// Both plans in words from where they part.
void expect_same_plan(const std::vector<Slot>& actual, const std::vector<Slot>& expected) {
  if (actual == expected) return;
  std::size_t k = 0;
  while (k < std::min(actual.size(), expected.size()) && actual[k] == expected[k]) ++k;
  std::string text;
  for (std::size_t i = k > 2 ? k - 2 : 0; i < k + 4; ++i) {
    text += fmt::format("  plan {}, by the specification {}\n",
                        i < actual.size() ? text_of(actual[i]) : "ended",
                        i < expected.size() ? text_of(expected[i]) : "ended");
  }
  ADD_FAILURE() << "the plans part at slot " << k << ":\n" << text;
}

/// The whole answer; a stretch of the fallback card is compared within one civil day.
void expect_same_showing(const RandomCase& random, const Showing& actual, Instant t) {
  SCOPED_TRACE("at " + to_rfc3339(t, std::chrono::seconds{0}));
  const slow::Shown expected = slow::showing_at(random.playlist, random.display, random.context, t);
  if (!expected.slot.entry) {
    EXPECT_EQ(clipped(actual.slot, expected.segment.span), expected.slot);
    EXPECT_EQ(actual.loop, nullptr);
    return;
  }
  EXPECT_EQ(actual.slot, expected.slot);
  EXPECT_EQ(actual.segment, expected.segment.span);
  EXPECT_EQ(actual.role, random.playlist.entries[*expected.slot.entry].role);
  ASSERT_NE(actual.loop, nullptr);
  EXPECT_EQ(actual.loop->items, expected.segment.entries);
  EXPECT_EQ(actual.loop->turns, expected.turns);
  EXPECT_EQ(actual.loop->length, expected.loop_length);
}

bool is_same(const Showing& a, const Showing& b) {
  if (a.slot != b.slot || a.segment != b.segment || a.role != b.role) return false;
  if (!a.loop || !b.loop) return a.loop == b.loop;
  return a.loop->turns == b.loop->turns && a.loop->length == b.loop->length;
}

// ---------------------------------------------------------------------------------------------

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
    const std::vector<Instant> edges = slow::possible_edges(random.playlist, random.range);
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
      if (testing::Test::HasFailure()) return;
    }
  });
}

/// Every instant of the range at which the items that take turns change: found by asking for E on
/// both sides of each that might be one.
std::vector<Instant> changes_of_items(const RandomCase& random) {
  std::vector<Instant> changes;
  for (const Instant edge : slow::possible_edges(random.playlist, random.range)) {
    if (slow::taking_turns(random.playlist, random.context, edge - Millis{1}) !=
        slow::taking_turns(random.playlist, random.context, edge)) {
      changes.push_back(edge);
    }
  }
  return changes;
}

// Edges are asked for only where the range has one: to find out that there is none takes ten years.

TEST(ScheduleProperty, NextAndPreviousEdgeAreWhereTheItemsThatTakeTurnsChange) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const std::vector<Instant> changes = changes_of_items(random);
    Context context = random.context;
    context.since = kBeginningOfTime;
    Schedule schedule(random.playlist, random.display);
    for (int i = 0; i < 12 && !changes.empty(); ++i) {
      Instant now = dice.in(random.range);
      if (dice.one_in(2)) now = dice.pick(changes) + Millis{dice.between(-1, 1)};
      SCOPED_TRACE("from " + to_rfc3339(now, std::chrono::seconds{0}));
      const auto next = std::upper_bound(changes.begin(), changes.end(), now);
      if (next != changes.end()) {
        EXPECT_EQ(schedule.next_edge(context, now), *next);
      }
      const auto previous = std::lower_bound(changes.begin(), changes.end(), now);
      if (previous != changes.begin()) {
        EXPECT_EQ(schedule.previous_edge(context, now), *std::prev(previous));
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

// ---------------------------------------------------------------------------------------------

std::vector<std::int64_t> random_weights(Dice& dice) {
  std::vector<std::int64_t> weights;
  const std::int64_t items = dice.one_in(50) ? dice.between(20, 60) : dice.between(1, 12);
  const std::int64_t largest = dice.one_in(20) ? 1000 : dice.between(1, 40);
  for (std::int64_t i = 0; i < items; ++i) weights.push_back(dice.between(1, largest));
  std::int64_t gcd = 0;
  for (const std::int64_t weight : weights) gcd = std::gcd(gcd, weight);
  for (std::int64_t& weight : weights) weight /= gcd;
  return weights;
}

TEST(AssignmentProperty, IsTijdemansRuleAndKeepsItsBounds) {
  const std::uint64_t sets = is_long_run() ? 100'000 : 10'000;
  for (std::uint64_t seed = 1; seed <= sets; ++seed) {
    Dice dice{seed};
    const std::vector<std::int64_t> weights = random_weights(dice);
    const std::int64_t slots = std::accumulate(weights.begin(), weights.end(), std::int64_t{0});
    SCOPED_TRACE(fmt::format("seed {}, {} items, {} slots", seed, weights.size(), slots));
    const std::vector<std::uint32_t> turns = assign_turns(weights);
    ASSERT_EQ(turns, slow::assign_turns(weights));
    ASSERT_EQ(turns.size(), static_cast<std::size_t>(slots));
    // Each item's turns given less turns due, times W.
    std::vector<std::int64_t> ahead(weights.size(), 0);
    std::vector<std::int64_t> least(weights.size(), 0);
    std::vector<std::int64_t> most(weights.size(), 0);
    for (const std::uint32_t turn : turns) {
      ahead.at(turn) += slots;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        ahead[i] -= weights[i];
        least[i] = std::min(least[i], ahead[i]);
        most[i] = std::max(most[i], ahead[i]);
      }
    }
    for (std::size_t i = 0; i < weights.size(); ++i) {
      ASSERT_EQ(ahead[i], 0) << "exactly its share of the loop";
      ASSERT_LE(-least[i], slots) << "within one turn of its due";
      ASSERT_LE(most[i], slots) << "within one turn of its due";
      ASSERT_LE(most[i] - least[i], 2 * slots) << "over any stretch within two";
    }
  }
}

/// `count` items that always show, of 2 s each.
Playlist playlist_of_weights(const std::vector<int>& weights) {
  Campaign campaign;
  campaign.id = CampaignId{"crowd"};
  campaign.zone = std::make_shared<const Zone>(Zone::utc());
  Playlist playlist;
  for (const int weight : weights) {
    const auto index = static_cast<std::uint32_t>(campaign.items.size());
    Item item;
    item.id = ItemId{fmt::format("item-{}", index)};
    item.text = {{"en", "text"}};
    item.weight = weight;
    item.seconds = std::chrono::seconds{2};
    campaign.items.push_back(item);
    playlist.entries.push_back({0, index, *item.seconds, item.role, weight, true});
  }
  playlist.campaigns.push_back(campaign);
  return playlist;
}

TEST(AssignmentProperty, WeightsAreHalvedWhileALoopWouldPassAHundredThousandSlots) {
  // One slot under the limit, at it, over it, and far over it.
  std::vector<std::vector<int>> crowds(5, std::vector<int>(200, 500));
  crowds[0][0] = 499;                      // 99,999 slots
  crowds[1][0] = 499, crowds[1][1] = 501;  // 100,000
  crowds[2][0] = 501;                      // 100,001
  crowds[3] = std::vector<int>(450, 999);  // 1,000s among 999s: 449,999
  for (std::size_t i = 0; i < 450; i += 3) crowds[3][i] = 1000;
  crowds[4] = std::vector<int>(310, 3 * 333);  // shares 3 until halved
  crowds[4][0] = 3 * 332;
  for (const std::vector<int>& weights : crowds) {
    RandomCase random;
    random.playlist = playlist_of_weights(weights);
    random.display.zone = random.playlist.campaigns[0].zone;
    const Instant t = std::chrono::sys_days{std::chrono::year{2027} / 2 / 25} + hours{13};
    const Showing showing = showing_at(random.playlist, random.display, random.context, t);
    ASSERT_NE(showing.loop, nullptr);
    EXPECT_LE(showing.loop->turns.size(), 100'000U);
    expect_same_showing(random, showing, t);
    const Span range{t, t + std::chrono::minutes{20}};
    expect_same_plan(plan(random, range), slow_plan(random, range));
  }
}

// ---------------------------------------------------------------------------------------------

TEST(ShareProperty, PlaysAndTimeAddUpToTheRange) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const std::vector<Slot> slots = plan(random, random.range);
    const std::vector<ItemShare> rows =
        shares(random.playlist, random.display, random.context, random.range, slots);
    ASSERT_EQ(rows.size(), random.playlist.entries.size());
    const Millis range = random.range.until - random.range.from;
    Millis covered{0};
    std::int64_t plays = 0;
    for (const Slot& slot : slots) {
      if (slot.entry) continue;
      covered += slot.until - slot.from;
      ++plays;
    }
    for (EntryIndex i = 0; i < rows.size(); ++i) {
      EXPECT_EQ(rows[i].entry, i);
      EXPECT_EQ(rows[i].plays, std::count_if(slots.begin(), slots.end(),
                                             [&](const Slot& slot) { return slot.entry == i; }));
      EXPECT_NEAR(rows[i].share,
                  static_cast<double>(rows[i].shown.count()) / static_cast<double>(range.count()),
                  1e-9);
      covered += rows[i].shown;
      plays += rows[i].plays;
    }
    EXPECT_EQ(covered, range);
    EXPECT_EQ(plays, static_cast<std::int64_t>(slots.size()));
  });
}

TEST(ShareProperty, AskedIsTheWeightsPartOfItsTierAveragedOverTheRange) {
  for_random_cases([](const RandomCase& random, Dice&) {
    std::vector<double> asked(random.playlist.entries.size(), 0);
    const auto range = static_cast<double>((random.range.until - random.range.from).count());
    for (const slow::Segment& segment :
         slow::segments(random.playlist, random.display, random.context, random.range)) {
      const Instant from = std::max(segment.span.from, random.range.from);
      const Instant until = std::min(segment.span.until, random.range.until);
      if (from >= until) continue;
      double weights = 0;
      for (const EntryIndex entry : segment.entries)
        weights += random.playlist.entries[entry].weight;
      for (const EntryIndex entry : segment.entries) {
        asked[entry] += random.playlist.entries[entry].weight / weights *
                        static_cast<double>((until - from).count()) / range;
      }
    }
    const std::vector<ItemShare> rows = shares(random.playlist, random.display, random.context,
                                               random.range, plan(random, random.range));
    for (EntryIndex i = 0; i < rows.size(); ++i) EXPECT_NEAR(rows[i].asked, asked[i], 1e-9) << i;
  });
}

/// The whole turns of a segment, slivers and clipped turns at its ends left out.
std::vector<EntryIndex> whole_turns(const std::vector<Slot>& slots, Span segment) {
  std::vector<EntryIndex> turns;
  for (const Slot& slot : slots) {
    if (slot.from > segment.from && slot.until < segment.until) turns.push_back(*slot.entry);
  }
  return turns;
}

TEST(ShareProperty, OverAnyStretchOfASegmentAnItemIsWithinTwoTurnsOfItsDue) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const Span range = whole_days(random.display, random.range);
    const std::vector<Slot> slots = plan(random, range);
    for (const slow::Segment& segment :
         slow::segments(random.playlist, random.display, random.context, range)) {
      std::int64_t sum = 0;
      for (const EntryIndex entry : segment.entries) sum += random.playlist.entries[entry].weight;
      std::map<EntryIndex, std::array<std::int64_t, 3>> ahead;  // now, least, most; times sum
      for (const EntryIndex turn : whole_turns(slots, segment.span)) {
        for (const EntryIndex entry : segment.entries) {
          auto& [now, least, most] = ahead[entry];
          now += (entry == turn ? sum : 0) - random.playlist.entries[entry].weight;
          least = std::min(least, now);
          most = std::max(most, now);
          ASSERT_LE(most - least, 2 * sum) << "entry " << entry;
        }
      }
    }
  });
}

TEST(ShareProperty, OverAWholeLoopAnItemHasExactlyItsTurns) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const Span range = whole_days(random.display, random.range);
    const std::vector<Slot> slots = plan(random, range);
    Schedule schedule(random.playlist, random.display);
    for (const slow::Segment& segment :
         slow::segments(random.playlist, random.display, random.context, range)) {
      if (segment.entries.empty()) continue;
      const Showing showing = schedule.showing_at(random.context, segment.span.from);
      const auto loop = std::ssize(showing.loop->turns);
      const std::vector<EntryIndex> turns = whole_turns(slots, segment.span);
      if (std::ssize(turns) < loop) continue;
      std::int64_t sum = 0;
      for (const EntryIndex entry : segment.entries) sum += random.playlist.entries[entry].weight;
      for (const EntryIndex entry : segment.entries) {
        EXPECT_EQ(std::count(turns.begin(), turns.begin() + loop, entry) * sum,
                  random.playlist.entries[entry].weight * loop);
      }
    }
  });
}

}  // namespace
}  // namespace noseon
