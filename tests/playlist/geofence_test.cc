// A vehicle drives north out of a circle of 600 m and back; what the display knows at each instant.
#include "playlist/geofence.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

using std::chrono::seconds;

constexpr Position kStation{37.5547, 126.9707};
// Metres north of the station, on the sphere that distance_m() measures on.
Position north_of_station(double metres) {
  constexpr double kMetresADegree = 6'371'008.8 * 3.14159265358979323846 / 180.0;
  return {kStation.latitude + metres / kMetresADegree, kStation.longitude};
}

class Geofence : public ::testing::Test {
 protected:
  void drive(double metres, Millis at) {
    state_ = after_fix(bus_.playlist, state_, {north_of_station(metres), start_ + at});
  }
  [[nodiscard]] bool is_inside(Millis at) const { return !inside_at(state_, start_ + at).empty(); }

  Bus bus_{{campaign_toml(
      "[places]\nstation = { lat = 37.5547, lon = 126.9707, radius_m = 600 }\n" +
      item_toml("near", "near = [\"station\"]\nweight = 1", 10) + item_toml("other"))}};
  Instant start_ = bus_.at("2027-02-25 08:00");
  GeofenceState state_;
};

TEST_F(Geofence, IsEnteredAtItsRadius) {
  drive(600.01, seconds{0});
  EXPECT_FALSE(is_inside(seconds{0}));
  drive(599.99, seconds{1});
  EXPECT_TRUE(is_inside(seconds{1}));
}

TEST_F(Geofence, IsNotLeftWithinFiftyMetresOfItsEdge) {
  drive(0, seconds{0});
  for (int second = 1; second < 300; ++second) drive(649.99, seconds{second});
  EXPECT_TRUE(is_inside(seconds{300}));
}

TEST_F(Geofence, IsLeftFifteenSecondsAfterTheFirstFixBeyond) {
  drive(0, seconds{0});
  drive(650.01, seconds{1});
  drive(700, seconds{10});
  EXPECT_TRUE(is_inside(seconds{16} - Millis{1}));
  EXPECT_FALSE(is_inside(seconds{16}));
  EXPECT_EQ(next_change(state_, start_ + seconds{10}), start_ + seconds{16});
}

TEST_F(Geofence, OneFixBackWithinTheMarginStartsTheFifteenSecondsAnew) {
  drive(0, seconds{0});
  drive(700, seconds{1});
  drive(640, seconds{15});
  drive(700, seconds{16});
  EXPECT_TRUE(is_inside(seconds{31} - Millis{1}));
  EXPECT_FALSE(is_inside(seconds{31}));
}

TEST_F(Geofence, OnceLeftItIsEnteredAgainAtItsRadiusAndNotAtTheMargin) {
  drive(0, seconds{0});
  drive(700, seconds{1});
  drive(620, seconds{20});
  EXPECT_FALSE(is_inside(seconds{20}));
  drive(600, seconds{21});
  EXPECT_TRUE(is_inside(seconds{21}));
}

TEST_F(Geofence, APositionIsBelievedForSixtySeconds) {
  drive(0, seconds{0});
  EXPECT_TRUE(is_inside(seconds{60} - Millis{1}));
  EXPECT_FALSE(is_inside(seconds{60}));
  EXPECT_EQ(next_change(state_, start_), start_ + seconds{60});
  EXPECT_EQ(next_change(state_, start_ + seconds{60}), std::nullopt);
}

TEST_F(Geofence, AfterAStalePositionNothingIsRemembered) {
  drive(0, seconds{0});
  drive(620, seconds{60});  // inside the margin, but entered long ago
  EXPECT_FALSE(is_inside(seconds{60}));
}

TEST_F(Geofence, AFixThatComesLateIsIgnored) {
  drive(0, seconds{10});
  const GeofenceState before = state_;
  drive(5000, seconds{9});
  EXPECT_EQ(state_, before);
  drive(5000, seconds{10});
  EXPECT_EQ(state_, before);
}

TEST_F(Geofence, AChangeOfPlacesIsAnEdgeAndItsInstantIsTheContextsSince) {
  drive(0, seconds{0});
  bus_.context = with_places(bus_.context, state_, start_);
  EXPECT_EQ(bus_.context.since, start_);
  drive(10, seconds{5});
  bus_.context = with_places(bus_.context, state_, start_ + seconds{5});
  EXPECT_EQ(bus_.context.since, start_);  // the same places: no change
  const Context stale = with_places(bus_.context, state_, start_ + seconds{65});
  EXPECT_EQ(stale.since, start_ + seconds{65});
  EXPECT_TRUE(stale.inside.empty());
}

TEST_F(Geofence, AChangeOfPlacesLeavesADoubtOfTheClockAsLargeAsItWas) {
  bus_.context.since = start_ - seconds{100};
  bus_.context.clock_floor = start_ - seconds{400};
  drive(0, seconds{0});
  const Context moved = with_places(bus_.context, state_, start_);
  EXPECT_EQ(moved.since, start_);
  EXPECT_EQ(moved.clock_floor, start_ - seconds{300});
}

TEST_F(Geofence, AnItemThatAsksToBeNearIsOutWhereThePositionIsUnknownOrStale) {
  const auto eligible = [&](Instant at) {
    std::set<std::string> shown;
    for (const Slot& slot : plan(bus_.playlist, bus_.display, bus_.context, {at, at + seconds{60}}))
      shown.insert(bus_.name(slot));
    return shown;
  };
  using Names = std::set<std::string>;
  EXPECT_EQ(eligible(start_), Names({"other"}));
  drive(0, seconds{0});
  bus_.context = with_places(bus_.context, state_, start_);
  EXPECT_EQ(eligible(start_), Names({"near", "other"}));
  bus_.context = with_places(bus_.context, state_, start_ + seconds{60});
  EXPECT_EQ(eligible(start_ + seconds{60}), Names({"other"}));
}

TEST(GreatCircle, KnowsADegreeOfLatitudeAndTheDateLine) {
  EXPECT_NEAR(distance_m({0, 0}, {1, 0}), 111'195, 1);
  EXPECT_NEAR(distance_m({0, 179.5}, {0, -179.5}), 111'195, 1);
  EXPECT_NEAR(distance_m({90, 0}, {90, 137}), 0, 1e-6);
}

}  // namespace
}  // namespace noseon::testing
