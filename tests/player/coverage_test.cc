#include "player/coverage.h"

#include <gtest/gtest.h>

#include <numeric>

namespace noseon {
namespace {

GlyphBitmap bitmap(Size size, std::vector<std::uint8_t> pixels) {
  GlyphBitmap out;
  out.size = size;
  out.pixels = std::move(pixels);
  return out;
}

std::vector<int> row(const Coverage& coverage, int y) {
  return {coverage.row(y), coverage.row(y) + coverage.area().width};
}

TEST(Coverage, KeepsTheMostOfWhatIsAdded) {
  Coverage coverage({10, 20, 4, 1});
  coverage.add(bitmap({3, 1}, {10, 200, 30}), {10, 20});
  coverage.add(bitmap({3, 1}, {100, 100, 100}), {11, 20});
  EXPECT_EQ(row(coverage, 0), (std::vector{10, 200, 100, 100}));
}

TEST(Coverage, ClipsOnAllSides) {
  Coverage coverage({0, 0, 2, 2});
  coverage.add(bitmap({4, 4}, std::vector<std::uint8_t>(16, 7)), {-1, -1});
  coverage.add(bitmap({1, 1}, {99}), {2, 0});
  coverage.add(bitmap({1, 1}, {99}), {0, -1});
  EXPECT_EQ(row(coverage, 0), (std::vector{7, 7}));
  EXPECT_EQ(row(coverage, 1), (std::vector{7, 7}));
}

TEST(Coverage, OfColourItTakesTheOpacity) {
  GlyphBitmap colour = bitmap({2, 1}, {1, 2, 3, 40, 5, 6, 7, 80});
  colour.is_colour = true;
  Coverage coverage({0, 0, 2, 1});
  coverage.add(colour, {0, 0});
  EXPECT_EQ(row(coverage, 0), (std::vector{40, 80}));
}

TEST(Coverage, ABlurReachesItsRadiusAndNoFurther) {
  for (const int radius : {0, 1, 2, 3, 4, 7, 12}) {
    Coverage coverage({0, 0, 61, 61});
    coverage.add(bitmap({3, 3}, std::vector<std::uint8_t>(9, 255)), {29, 29});
    coverage.blur(radius);
    const std::vector<int> middle = row(coverage, 30);
    for (int x = 0; x < 61; ++x) {
      const bool is_out_of_reach = x < 29 - radius || x > 31 + radius;
      if (is_out_of_reach) {
        EXPECT_EQ(middle[static_cast<std::size_t>(x)], 0) << radius;
      }
      EXPECT_EQ(middle[static_cast<std::size_t>(x)], middle[static_cast<std::size_t>(60 - x)]);
    }
  }
}

TEST(Coverage, ABlurKeepsHowMuchIsCoveredInAll) {
  Coverage coverage({0, 0, 80, 80});
  coverage.add(bitmap({20, 20}, std::vector<std::uint8_t>(400, 200)), {30, 30});
  coverage.blur(12);
  int sum = 0;
  for (int y = 0; y < 80; ++y) {
    const std::vector<int> values = row(coverage, y);
    sum += std::accumulate(values.begin(), values.end(), 0);
  }
  EXPECT_NEAR(sum / 80'000.0, 1, 0.02);
}

TEST(Coverage, NothingIsCoveredInAnEmptyArea) {
  Coverage coverage({5, 5, 0, -3});
  coverage.add(bitmap({1, 1}, {9}), {5, 5});
  coverage.blur(5);
  EXPECT_EQ(coverage.area(), (Rect{5, 5, 0, 0}));
}

}  // namespace
}  // namespace noseon
