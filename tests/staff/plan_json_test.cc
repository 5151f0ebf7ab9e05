// The plan of the demonstration as machines read it, over the edge of its window.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/time.h"
#include "tests/staff/command_line.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

Instant instant(const json& text) {
  return parse_rfc3339(text.get<std::string>()).value();
}

class PlanJson : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const Ran ran =
        run_noseon({"plan", demo(), "--from", "2027-01-30", "--until", "2027-02-02", "--json"});
    ASSERT_EQ(ran.exit_code, 0) << ran.err;
    plan_ = json::parse(ran.out);
  }
  static json plan_;
};
json PlanJson::plan_;

TEST_F(PlanJson, ItsSlotsTouchAndCoverTheRange) {
  Instant expected = instant(plan_["from"]);
  EXPECT_EQ(plan_["from"], "2027-01-30T00:00:00.000+09:00");
  for (const json& slot : plan_["slots"]) {
    ASSERT_EQ(instant(slot["from"]), expected);
    expected = instant(slot["until"]);
    ASSERT_LT(instant(slot["from"]), expected);
  }
  EXPECT_EQ(expected, instant(plan_["until"]));
  EXPECT_EQ(plan_["until"], "2027-02-02T00:00:00.000+09:00");
}

TEST_F(PlanJson, NoItemIsOutsideItsWindow) {
  const Instant february = parse_rfc3339("2027-02-01T00:00:00+09:00").value();
  for (const json& slot : plan_["slots"]) {
    const bool is_february = instant(slot["from"]) >= february;
    ASSERT_TRUE(is_february || instant(slot["until"]) <= february) << slot.dump();
    ASSERT_EQ(slot["campaign"], is_february ? "khojaly" : "on-board") << slot.dump();
    ASSERT_NE(slot["item"], "anniversary");
    ASSERT_NE(slot["item"], "night");  // from 20 February
  }
}

TEST_F(PlanJson, SharesAreThoseOfItsSlots) {
  std::map<std::string, std::pair<std::int64_t, std::int64_t>> counted;  // plays, ms
  for (const json& slot : plan_["slots"]) {
    auto& [plays, ms] =
        counted[slot["campaign"].get<std::string>() + "/" + slot["item"].get<std::string>()];
    ++plays;
    ms += (instant(slot["until"]) - instant(slot["from"])).count();
  }
  double asked = 0;
  double share = 0;
  for (const json& row : plan_["share"]) {
    const auto& [plays, ms] =
        counted[row["campaign"].get<std::string>() + "/" + row["item"].get<std::string>()];
    EXPECT_EQ(row["plays"], plays);
    EXPECT_EQ(row["ms"], ms);
    asked += row["asked"].get<double>();
    share += row["share"].get<double>();
  }
  EXPECT_NEAR(asked, 1.0, 1e-9);
  EXPECT_NEAR(share, 1.0, 1e-9);
}

// Turns over any stretch of a segment are within two of the weight's part (Tijdeman's bound).
TEST_F(PlanJson, TurnsStayWithinTheBoundOverEachDay) {
  const std::map<std::string, std::int64_t> weights = {
      {"handrail", 2}, {"expectant", 2}, {"stop-bell", 1},  {"quiet", 1},
      {"backpack", 1}, {"welcome", 1},   {"stay-seated", 1}};
  std::map<std::string, std::int64_t> turns;
  std::int64_t all = 0;
  for (const json& slot : plan_["slots"]) {
    if (slot["from"].get<std::string>() >= "2027-01-31") break;
    ++turns[slot["item"].get<std::string>()];
    ++all;
  }
  for (const auto& [item, weight] : weights) {
    // 9 turns in a loop; a sliver at either end of the day may cost one turn more.
    EXPECT_LE(std::abs(9 * turns[item] - all * weight), 9 * 3) << item;
  }
}

}  // namespace
}  // namespace noseon::testing
