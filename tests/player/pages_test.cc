#include "player/pages.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace noseon {
namespace {

using std::chrono::seconds;

Instant at(std::int64_t ms) {
  return Instant{Millis{ms}};
}

// Which page stands and until when, all through a slot that begins at `from`.
std::vector<std::pair<std::size_t, std::int64_t>> turns(const PageWeights& weights, Millis length,
                                                        std::int64_t from = 0) {
  const Span slot{at(from), at(from) + length};
  std::vector<std::pair<std::size_t, std::int64_t>> out;
  for (Instant now = slot.from; now < slot.until;) {
    const PageTurn turn = page_at(weights, slot, now);
    out.emplace_back(turn.page, turn.until.time_since_epoch().count());
    EXPECT_EQ(page_at(weights, slot, turn.until - Millis{1}), turn) << "to the last moment";
    EXPECT_GT(turn.until, now);
    now = std::max(turn.until, now + Millis{1});
  }
  return out;
}

TEST(Pages, OnePageStandsForTheWholeSlotHoweverShortOrLong) {
  EXPECT_EQ(turns({7}, Millis{1}), (decltype(turns({}, {})){{0, 1}}));
  const Span for_ever{kBeginningOfTime, kEndOfTime};
  EXPECT_EQ(page_at({7}, for_ever, at(0)).until, kEndOfTime);
}

TEST(Pages, ShareWhatIsLeftOfTheSlotAsTheyShareTheReading) {
  EXPECT_EQ(turns({30, 10, 20}, seconds{12}, 5),
            (decltype(turns({}, {})){{0, 5005}, {1, 8005}, {2, 12005}}));
}

TEST(Pages, EndWithTheSlotWhereItsLengthDoesNotDivide) {
  EXPECT_EQ(turns({1, 1, 1}, Millis{10'000}),
            (decltype(turns({}, {})){{0, 3333}, {1, 6666}, {2, 10'000}}));
}

TEST(Pages, StandTwoSecondsAtTheLeast) {
  EXPECT_EQ(turns({1000, 1}, Millis{4000}), (decltype(turns({}, {})){{0, 2000}, {1, 4000}}));
  EXPECT_EQ(turns({1000, 1}, Millis{3999}), (decltype(turns({}, {})){{0, 3999}}));
  EXPECT_EQ(pages_with_room(3, Millis{6000}), 3U);
  EXPECT_EQ(pages_with_room(3, Millis{5999}), 2U);
  EXPECT_EQ(pages_with_room(3, Millis{0}), 1U);
}

TEST(Pages, LeaveTheLastOnesOutWhereThereIsNoRoomForAll) {
  EXPECT_EQ(turns({1, 1, 900}, Millis{5999}), (decltype(turns({}, {})){{0, 2999}, {1, 5999}}));
  EXPECT_EQ(page_at({1, 1, 1}, {at(0), at(5999)}, at(0)).count, 2U);
}

TEST(Pages, BeforeTheSlotIsTheFirstAndAfterItTheLast) {
  const Span slot{at(0), at(10'000)};
  EXPECT_EQ(page_at({1, 1}, slot, at(-1)).page, 0U);
  EXPECT_EQ(page_at({1, 1}, slot, at(10'000)).page, 1U);
}

TEST(Pages, ManyLongOnesDoNotOverflow) {
  const PageWeights weights(1000, 1'000'000);
  const Millis day = std::chrono::hours{24};
  EXPECT_EQ(page_at(weights, {at(0), at(0) + day}, at(0) + day - Millis{1}).until, at(0) + day);
  EXPECT_EQ(pages_with_room(1000, day), 1000U);
}

}  // namespace
}  // namespace noseon
