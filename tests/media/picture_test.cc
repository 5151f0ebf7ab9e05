#include "media/picture.h"

#include <gtest/gtest.h>
#include <png.h>

#include <string>
#include <vector>

#include "media/png.h"
#include "media/sniff.h"
#include "tests/media/picture_files.h"

namespace noseon {
namespace {

using testing::Pixels;
using testing::test_pattern;

constexpr std::uint32_t kRed = 0xFFFF0000U, kBlue = 0xFF0000FFU, kBlack = 0xFF000000U,
                        kWhite = 0xFFFFFFFFU;

TEST(EdgeColor, IsTheMeanOfTheRimAndOfNothingInside) {
  const PicturePtr picture = make_picture({3, 3}, {kRed, kRed, kRed,   //
                                                   kRed, kBlue, kRed,  //
                                                   kRed, kRed, kRed});
  EXPECT_EQ(edge_color(*picture), (Color{255, 0, 0}));
}

TEST(EdgeColor, CountsEachPixelOnceCornersToo) {
  // Twelve on the rim, three white: 255 * 3 / 12 = 63.75.
  const PicturePtr picture = make_picture({4, 4}, {kWhite, kBlack, kBlack, kWhite,  //
                                                   kBlack, kRed, kRed, kBlack,      //
                                                   kBlack, kRed, kRed, kBlack,      //
                                                   kBlack, kBlack, kBlack, kWhite});
  EXPECT_EQ(edge_color(*picture), (Color{64, 64, 64}));
}

TEST(EdgeColor, OfOneRowColumnOrPixel) {
  EXPECT_EQ(edge_color(*make_picture({1, 1}, {0xFF102030U})), (Color{0x10, 0x20, 0x30}));
  EXPECT_EQ(edge_color(*make_picture({4, 1}, {kWhite, kBlack, kBlack, kBlack})),
            (Color{64, 64, 64}));
  EXPECT_EQ(edge_color(*make_picture({1, 4}, {kBlack, kWhite, kBlack, kBlack})),
            (Color{64, 64, 64}));
}

TEST(EncodePng, IsReadBackAsTheSamePixels) {
  const Size size{33, 9};
  const Pixels pixels = test_pattern(size);
  const auto png = encode_png(*make_picture(size, pixels));
  ASSERT_TRUE(png) << png.error().message;
  const auto info = sniff_picture(*png);
  ASSERT_TRUE(info) << info.error().message;
  EXPECT_EQ(info->format, PictureFormat::png);
  EXPECT_EQ(info->size, size);

  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  ASSERT_TRUE(png_image_begin_read_from_memory(&image, png->data(), png->size()));
  EXPECT_EQ(image.format, PNG_FORMAT_RGB);
  image.format = PNG_FORMAT_BGRA;
  Pixels back(pixels.size());
  ASSERT_TRUE(png_image_finish_read(&image, nullptr, back.data(), 0, nullptr));
  EXPECT_EQ(back, pixels);
}

TEST(EncodePng, GivesTheSameBytesForTheSamePixels) {
  const Size size{50, 50};
  const auto once = encode_png(*make_picture(size, test_pattern(size)));
  const auto again = encode_png(*make_picture(size, test_pattern(size)));
  ASSERT_TRUE(once && again);
  EXPECT_EQ(*once, *again);
  EXPECT_EQ(once->find("tIME"), std::string::npos);
}

}  // namespace
}  // namespace noseon
