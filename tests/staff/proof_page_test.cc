// The page for a sponsor: what it says of gaps, routes and doubt, and where its lists end.
#include "staff/proof_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/staff/delivery_rig.h"

namespace noseon::testing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

class ProofPage : public DeliveryRig {
 protected:
  std::string page(const std::vector<Row>& rows) {
    return proof_page(deliver(rows), {kNoon, zone_, {}});
  }
  // A play each five minutes of one boot: so many pauses in which the display was on.
  static std::vector<Row> plays_with_pauses(int pauses) {
    std::vector<Row> rows;
    for (int i = 0; i <= pauses; ++i) rows.push_back(play(minutes{5} * i));
    return rows;
  }
  static std::vector<Row> plays_on_routes(int routes) {
    std::vector<Row> rows;
    for (int i = 0; i < routes; ++i) {
      rows.push_back(play(seconds{10} * i));
      rows.back().route = "route-" + std::to_string(100 + i);
    }
    rows.push_back(rows.front());  // on one of them twice
    rows.back().start = kNoon + seconds{10} * routes;
    return rows;
  }
};

TEST_F(ProofPage, NamesEachKindOfGap) {
  Row lost = play(minutes{31});
  lost.kind = RecordKind::lost;
  lost.count = 3;
  Row doubtful = play(hours{2}, "names", "b");
  doubtful.grade = ClockGrade::floor_only;
  const std::string html =
      page({play(Millis{0}), play(minutes{30}), lost, play(hours{1}, "names", "b"), doubtful,
            play(hours{3}, "names", "b")});
  for (const char* words :
       {"switched off", "on, but nothing was recorded",
        "before the first play or after the last one",
        "the disk refused: 3 plays, shown and not recorded", "the clock was in doubt: 1 play<"})
    EXPECT_THAT(html, HasSubstr(words));
  EXPECT_THAT(
      html, HasSubstr("Shown while a display's clock was in doubt: 1 play (10 s), counted apart"));
}

TEST_F(ProofPage, SaysThatThereIsNoGap) {
  std::vector<Row> rows;
  for (int i = 0; i < 24 * 360; ++i) rows.push_back(play(seconds{10} * i));
  const std::string html = page(rows);
  EXPECT_THAT(html, HasSubstr("None of a minute or longer."));
  EXPECT_THAT(html, Not(HasSubstr("clock was in doubt")));
}

TEST_F(ProofPage, ListsThirtyGapsOfADisplayThatWasOnAndCountsTheOthers) {
  EXPECT_THAT(page(plays_with_pauses(0)), Not(HasSubstr("Gaps while a display was on")));
  const std::string all = page(plays_with_pauses(30));
  EXPECT_THAT(all, HasSubstr("Gaps while a display was on"));
  EXPECT_THAT(all, Not(HasSubstr(" more<")));
  EXPECT_THAT(page(plays_with_pauses(31)), HasSubstr("and 1 more<"));
}

TEST_F(ProofPage, ListsTheFortyRoutesThatHadMostAndCountsTheOthers) {
  EXPECT_THAT(page(plays_on_routes(40)), Not(HasSubstr(" more<")));
  const std::string html = page(plays_on_routes(41));
  EXPECT_THAT(html, HasSubstr("and 1 more<"));
  EXPECT_THAT(html, HasSubstr("route-100"));
  EXPECT_THAT(html, Not(HasSubstr("route-140")));
}

}  // namespace
}  // namespace noseon::testing
