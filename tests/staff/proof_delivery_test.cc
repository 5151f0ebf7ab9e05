// What journals add up to: by item, day, hour and route; gaps by their name.
#include <gtest/gtest.h>

#include "tests/staff/delivery_rig.h"

namespace noseon::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class DeliveryTest : public DeliveryRig {
 protected:
  static std::vector<GapKind> kinds(const DeliveryReport& delivery) {
    std::vector<GapKind> all;
    for (const Gap& gap : delivery.gaps) all.push_back(gap.kind);
    return all;
  }
};

TEST_F(DeliveryTest, AnItemsShareIsItsPartOfAllThatWasShown) {
  const DeliveryReport delivery =
      deliver({play(seconds{0}), play(seconds{10}), play(seconds{20}), play(seconds{30}, "")});
  ASSERT_EQ(delivery.items.size(), 1U);
  EXPECT_DOUBLE_EQ(delivery.share_of(delivery.items[0]), 0.75);
  EXPECT_EQ(delivery.cards.plays, 1);
}

TEST_F(DeliveryTest, APlayCountsWhereItBegan) {
  const DeliveryReport delivery =
      deliver({play(hours{12} - seconds{1}), play(hours{12} + seconds{9})});
  const DeliveredItem& item = delivery.items.at(0);
  ASSERT_EQ(item.days.size(), 2U);
  EXPECT_EQ(to_string(item.days.begin()->first), "2027-02-25");
  EXPECT_EQ(item.days.begin()->second.shown, seconds{10});
  EXPECT_EQ(item.hours[23].plays, 1);
  EXPECT_EQ(item.hours[0].plays, 1);
}

TEST_F(DeliveryTest, TheRangeIsHalfOpen) {
  EXPECT_EQ(deliver({play(Millis{0})}).all.plays, 1);
  EXPECT_EQ(deliver({play(Millis{-1})}).all.plays, 0);
  EXPECT_EQ(deliver({play(hours{24} - Millis{1})}).all.plays, 1);
  EXPECT_EQ(deliver({play(hours{24})}).all.plays, 0);
}

TEST_F(DeliveryTest, APauseOfAMinuteIsAGapAndAShorterOneIsNone) {
  const DeliveryReport none = deliver({play(seconds{0}), play(seconds{70} - Millis{1})});
  EXPECT_EQ(kinds(none), (std::vector{GapKind::outside}));
  const DeliveryReport one = deliver({play(seconds{0}), play(seconds{70})});
  EXPECT_EQ(kinds(one), (std::vector{GapKind::stopped, GapKind::outside}));
  EXPECT_EQ(one.gaps[0].span, (Span{kNoon + seconds{10}, kNoon + seconds{70}}));
}

TEST_F(DeliveryTest, AGapBeforeANewBootIsADisplaySwitchedOff) {
  const DeliveryReport delivery = deliver({play(seconds{0}), play(hours{1}, "names", "b")});
  EXPECT_EQ(kinds(delivery), (std::vector{GapKind::off, GapKind::outside}));
}

TEST_F(DeliveryTest, LostPlaysAreNamedWithTheirNumber) {
  Row lost = play(seconds{10});
  lost.kind = RecordKind::lost;
  lost.count = 7;
  const DeliveryReport delivery = deliver({play(seconds{0}), lost});
  EXPECT_EQ(delivery.lost, 7);
  EXPECT_EQ(delivery.gaps.front().kind, GapKind::lost);
  EXPECT_EQ(delivery.gaps.front().plays, 7);
  EXPECT_EQ(delivery.all.plays, 1);
}

Row doubtful(Millis after, const char* item = "names", const char* boot = "a") {
  Row row = play(after, item, boot);
  row.grade = ClockGrade::floor_only;
  return row;
}

TEST_F(DeliveryTest, PlaysUnderADoubtfulClockAreCountedApartAndInNoShare) {
  const DeliveryReport delivery =
      deliver({play(seconds{0}), play(seconds{10}, "vigil"), doubtful(seconds{20})});
  EXPECT_EQ(delivery.all.plays, 2);
  EXPECT_EQ(delivery.all.doubtful, 1);
  EXPECT_EQ(delivery.all.doubtful_shown, seconds{10});
  const DeliveredItem& names = delivery.items.at(0);
  EXPECT_EQ(names.total.plays, 1);
  EXPECT_EQ(names.total.doubtful, 1);
  EXPECT_DOUBLE_EQ(delivery.share_of(names), 0.5);
}

TEST_F(DeliveryTest, AStretchUnderADoubtfulClockIsAGapOfItsOwnWithItsPlays) {
  std::vector<Row> rows;
  for (int i = 0; i < 6; ++i) rows.push_back(doubtful(seconds{10} * i));
  const DeliveryReport delivery = deliver(rows);
  EXPECT_EQ(kinds(delivery), (std::vector{GapKind::doubtful, GapKind::outside}));
  EXPECT_EQ(delivery.gaps[0].span, (Span{kNoon, kNoon + seconds{60}}));
  EXPECT_EQ(delivery.gaps[0].plays, 6);
  EXPECT_EQ(delivery.share_of(delivery.items.at(0)), 0);
  rows.pop_back();
  EXPECT_EQ(kinds(deliver(rows)), (std::vector{GapKind::outside})) << "fifty seconds are none";
}

TEST_F(DeliveryTest, APauseInWhichTheClockWasPutRightIsDoubtAndNoStandstill) {
  const DeliveryReport delivery =
      deliver({doubtful(seconds{0}), doubtful(seconds{10}), play(hours{8}), play(hours{9})});
  EXPECT_EQ(kinds(delivery), (std::vector{GapKind::doubtful, GapKind::stopped, GapKind::outside}));
  EXPECT_EQ(delivery.gaps[0].span, (Span{kNoon, kNoon + hours{8}}));
  EXPECT_EQ(delivery.gaps[0].plays, 2);
}

TEST_F(DeliveryTest, AFloorThatLagsBehindMakesNoGapOfTimeThatWasPlayed) {
  std::vector<Row> rows;
  for (int i = 0; i < 60; ++i) rows.push_back(play(seconds{10} * i));
  rows.push_back(doubtful(seconds{50}, "names", "b"));  // it was later than that
  rows.push_back(play(minutes{10}, "names", "b"));
  EXPECT_EQ(kinds(deliver(rows)), (std::vector{GapKind::outside}));
}

TEST_F(DeliveryTest, ADisplayWithoutAPlayIsMissingAllTheTime) {
  const DeliveryReport delivery = deliver({play(-hours{2}), play(hours{25})});
  EXPECT_EQ(delivery.displays, (std::set<std::string>{"bus-1"}));
  ASSERT_EQ(kinds(delivery), (std::vector{GapKind::outside}));
  EXPECT_EQ(delivery.gaps[0].span, delivery.range);
}

TEST_F(DeliveryTest, AnotherRouteIsAnotherRun) {
  Row elsewhere = play(seconds{10});
  elsewhere.route = "721";
  const DeliveryReport delivery = deliver({play(seconds{0}), elsewhere});
  EXPECT_EQ(delivery.runs.size(), 2U);
  EXPECT_EQ(delivery.items.at(0).routes.size(), 2U);
}

}  // namespace
}  // namespace noseon::testing
