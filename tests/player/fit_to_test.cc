// Pictures on a glass of another size.
#include <gtest/gtest.h>

#include "player/scale.h"
#include "tests/player/pictures.h"

namespace noseon {
namespace {

TEST(FitTo, IsThePictureItselfWhereTheSizesAgree) {
  const PicturePtr picture = coordinates({16, 9});
  EXPECT_EQ(fit_to(picture, {16, 9}), picture);
}

TEST(FitTo, TakesTheMeanOfWhatAPixelCovers) {
  const PicturePtr picture =
      make_picture({4, 2}, {0xff000000, 0xff0000ff, 0xff00ff00, 0xff00ff00,  //
                            0xff0000ff, 0xff000000, 0xff00ff00, 0xff00ff00});
  const PicturePtr half = fit_to(picture, {2, 1});
  EXPECT_EQ(color_at(*half, 0, 0), (Color{0, 0, 128}));
  EXPECT_EQ(color_at(*half, 1, 0), (Color{0, 255, 0}));
}

TEST(FitTo, KeepsAPlainColourAtEveryScale) {
  const Color color{0x12, 0x9a, 0xfe};
  for (const Size size : {Size{1, 1}, Size{3, 2}, Size{15, 10}, Size{160, 90}, Size{47, 31}}) {
    const PicturePtr fitted_picture = fit_to(solid({30, 20}, color), size);
    ASSERT_EQ(fitted_picture->size(), size);
    for (int y = 0; y < size.height; ++y)
      for (int x = 0; x < size.width; ++x) ASSERT_EQ(color_at(*fitted_picture, x, y), color);
  }
}

TEST(FitTo, PutsMarginsInTheEdgeColourAndNeverBlack) {
  const PicturePtr picture = solid({100, 50}, {200, 100, 50});
  const PicturePtr tall = fit_to(picture, {100, 100});
  EXPECT_EQ(fitted({100, 50}, {100, 100}), (Rect{0, 25, 100, 50}));
  EXPECT_EQ(color_at(*tall, 0, 0), edge_color(*picture));
  EXPECT_EQ(color_at(*tall, 99, 99), edge_color(*picture));
  EXPECT_EQ(color_at(*tall, 50, 50), (Color{200, 100, 50}));
}

TEST(Fitted, FillsTheGlassWhereTheAspectIsTheSame) {
  EXPECT_EQ(fitted({1920, 1080}, {960, 540}), (Rect{0, 0, 960, 540}));
  EXPECT_EQ(fitted({960, 540}, {1920, 1080}), (Rect{0, 0, 1920, 1080}));
  EXPECT_EQ(fitted({8192, 16}, {100, 100}), (Rect{0, 49, 100, 1})) << "at least a line";
  EXPECT_EQ(fitted({50, 100}, {100, 100}), (Rect{25, 0, 50, 100}));
}

TEST(FitTo, EnlargesSmoothlyBetweenTheCentresOfPixels) {
  const PicturePtr picture = make_picture({2, 1}, {0xff000000, 0xff0000ff});
  const PicturePtr wide = fit_to(picture, {8, 4});
  int before = -1;
  for (int x = 0; x < 8; ++x) {
    const int blue = color_at(*wide, x, 2).blue;
    ASSERT_GE(blue, before);
    before = blue;
  }
  EXPECT_EQ(color_at(*wide, 0, 2).blue, 0);
  EXPECT_EQ(color_at(*wide, 7, 2).blue, 255);
}

}  // namespace
}  // namespace noseon
