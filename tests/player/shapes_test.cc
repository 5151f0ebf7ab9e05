#include "player/shapes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "player/pixels.h"

namespace noseon {
namespace {

constexpr Color kBlack{};
constexpr Color kWhite{255, 255, 255};

struct Drawing {
  explicit Drawing(Size s)
      : size(s), pixels(static_cast<std::size_t>(s.width * s.height), to_word(kBlack)) {}
  [[nodiscard]] int at(int x, int y) const {
    return static_cast<int>(pixels[static_cast<std::size_t>(y * size.width + x)] & 0xffU);
  }
  Size size;
  std::vector<std::uint32_t> pixels;
};

TEST(Shapes, ADiscIsRoundAndSymmetrical) {
  Drawing drawing({40, 40});
  draw_stroke(drawing.pixels, drawing.size, {{{20 * 16, 20 * 16}}, 12 * 16, kWhite});
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 40; ++x) {
      EXPECT_EQ(drawing.at(x, y), drawing.at(39 - x, y));
      EXPECT_EQ(drawing.at(x, y), drawing.at(y, x));
      const double distance = std::hypot(x - 19.5, y - 19.5);
      if (distance < 11.4) {
        EXPECT_EQ(drawing.at(x, y), 255) << x << ',' << y;
      }
      if (distance > 12.6) {
        EXPECT_EQ(drawing.at(x, y), 0) << x << ',' << y;
      }
    }
  }
}

TEST(Shapes, AStraightLineCoversItsWidthExactly) {
  Drawing drawing({30, 9});
  draw_stroke(drawing.pixels, drawing.size, {{{-160, 72}, {640, 72}}, 2 * 16, kWhite});
  // The line reaches from 2.5 to 6.5: rows 2 and 6 are half covered.
  for (int x = 0; x < 30; ++x) {
    EXPECT_EQ(drawing.at(x, 1), 0);
    EXPECT_EQ(drawing.at(x, 2), drawing.at(x, 6));
    EXPECT_GT(drawing.at(x, 2), 100);
    EXPECT_LT(drawing.at(x, 2), 200);
    for (int y = 3; y <= 5; ++y) EXPECT_EQ(drawing.at(x, y), 255);
    EXPECT_EQ(drawing.at(x, 7), 0);
  }
}

TEST(Shapes, WhatLiesOutsideIsClipped) {
  Drawing drawing({8, 8});
  for (const Spot middle : {Spot{-800, -800}, {800, 0}, {0, 800}, {64, -400}}) {
    draw_stroke(drawing.pixels, drawing.size, {{middle}, 10 * 16, kWhite});
  }
  for (const std::uint32_t pixel : drawing.pixels) EXPECT_EQ(pixel, to_word(kBlack));
}

TEST(Shapes, RoundingKeepsTheEndsAndLeavesTheCorner) {
  const std::vector<Spot> corners{{0, 0}, {1600, 0}, {1600, 1600}};
  const std::vector<Spot> points = rounded(corners, 320);
  EXPECT_EQ(points.front().x, 0);
  EXPECT_EQ(points.back().y, 1600);
  EXPECT_EQ(points[1].x, 1280) << "leaves the line where it was told";
  for (const Spot& point : points) EXPECT_FALSE(point.x == 1600 && point.y == 0);
}

TEST(Shapes, AGradientGoesFromTopToBottomWithoutBands) {
  Drawing drawing({64, 256});
  draw_gradient(drawing.pixels, drawing.size, {40, 40, 40}, {30, 30, 30});
  for (int x = 0; x < 64; ++x) {
    EXPECT_EQ(drawing.at(x, 0), 40);
    EXPECT_EQ(drawing.at(x, 255), 30);
  }
  double before = 41;
  for (int y = 0; y + 8 <= 256; y += 8) {  // the mean of each tile falls steadily
    double sum = 0;
    for (int row = y; row < y + 8; ++row) {
      for (int x = 0; x < 8; ++x) sum += drawing.at(x, row);
    }
    EXPECT_LT(sum / 64, before) << y;
    before = sum / 64;
  }
}

}  // namespace
}  // namespace noseon
