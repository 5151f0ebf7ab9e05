#include <cmath>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

TEST(Shares, AskedAndDeliveredAgreeOverWholeLoopsOfEqualTurns) {
  const Bus bus({campaign_toml(item_toml("a", "weight = 3") + item_toml("b"))});
  const Span day{bus.at("2027-02-25"), bus.at("2027-02-26")};  // 2,160 loops of 40 s
  const auto slots = plan(bus.playlist, bus.display, bus.context, day);
  const auto rows = shares(bus.playlist, bus.display, bus.context, day, slots);
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_DOUBLE_EQ(rows[0].asked, 0.75);
  EXPECT_DOUBLE_EQ(rows[1].asked, 0.25);
  EXPECT_NEAR(rows[0].share, 0.75, 0.001);
  EXPECT_EQ(rows[0].shown + rows[1].shown, day.until - day.from);
}

TEST(Shares, WeightsOfTwoThousandAndTwoHundredAreNotTheSame) {
  const Bus bus({campaign_toml(item_toml("a", "weight = 1000") + item_toml("b", "weight = 100"))});
  const Span hours{bus.at("2027-02-25 08:00"), bus.at("2027-02-25 19:00")};
  const auto slots = plan(bus.playlist, bus.display, bus.context, hours);
  const auto rows = shares(bus.playlist, bus.display, bus.context, hours, slots);
  EXPECT_NEAR(static_cast<double>(rows[0].plays) / static_cast<double>(rows[1].plays), 10.0, 0.2);
}

TEST(Shares, AnItemIsAskedOnlyWhileItsTierPlays) {
  const Bus bus({campaign_toml(item_toml("a", "role = \"takeover\"\nhours = \"06:00-12:00\"") +
                               item_toml("b"))});
  const Span day{bus.at("2027-02-25"), bus.at("2027-02-26")};
  const auto slots = plan(bus.playlist, bus.display, bus.context, day);
  const auto rows = shares(bus.playlist, bus.display, bus.context, day, slots);
  EXPECT_DOUBLE_EQ(rows[0].asked, 0.25);
  EXPECT_DOUBLE_EQ(rows[1].asked, 0.75);
  EXPECT_EQ(rows[0].shown, std::chrono::hours{6});
}

}  // namespace
}  // namespace noseon::testing
