#include "playlist/rotation.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using std::chrono::seconds;

Day day(const std::string& text) {
  return parse_day(text).value();
}

// Items by the lengths of their turns; every weight is 1 unless given.
std::shared_ptr<const Loop> loop_of(const std::vector<int>& lengths_s,
                                    const std::vector<int>& weights = {}) {
  Playlist playlist;
  std::vector<EntryIndex> items;
  for (std::size_t i = 0; i < lengths_s.size(); ++i) {
    Entry entry;
    entry.length = seconds{lengths_s[i]};
    entry.weight = weights.empty() ? 1 : weights[i];
    playlist.entries.push_back(entry);
    items.push_back(static_cast<EntryIndex>(i));
  }
  return std::make_shared<const Loop>(lay_loop(playlist, items));
}

// A rotation whose phase is zero at the day's start: day 0 has the offset 0.
constexpr Day kDayZero{};
constexpr Instant kStart{};

std::string slots(const std::shared_ptr<const Loop>& loop, double from_s, double until_s) {
  const auto at = [](double s) { return kStart + Millis{static_cast<std::int64_t>(s * 1000)}; };
  const Rotation rotation(loop, {at(from_s), at(until_s)}, kDayZero, kStart);
  std::string text;
  Instant expected = at(from_s);
  for (std::int64_t turn = rotation.first(); turn <= rotation.last(); ++turn) {
    const Span slot = rotation.slot_of(turn);
    EXPECT_EQ(slot.from, expected);
    EXPECT_EQ(rotation.turn_at(slot.from), turn);
    EXPECT_EQ(rotation.turn_at(slot.until - Millis{1}), turn);
    expected = slot.until;
    text += static_cast<char>('a' + rotation.entry_of(turn));
    text += std::to_string((slot.until - slot.from).count()) + " ";
  }
  EXPECT_EQ(expected, at(until_s));
  return text;
}

TEST(Phase, IsTheGoldenRatioTimesTheDayOfTheLoop) {
  EXPECT_EQ(phase_offset(kDayZero, seconds{1000}), Millis{0});
  // 11400714819323198485 / 2^64 = 0.6180339887...
  EXPECT_EQ(phase_offset(day("1970-01-02"), seconds{1000}), Millis{618'033});
  EXPECT_EQ(phase_offset(day("1970-01-03"), seconds{1000}), Millis{236'067});
  EXPECT_EQ(phase_offset(day("1969-12-31"), seconds{1000}), Millis{381'966});
}

TEST(Phase, StaysBelowTheLoopsLength) {
  for (int d = -40'000; d < 40'000; d += 7) {
    const Millis offset = phase_offset(Day{std::chrono::days{d}}, Millis{1001});
    EXPECT_GE(offset, Millis{0});
    EXPECT_LT(offset, Millis{1001});
  }
}

TEST(Rotation, GoesRoundTheLoop) {
  EXPECT_EQ(slots(loop_of({10, 20}), 0, 60), "a10000 b20000 a10000 b20000 ");
}

TEST(Rotation, CountsFromTheStartOfTheDayNotOfTheSegment) {
  EXPECT_EQ(slots(loop_of({10, 20}), 30, 60), "a10000 b20000 ");
  EXPECT_EQ(slots(loop_of({10, 20}), 45, 65), "b15000 a5000 ");
}

TEST(Rotation, StartsWhereTheDaysOffsetPutsIt) {
  const auto loop = loop_of({10, 20});
  const Day second = day("1970-01-02");
  const Instant start = kStart + std::chrono::hours{24};
  // floor(30,000 * 0.618...) = 18,541: 8,541 ms into b's turn.
  const Rotation rotation(loop, {start, start + seconds{60}}, second, start);
  EXPECT_EQ(rotation.entry_of(rotation.first()), 1U);
  EXPECT_EQ(rotation.slot_of(rotation.first()).until, start + Millis{11'459});
}

TEST(Sliver, ASegmentShorterThanTheThresholdShowsItsFirstTurnThroughout) {
  EXPECT_EQ(slots(loop_of({10, 20}), 8, 10.999), "a2999 ");
  EXPECT_EQ(slots(loop_of({10, 20}), 9, 11.999), "a2999 ");
}

TEST(Sliver, ASegmentOfExactlyTheThresholdIsNotShort) {
  // The first slot is clipped to 1 s: the next covers it.
  EXPECT_EQ(slots(loop_of({10, 20}), 9, 12), "b3000 ");
}

TEST(Sliver, AFirstSlotClippedBelowThreeSecondsIsCoveredByTheNext) {
  EXPECT_EQ(slots(loop_of({10, 20}), 7.001, 30), "b22999 ");
  EXPECT_EQ(slots(loop_of({10, 20}), 7, 30), "a3000 b20000 ");
}

TEST(Sliver, ALastSlotClippedBelowThreeSecondsIsCoveredByTheOneBefore) {
  EXPECT_EQ(slots(loop_of({10, 20}), 0, 12.999), "a12999 ");
  EXPECT_EQ(slots(loop_of({10, 20}), 0, 13), "a10000 b3000 ");
}

TEST(Sliver, ATurnShorterThanThreeSecondsIsItsOwnThreshold) {
  EXPECT_EQ(slots(loop_of({2, 20}), 0, 22), "a2000 b20000 ");  // whole turns are no slivers
  EXPECT_EQ(slots(loop_of({2, 20}), 0.001, 22), "b21999 ");
  EXPECT_EQ(slots(loop_of({2, 20}), 2, 23.999), "b21999 ");
}

TEST(Sliver, TheLastIsNotCoveredWhereItStandsAloneAfterTheFirst) {
  // First clipped to 1 s, then b clipped at its end to 2.5 s: b covers the first and stands alone.
  EXPECT_EQ(slots(loop_of({10, 20}), 9, 12.5), "b3500 ");
}

TEST(Sliver, BothEndsMayBeAbsorbedIntoTheSlotBetween) {
  EXPECT_EQ(slots(loop_of({10, 4, 10}), 9, 15), "b6000 ");
}

TEST(Loop, HasEachItemsShareOfTurnsAndItsOwnLengths) {
  const auto loop = loop_of({8, 5}, {3, 1});
  EXPECT_EQ(loop->turns.size(), 4U);
  EXPECT_EQ(loop->turns_of(0), 3);
  EXPECT_EQ(loop->turns_of(1), 1);
  EXPECT_EQ(loop->length, seconds{29});
}

}  // namespace
}  // namespace noseon
