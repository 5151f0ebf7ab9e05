// The mean of what each pixel covers.
#include "media/draft/average.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "media/draft/shrink.h"
#include "tests/media/picture_files.h"

namespace noseon {
namespace {

using testing::Pixels;

Pixels averaged(Size size, const Pixels& pixels, const Placement& placement) {
  Pixels out;
  AverageScaler scaler(size, placement, [&out](std::span<const std::uint32_t> row) {
    out.insert(out.end(), row.begin(), row.end());
    return true;
  });
  const auto width = static_cast<std::size_t>(size.width);
  for (std::size_t at = 0; at < pixels.size() && !scaler.is_done(); at += width) {
    EXPECT_TRUE(scaler.take(std::span(pixels).subspan(at, width)));
  }
  EXPECT_TRUE(scaler.is_done());
  return out;
}

Pixels averaged_to(Size to, Size size, const Pixels& pixels) {
  return averaged(size, pixels, {to, 0, 0, 1.0 * size.width, 1.0 * size.height});
}

std::uint32_t grey(std::uint32_t value) {
  return 0xFF000000U | value << 16U | value << 8U | value;
}

// As the header says it, in doubles.
double mean_of(Size size, const Pixels& pixels, const Placement& at, int x, int y, unsigned shift) {
  const auto covered = [](int pixel, double begin, double end) {
    return std::max(0.0, std::min(end, pixel + 1.0) - std::max(begin, 1.0 * pixel));
  };
  const double wide = at.width / at.output.width, high = at.height / at.output.height;
  double sum = 0;
  for (int v = 0; v < size.height; ++v) {
    for (int u = 0; u < size.width; ++u) {
      const auto pixel = pixels[static_cast<std::size_t>(v) * static_cast<std::size_t>(size.width) +
                                static_cast<std::size_t>(u)];
      sum += covered(u, at.x + x * wide, at.x + (x + 1) * wide) *
             covered(v, at.y + y * high, at.y + (y + 1) * high) * (pixel >> shift & 0xFFU);
    }
  }
  return sum / (wide * high);
}

TEST(AverageScaler, GivesEveryPixelTheMeanOfWhatItCovers) {
  EXPECT_EQ(averaged_to({2, 1}, {4, 1}, {grey(0), grey(100), grey(200), grey(250)}),
            (Pixels{grey(50), grey(225)}));
  EXPECT_EQ(averaged_to({1, 2}, {1, 4}, {grey(0), grey(100), grey(200), grey(250)}),
            (Pixels{grey(50), grey(225)}));
  // The middle one counts half for each: two thirds and one third, in 256ths.
  EXPECT_EQ(averaged_to({2, 1}, {3, 1}, {grey(0), grey(255), grey(0)}),
            (Pixels{grey(85), grey(85)}));
}

TEST(AverageScaler, KeepsThePrimariesApart) {
  EXPECT_EQ(averaged_to({1, 1}, {2, 2}, Pixels(4, 0xFF0A6EF0U)), Pixels{0xFF0A6EF0U});
}

TEST(AverageScaler, LeavesAFlatColourAsItIsWhateverTheSizes) {
  for (const std::uint32_t value : {0U, 1U, 127U, 254U, 255U}) {
    for (int from = 1; from <= 40; ++from) {
      for (int to = 1; to <= from; ++to) {
        const Size size{from, 3};
        EXPECT_EQ(
            averaged_to({to, 2}, size, Pixels(static_cast<std::size_t>(from) * 3, grey(value))),
            Pixels(static_cast<std::size_t>(to) * 2, grey(value)))
            << from << " to " << to;
      }
    }
  }
}

TEST(AverageScaler, IsWithinTwoStepsOfWhatDoublesSay) {
  for (const Size size : {Size{61, 40}, Size{64, 33}}) {
    const Pixels pixels = testing::photograph(size);
    for (const Placement& at :
         {Placement{{33, 17}, 0, 0, 1.0 * size.width, 1.0 * size.height},
          Placement{{30, 20}, 3.25, 1.5, 50.5, 30.25}, Placement{{1, 1}, 7, 7, 20, 20}}) {
      const Pixels out = averaged(size, pixels, at);
      for (int y = 0; y < at.output.height; ++y) {
        for (int x = 0; x < at.output.width; ++x) {
          const std::uint32_t got = out[static_cast<std::size_t>(y * at.output.width + x)];
          for (const unsigned shift : {0U, 8U, 16U}) {
            ASSERT_NEAR(got >> shift & 0xFFU, mean_of(size, pixels, at, x, y, shift), 2.0)
                << x << ", " << y;
          }
          ASSERT_EQ(got >> 24U, 0xFFU);
        }
      }
    }
  }
}

TEST(AverageScaler, StopsWhereItsRowsAreNotTaken) {
  AverageScaler scaler({2, 2}, {{2, 2}, 0, 0, 2, 2},
                       [](std::span<const std::uint32_t>) { return false; });
  EXPECT_FALSE(scaler.take(Pixels{1, 2}));
}

TEST(DraftShrink, IsAsMuchAsStillLeavesSomethingToReduce) {
  const auto of = [](double width, double height) {
    return draft_shrink({{100, 100}, 0, 0, width, height});
  };
  EXPECT_EQ(of(100, 100), 1);
  EXPECT_EQ(of(199, 300), 1);
  EXPECT_EQ(of(200, 300), 2);
  EXPECT_EQ(of(400, 399.9), 2);
  EXPECT_EQ(of(400, 400), 4);
  EXPECT_EQ(of(800, 800), 8);
  EXPECT_EQ(of(8000, 8000), 8);
}

}  // namespace
}  // namespace noseon
