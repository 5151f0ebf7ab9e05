// Turns and shares of voice on random weights and playlists: Tijdeman's bounds, and what follows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "playlist/assignment.h"
#include "playlist/rotation.h"
#include "playlist/schedule.h"
#include "tests/playlist/properties.h"
#include "tests/support/slow_schedule.h"

namespace noseon {
namespace {

using std::chrono::hours;

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
