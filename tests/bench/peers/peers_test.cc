// The bench's instruments: codes, the reference, the arithmetic of the table.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/bench/peers/code.h"
#include "tests/bench/peers/reference.h"
#include "tests/bench/peers/results.h"

namespace noseon::peers {
namespace {

using ::testing::HasSubstr;

RgbPicture picture_of(Size size, const std::function<std::uint8_t(int x, int y)>& value) {
  RgbPicture picture{size, {}};
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      for (int channel = 0; channel < 3; ++channel) picture.bytes.push_back(value(x, y));
  return picture;
}

std::uint8_t uneven(int x, int y) {
  return static_cast<std::uint8_t>((x * 37 + y * 101 + x * y) % 256);
}

// A picture in grey on a black glass.
PicturePtr glass_with(const RgbPicture& picture, Point corner, Size glass) {
  std::vector<std::uint32_t> pixels(
      static_cast<std::size_t>(glass.width) * static_cast<std::size_t>(glass.height), 0xff000000U);
  for (int y = 0; y < picture.size.height; ++y) {
    for (int x = 0; x < picture.size.width; ++x) {
      const std::uint32_t value = picture.row(y)[x * 3];
      pixels[static_cast<std::size_t>((corner.y + y) * glass.width + corner.x + x)] =
          0xff000000U | value << 16U | value << 8U | value;
    }
  }
  return make_picture(glass, std::move(pixels));
}

TEST(PeersCode, EachPosterIsKnownByItsColourEvenAfterJpeg) {
  for (int code = 0; code < kPosters; ++code) {
    Color color = color_of(code);
    color.red = static_cast<std::uint8_t>(color.red + 25);
    color.green = static_cast<std::uint8_t>(color.green - 25);
    EXPECT_EQ(code_of(color), code);
  }
}

TEST(PeersCode, BlackGreyAndWhiteAreNoPoster) {
  for (const Color color : {Color{}, Color{128, 128, 128}, Color{255, 255, 255}})
    EXPECT_EQ(code_of(color), std::nullopt);
}

TEST(PeersCode, APrintPosterLiesInTheMiddleOfTheGlass) {
  EXPECT_EQ(fitted_in({6000, 4000}, {1920, 1080}), (Rect{150, 0, 1620, 1080}));
}

TEST(PeersReference, AtItsOwnSizeAPictureIsItself) {
  const RgbPicture picture = picture_of({31, 17}, uneven);
  const Reference same = scaled(picture, picture.size);
  for (std::size_t i = 0; i < picture.bytes.size(); ++i)
    ASSERT_NEAR(same.values[i], picture.bytes[i], 0.001);
}

TEST(PeersReference, FineBlackAndWhiteBecomesTheMeanOfTheirLight) {
  const RgbPicture board = picture_of(
      {64, 64}, [](int x, int y) { return static_cast<std::uint8_t>((x + y) % 2 == 0 ? 255 : 0); });
  const Reference small = scaled(board, {16, 16});
  // Half the light of white is 188 in sRGB; half of its value would be 128.
  EXPECT_NEAR(small.values[(8 * 16 + 8) * 3], 187.5, 0.6);
}

TEST(PeersReference, APictureOnePixelAsideIsFoundThere) {
  const RgbPicture picture = picture_of({40, 30}, uneven);
  const Match match =
      best_match(*glass_with(picture, {11, 9}, {64, 48}), picture, {12, 10, 40, 30});
  EXPECT_EQ(match.place, (Rect{11, 9, 40, 30}));
  EXPECT_GT(match.psnr, 90);
}

TEST(PeersReference, AnErrorOfOneStepInEveryPixelIs48Decibels) {
  const RgbPicture picture = picture_of({40, 30}, [](int, int) { return std::uint8_t{100}; });
  const RgbPicture other = picture_of({40, 30}, [](int, int) { return std::uint8_t{101}; });
  const Match match = best_match(*glass_with(other, {4, 4}, {64, 48}), picture, {4, 4, 40, 30});
  EXPECT_NEAR(match.psnr, 20 * std::log10(255.0), 0.001);
}

TEST(PeersTable, StatisticsAreThoseOfTheBooks) {
  EXPECT_EQ(statistic(Statistic::median, {9, 1, 4}), 4);
  EXPECT_EQ(statistic(Statistic::median, {9, 1, 4, 2}), 3);
  EXPECT_EQ(statistic(Statistic::mean, {1, 2, 6}), 3);
  EXPECT_EQ(statistic(Statistic::deviation, {2, 4, 6}), 2);
  EXPECT_EQ(statistic(Statistic::largest, {2, 9, 6}), 9);
}

TEST(PeersTable, WhatIsAskedIsReachedAtItsBoundAndMissedPastIt) {
  for (const auto& [own, word] : {std::pair{30.0, "| yes |"}, std::pair{30.1, "| **no** |"}}) {
    Results results;
    results.add("start_print", "feh", 100);
    results.add("start_print", kNoseon, own);
    EXPECT_THAT(results.table({2}), HasSubstr(word)) << own;
  }
}

TEST(PeersTable, WithoutThePeerNothingIsReached) {
  Results results;
  results.add("start_print", kNoseon, 1);
  EXPECT_THAT(results.table({2}), HasSubstr("| 1 | <= 0.3x feh | - | not measured |"));
}

TEST(PeersTable, AMissedBoundIsMissedWhateverPeerIsNotThere) {
  Results results;
  results.add("next_print", kNoseon, 18);
  EXPECT_THAT(results.table({3}), HasSubstr("| **no** |"));
}

TEST(PeersTable, AnErrorCountsOnBothSidesOfZero) {
  Results results;
  results.add("stand", kNoseon, -1.5);
  EXPECT_THAT(results.table({5}), HasSubstr("| -1.5 | <= 1 ms | - | **no** |"));
}

}  // namespace
}  // namespace noseon::peers
