#include "playlist/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>

namespace noseon {
namespace {

std::string turns(const std::vector<std::int64_t>& weights) {
  std::string order;
  for (const std::uint32_t item : assign_turns(weights)) order += static_cast<char>('a' + item);
  return order;
}

TEST(Assignment, EqualWeightsTakeTurnsInOrder) {
  EXPECT_EQ(turns({1, 1}), "ab");
  EXPECT_EQ(turns({1, 1, 1, 1}), "abcd");
}

TEST(Assignment, OneItemTakesEveryTurn) {
  EXPECT_EQ(turns({1}), "a");
  EXPECT_EQ(turns({3}), "aaa");
}

// Worked by hand. n = 2, W = 4, 1/(2n-2) = 1/2. Turn 1: a has 3/4 >= 1/2, b 1/4: a. Turn 2: a has
// 6/4 - 1 = 1/2, deadline (2 - 1/2)*4/3 = 2; b has 1/2, deadline (1 - 1/2)*4 = 2; a tie: a. Turn 3:
// a has 9/4 - 2 = 1/4, so b. Turn 4: a.
TEST(Assignment, SpreadsThreeToOneAsWorkedByHand) {
  EXPECT_EQ(turns({3, 1}), "aaba");
}

TEST(Assignment, TiesGoToTheFirstInOrder) {
  EXPECT_EQ(turns({1, 3}), "babb");
}

TEST(LoopWeights, AreDividedByTheirCommonDivisor) {
  EXPECT_EQ(loop_weights({2000 / 2, 200 / 2}), (std::vector<std::int64_t>{10, 1}));
  EXPECT_EQ(loop_weights({7}), (std::vector<std::int64_t>{1}));
}

TEST(LoopWeights, StayAsWrittenAtExactlyTheMostTurns) {
  std::vector<std::int64_t> weights(100, 1000);
  weights[0] = 999;
  weights[1] = 1001;  // W = 100,000
  EXPECT_EQ(loop_weights(weights), weights);
}

TEST(LoopWeights, AreHalvedRoundedUpOneTurnPastTheMost) {
  std::vector<std::int64_t> weights(100, 1000);
  weights[0] = 1001;  // W = 100,001
  std::vector<std::int64_t> halved(100, 500);
  halved[0] = 501;
  EXPECT_EQ(loop_weights(weights), halved);
}

}  // namespace
}  // namespace noseon
