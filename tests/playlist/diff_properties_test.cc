// An instant is in a stretch of the difference exactly if something else takes turns at it.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "playlist/diff.h"
#include "playlist/segments.h"
#include "tests/playlist/properties.h"

namespace noseon {
namespace {

using std::chrono::days;
using std::chrono::hours;

const std::vector<std::string> kNoPictures;

// What an editor may do to one item.
void mutate(Dice& dice, Playlist& playlist) {
  const auto last = static_cast<std::int64_t>(playlist.entries.size()) - 1;
  Entry& entry = playlist.entries[static_cast<std::size_t>(dice.between(0, last))];
  Item& item = playlist.campaigns[entry.campaign].items[entry.item];
  switch (dice.between(0, 5)) {
    case 0:
      item.hours = Hours{hours{dice.between(0, 23)}, hours{24}};
      break;
    case 1:
      item.hours.reset();
      break;
    case 2:
      item.days = DayPattern{{true, false, true, false, true, false, true}};
      break;
    case 3:
      entry.weight = item.weight = static_cast<int>(dice.between(1, 5));
      break;
    case 4:
      item.dayparts.clear();
      break;
    default:
      playlist.entries.erase(playlist.entries.begin() + dice.between(0, last));
  }
}

Playlist mutated(Dice& dice, const Playlist& playlist) {
  Playlist other = playlist;
  for (auto count = dice.between(1, 3); count > 0 && other.entries.size() > 1; --count)
    mutate(dice, other);
  return other;
}

// Who takes turns at `t`, each with its weight, which is what mutate() changes of an item itself.
std::map<ItemKey, int> playing(const Playlist& playlist, const Context& context, Instant t) {
  std::map<ItemKey, int> items;
  for (const EntryIndex entry : eligible_at(playlist, context, t))
    items[key_of(playlist, entry)] = playlist.entries[entry].weight;
  return items;
}

bool is_reported(const PlaylistDiff& diff, Instant t) {
  return std::any_of(diff.stretches.begin(), diff.stretches.end(),
                     [&](const DiffStretch& stretch) { return stretch.span.contains(t); });
}

TEST(DiffProperty, APlaylistDoesNotDifferFromItself) {
  for_random_cases([](const RandomCase& random, Dice&) {
    const DiffSide side{random.playlist, random.context, kNoPictures};
    const PlaylistDiff same = diff(side, side, random.display, random.range);
    EXPECT_TRUE(same.stretches.empty());
    EXPECT_TRUE(same.shares.empty());
  });
}

TEST(DiffProperty, AnInstantIsReportedExactlyIfOtherItemsTakeTurns) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const Playlist edited = mutated(dice, random.playlist);
    const PlaylistDiff found =
        diff({random.playlist, random.context, kNoPictures}, {edited, random.context, kNoPictures},
             random.display, random.range);
    std::vector<Instant> instants{random.range.from, random.range.until - Millis{1}};
    for (int i = 0; i < 20; ++i) instants.push_back(dice.in(random.range));
    for (const DiffStretch& stretch : found.stretches) {
      for (const Instant edge : {stretch.span.from, stretch.span.until}) {
        instants.push_back(edge);
        instants.push_back(edge - Millis{1});
      }
    }
    for (const Instant t : instants) {
      if (!random.range.contains(t)) continue;
      const bool differs =
          playing(random.playlist, random.context, t) != playing(edited, random.context, t);
      EXPECT_EQ(is_reported(found, t), differs) << to_rfc3339(t, std::chrono::seconds{0});
      if (testing::Test::HasFailure()) return;
    }
  });
}

TEST(DiffProperty, TheOtherWayRoundGainsWhatWasLost) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const Playlist edited = mutated(dice, random.playlist);
    const DiffSide before{random.playlist, random.context, kNoPictures};
    const DiffSide after{edited, random.context, kNoPictures};
    const PlaylistDiff there = diff(before, after, random.display, random.range);
    PlaylistDiff back = diff(after, before, random.display, random.range);
    for (DiffStretch& stretch : back.stretches)
      std::swap(stretch.difference.gained, stretch.difference.lost);
    EXPECT_EQ(there.stretches, back.stretches);
  });
}

TEST(DiffProperty, StretchesAscendInsideTheRangeAndThoseThatTouchDiffer) {
  for_random_cases([](const RandomCase& random, Dice& dice) {
    const Playlist edited = mutated(dice, random.playlist);
    const PlaylistDiff found =
        diff({random.playlist, random.context, kNoPictures}, {edited, random.context, kNoPictures},
             random.display, random.range);
    Instant reached = random.range.from;
    const Difference* last = nullptr;
    for (const DiffStretch& stretch : found.stretches) {
      ASSERT_GE(stretch.span.from, reached);
      ASSERT_LT(stretch.span.from, stretch.span.until);
      if (last != nullptr && stretch.span.from == reached) {
        ASSERT_NE(*last, stretch.difference);
      }
      reached = stretch.span.until;
      last = &stretch.difference;
    }
    EXPECT_LE(reached, random.range.until);
  });
}

}  // namespace
}  // namespace noseon
