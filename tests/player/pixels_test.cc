#include "player/pixels.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdlib>
#include <numeric>
#include <random>
#include <vector>

namespace noseon {
namespace {

std::uint8_t channel(int value) {
  return static_cast<std::uint8_t>(value);
}

Color grey(int value) {
  return {channel(value), channel(value), channel(value)};
}

int blue_of(std::uint32_t word) {
  return static_cast<int>(word & 0xffU);
}

int filled(int under, int over, unsigned opacity) {
  std::uint32_t pixel = to_word(grey(under));
  blend_fill(&pixel, 1, grey(over), opacity);
  EXPECT_EQ(pixel, to_word(grey(blue_of(pixel)))) << "all channels alike";
  return blue_of(pixel);
}

int inked(int under, int ink, int coverage) {
  std::uint32_t pixel = to_word(grey(under));
  const std::uint8_t c = channel(coverage);
  blend_ink(&pixel, &c, 1, grey(ink));
  EXPECT_EQ(pixel, to_word(grey(blue_of(pixel)))) << "all channels alike";
  return blue_of(pixel);
}

TEST(Pixels, DivideBy255RoundsToNearestEverywhere) {
  for (std::uint32_t value = 0; value <= 65'025; ++value) {
    ASSERT_EQ(divided_by_255(value), (value * 2 + 255) / 510) << value;
  }
}

TEST(Pixels, AFillsOpacityIsTheExactRoundedBlend) {
  for (int opacity = 0; opacity <= 255; ++opacity) {
    for (const int under : {0, 1, 127, 128, 254, 255}) {
      for (const int over : {0, 1, 100, 254, 255}) {
        const int sum = under * (255 - opacity) + over * opacity;
        ASSERT_EQ(filled(under, over, static_cast<unsigned>(opacity)), (sum * 2 + 255) / 510)
            << under << ' ' << over << ' ' << opacity;
      }
    }
  }
}

TEST(Pixels, AFillKeepsItsChannelsApart) {
  std::uint32_t pixel = to_word({255, 0, 255});
  blend_fill(&pixel, 1, {0, 255, 0}, 128);
  EXPECT_EQ(pixel, to_word({127, 128, 127}));
}

TEST(Pixels, NoCoverageLeavesThePixelAndFullCoverageIsTheInk) {
  for (int under = 0; under <= 255; ++under) {
    for (int ink = 0; ink <= 255; ink += 5) {
      ASSERT_EQ(inked(under, ink, 0), under);
      ASSERT_EQ(inked(under, ink, 255), ink);
      ASSERT_EQ(inked(ink, ink, 1 + under / 2), ink) << "ink on its own colour shows nothing";
    }
  }
}

TEST(Pixels, InkGrowsWithCoverage) {
  for (int coverage = 1; coverage <= 255; ++coverage) {
    ASSERT_GE(inked(20, 240, coverage), inked(20, 240, coverage - 1));
    ASSERT_LE(inked(240, 20, coverage), inked(240, 20, coverage - 1));
  }
}

TEST(Pixels, TextIsBlendedNearGammaOnePointFour) {
  for (int coverage = 0; coverage <= 255; ++coverage) {
    const double part = coverage / 255.0;
    const double light = 255 * std::pow(part, 1 / 1.4);
    ASSERT_NEAR(inked(0, 255, coverage), light, 6) << "light on dark " << coverage;
    const double dark = 255 * std::pow(1 - part, 1 / 1.4);
    ASSERT_NEAR(inked(255, 0, coverage), dark, 6) << "dark on light " << coverage;
  }
}

TEST(Pixels, EveryPixelOfARowGetsItsOwnCoverageWhateverItsNeighboursAre) {
  // Rows of every length around the stretches of eight that are passed over when empty.
  for (std::size_t length = 1; length <= 40; ++length) {
    for (std::size_t lit = 0; lit < length; ++lit) {
      std::vector<std::uint8_t> coverage(length, 0);
      coverage[lit] = 255;
      std::vector<std::uint32_t> row(length, to_word(grey(9)));
      blend_ink(row.data(), coverage.data(), length, grey(200));
      for (std::size_t x = 0; x < length; ++x) {
        ASSERT_EQ(blue_of(row[x]), x == lit ? 200 : 9) << length << ' ' << lit << ' ' << x;
      }
    }
  }
}

TEST(Pixels, PremultipliedColourGoesOverAndNeverCarries) {
  std::array<std::uint32_t, 4> row;
  row.fill(to_word({100, 100, 100}));
  const std::array<std::uint8_t, 16> bgra{0,   0,   0,   0,    //
                                          10,  20,  30,  255,  //
                                          64,  0,   0,   128,  //
                                          255, 255, 255, 1};
  blend_bgra(row.data(), bgra.data(), row.size());
  EXPECT_EQ(row[0], to_word({100, 100, 100}));
  EXPECT_EQ(row[1], to_word({30, 20, 10}));
  EXPECT_EQ(row[2], to_word({50, 50, 114}));
  EXPECT_EQ(row[3], to_word({255, 255, 255}));
}

TEST(Pixels, TurnsClockwise) {
  // a b c      d a      f e d      c f
  // d e f  ->  e b  or  c b a  or  b e
  //            f c                 a d
  const std::array<std::uint32_t, 6> picture{'a', 'b', 'c', 'd', 'e', 'f'};
  std::array<std::uint32_t, 6> turned{};
  turn(picture.data(), 3, 2, 90, turned.data());
  EXPECT_EQ(turned, (std::array<std::uint32_t, 6>{'d', 'a', 'e', 'b', 'f', 'c'}));
  turn(picture.data(), 3, 2, 180, turned.data());
  EXPECT_EQ(turned, (std::array<std::uint32_t, 6>{'f', 'e', 'd', 'c', 'b', 'a'}));
  turn(picture.data(), 3, 2, 270, turned.data());
  EXPECT_EQ(turned, (std::array<std::uint32_t, 6>{'c', 'f', 'b', 'e', 'a', 'd'}));
}

TEST(Pixels, FourQuarterTurnsAreNoTurn) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 70}, {33, 65}, {64, 32}, {100, 3}}) {
    std::vector<std::uint32_t> picture(static_cast<std::size_t>(width * height));
    std::iota(picture.begin(), picture.end(), 0U);
    std::vector<std::uint32_t> now = picture;
    std::vector<std::uint32_t> next(picture.size());
    int w = width;
    int h = height;
    for (int quarter = 0; quarter < 4; ++quarter) {
      turn(now.data(), w, h, 90, next.data());
      std::swap(now, next);
      std::swap(w, h);
    }
    EXPECT_EQ(now, picture) << width << 'x' << height;
    std::vector<std::uint32_t> once(picture.size());
    turn(picture.data(), width, height, 90, once.data());
    turn(once.data(), height, width, 270, next.data());
    EXPECT_EQ(next, picture) << "90 and 270 undo each other";
  }
}

TEST(Pixels, FindWhatChangedAndNothingBeside) {
  constexpr Size kSize{7, 5};
  std::vector<std::uint32_t> from(35, 1);
  std::vector<std::uint32_t> to = from;
  EXPECT_EQ(changed_area(from, to, kSize), Rect{});
  const auto put = [&](int x, int y) { to[static_cast<std::size_t>(y * 7 + x)] = 2; };
  put(3, 2);
  EXPECT_EQ(changed_area(from, to, kSize), (Rect{3, 2, 1, 1}));
  put(1, 3);
  EXPECT_EQ(changed_area(from, to, kSize), (Rect{1, 2, 3, 2}));
  put(6, 4);
  put(0, 0);
  EXPECT_EQ(changed_area(from, to, kSize), (Rect{0, 0, 7, 5}));
}

TEST(Pixels, FindWhatChangedInRandomPictures) {
  std::mt19937 random(11);
  for (int round = 0; round < 500; ++round) {
    const Size size{1 + static_cast<int>(random() % 20), 1 + static_cast<int>(random() % 20)};
    const auto count = static_cast<std::size_t>(size.width * size.height);
    const std::vector<std::uint32_t> from(count, 5);
    std::vector<std::uint32_t> to = from;
    int left = size.width, right = 0, top = size.height, bottom = 0;
    for (std::size_t change = random() % 4; change > 0; --change) {
      const std::size_t at = random() % count;
      to[at] = 6;
      const int x = static_cast<int>(at) % size.width;
      const int y = static_cast<int>(at) / size.width;
      left = std::min(left, x), right = std::max(right, x + 1);
      top = std::min(top, y), bottom = std::max(bottom, y + 1);
    }
    const Rect expected = right == 0 ? Rect{} : Rect{left, top, right - left, bottom - top};
    ASSERT_EQ(changed_area(from, to, size), expected) << "round " << round;
  }
}

TEST(Pixels, AreDimmedChannelByChannelRoundedToNearest) {
  std::vector<std::uint32_t> pixels{to_word({255, 100, 1}), to_word({0, 3, 254})};
  dim(pixels, 500);
  EXPECT_EQ(pixels[0], to_word({128, 50, 1}));
  EXPECT_EQ(pixels[1], to_word({0, 2, 127}));
  dim(pixels, 1000);
  EXPECT_EQ(pixels[0], to_word({128, 50, 1}));
  dim(pixels, 0);
  EXPECT_EQ(pixels[0], to_word({0, 0, 0}));
  EXPECT_EQ(dimmed({255, 100, 1}, 500), (Color{128, 50, 1}));
}

}  // namespace
}  // namespace noseon
