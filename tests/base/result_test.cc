#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>

#include "base/check.h"

namespace noseon {
namespace {

Result<int> half_of(int number) {
  if (number % 2 != 0) return fail(ErrorKind::bad_format, "odd");
  return number / 2;
}

Result<int> quarter_of(int number) {
  ASSIGN_OR_RETURN(const int half, half_of(number));
  ASSIGN_OR_RETURN(const int quarter, half_of(half));
  return quarter;
}

Status refuse_odd(int number, int& reached) {
  TRY(half_of(number));
  ++reached;
  return {};
}

TEST(Result, CarriesTheValueAllTheWay) {
  EXPECT_EQ(quarter_of(12), 3);
}

TEST(Result, TheFirstErrorLeavesTheFunction) {
  const Result<int> result = quarter_of(6);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::bad_format);
  EXPECT_EQ(result.error().message, "odd");
}

TEST(Result, TryGoesOnOnlyAfterSuccess) {
  int reached = 0;
  EXPECT_TRUE(refuse_odd(4, reached));
  EXPECT_EQ(reached, 1);
  EXPECT_FALSE(refuse_odd(5, reached));
  EXPECT_EQ(reached, 1);
}

TEST(Result, AssignOrReturnTakesWhatCanOnlyBeMoved) {
  const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
  const auto use = [&]() -> Result<int> {
    ASSIGN_OR_RETURN(const std::unique_ptr<int> seven, make());
    return *seven;
  };
  EXPECT_EQ(use(), 7);
}

TEST(Result, AssignOrReturnAlsoAssignsToWhatIsThere) {
  int half = 0;
  const auto assign = [&](int number) -> Status {
    ASSIGN_OR_RETURN(half, half_of(number));
    return {};
  };
  EXPECT_TRUE(assign(8));
  EXPECT_EQ(half, 4);
  EXPECT_FALSE(assign(9));
  EXPECT_EQ(half, 4);
}

TEST(Error, GainsContextGoingUpAndKeepsItsKind) {
  const Error error{ErrorKind::too_large, "9 bytes"};
  const Error outer = error.with_context("item 3").with_context("playlist");
  EXPECT_EQ(outer.message, "playlist: item 3: 9 bytes");
  EXPECT_EQ(outer.kind, ErrorKind::too_large);
}

TEST(Check, PassesWhatHolds) {
  CHECK(1 < 2);
}

TEST(CheckDeathTest, EndsTheProgramNamingTheConditionAndPlace) {
  EXPECT_DEATH(CHECK(1 > 2), "result_test.cc:[0-9]+: CHECK failed: 1 > 2");
}

}  // namespace
}  // namespace noseon
