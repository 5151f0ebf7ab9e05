#include "player/legibility.h"

#include <gtest/gtest.h>

#include "tests/player/pictures.h"

namespace noseon {
namespace {

constexpr Color kBlack{0, 0, 0};
constexpr Color kWhite{255, 255, 255};

// White, with `dark` black pixels in its first row of 100.
PicturePtr specked(int dark) {
  std::vector<std::uint32_t> pixels(1000, 0xffffffffU);
  for (int i = 0; i < dark; ++i) pixels[static_cast<std::size_t>(i)] = 0xff000000U;
  return make_picture({100, 10}, std::move(pixels));
}

const std::vector<Rect> kAll = {{0, 0, 100, 10}};

TEST(Legibility, OnOneColourItIsTheRatioOfTheTwo) {
  EXPECT_DOUBLE_EQ(contrast_with(*solid({4, 4}, kWhite), {{0, 0, 4, 4}}, kBlack), 21);
  EXPECT_DOUBLE_EQ(contrast_with(*solid({4, 4}, {9, 99, 199}), {{0, 0, 4, 4}}, kWhite),
                   contrast_ratio(kWhite, {9, 99, 199}));
}

TEST(Legibility, TheWorstHundredthIsLeftOutAndNotAPixelMore) {
  EXPECT_DOUBLE_EQ(contrast_with(*specked(10), kAll, kBlack), 21);
  EXPECT_DOUBLE_EQ(contrast_with(*specked(11), kAll, kBlack), 1);
}

TEST(Legibility, OnlyThePixelsInsideCount) {
  EXPECT_DOUBLE_EQ(contrast_with(*specked(50), {{50, 0, 50, 10}}, kBlack), 21);
  EXPECT_DOUBLE_EQ(contrast_with(*specked(50), {{-9, -9, 59, 10}}, kBlack), 1) << "clipped";
  EXPECT_DOUBLE_EQ(contrast_with(*specked(50), {{500, 0, 9, 9}, {0, 0, 0, 0}}, kBlack), 21);
  EXPECT_DOUBLE_EQ(contrast_with(*specked(50), {}, kBlack), 21);
}

TEST(Legibility, AVeilIsLaidOverAsThePainterWould) {
  EXPECT_DOUBLE_EQ(contrast_with(*solid({4, 4}, kWhite), {{0, 0, 4, 4}}, kWhite, kBlack, 100), 21);
  EXPECT_DOUBLE_EQ(contrast_with(*solid({4, 4}, kWhite), {{0, 0, 4, 4}}, kWhite, kBlack, 20),
                   contrast_ratio(kWhite, {204, 204, 204}));
}

TEST(Legibility, TheScrimIsTheLeastThatIsEnough) {
  for (int level = 0; level < 256; ++level) {
    const auto grey = static_cast<std::uint8_t>(level);
    const PicturePtr picture = solid({2, 2}, {grey, grey, grey});
    const std::vector<Rect> all = {{0, 0, 2, 2}};
    const int scrim = scrim_needed(*picture, all, kWhite, kBlack, 0);
    EXPECT_GE(contrast_with(*picture, all, kWhite, kBlack, scrim), kContrastMin);
    if (scrim > 0) {
      EXPECT_LT(contrast_with(*picture, all, kWhite, kBlack, scrim - 1), kContrastMin);
    }
    EXPECT_EQ(scrim_needed(*picture, all, kWhite, kBlack, 70), std::max(scrim, 70));
  }
}

TEST(Legibility, WhereNoScrimIsEnoughItIsWhole) {
  EXPECT_EQ(scrim_needed(*solid({2, 2}, kWhite), {{0, 0, 2, 2}}, kWhite, kWhite, 0), 100);
}

TEST(Legibility, PercentAreOpacities) {
  EXPECT_EQ(opacity_of(0), 0);
  EXPECT_EQ(opacity_of(1), 3);
  EXPECT_EQ(opacity_of(50), 128);
  EXPECT_EQ(opacity_of(100), 255);
}

}  // namespace
}  // namespace noseon
