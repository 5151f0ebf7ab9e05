// What noseon-prepare makes of every kind of original, pixel by pixel.
#include "media/preparer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <random>
#include <string>
#include <vector>

#include "media/png.h"
#include "tests/media/own_process.h"
#include "tests/media/picture_files.h"
#include "tests/media/profiles.h"
#include "tests/media/reference_scale.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

constexpr Color kMagenta{255, 0, 255};
constexpr Size kLarge{4000, 4000};  // larger than every picture here: nothing is scaled

fs::path program() {
  return fs::path(NOSEON_BIN_DIR) / "noseon-prepare";
}

class PreparerTest : public ::testing::Test {
 protected:
  DecodeRequest request(std::string_view bytes, Size box, Fit fit = Fit::fit,
                        Color background = kMagenta) {
    return {folder_.write("picture", bytes), box, fit, background};
  }
  Result<PreparedFile> prepare(std::string_view bytes, Size box, Fit fit = Fit::fit,
                               Color background = kMagenta) {
    return preparer_.prepare(request(bytes, box, fit, background));
  }
  // A failure and nothing where it is refused.
  std::string prepared(std::string_view bytes, Size box, Fit fit = Fit::fit,
                       Color background = kMagenta) {
    const auto file = prepare(bytes, box, fit, background);
    if (!file) ADD_FAILURE() << file.error().message;
    return file ? std::string(file->file.bytes()) : std::string();
  }
  // The pixels of what was prepared, 1:1.
  Pixels pixels_of(std::string_view bytes, Size box, Fit fit = Fit::fit,
                   Color background = kMagenta) {
    const auto file = prepare(bytes, box, fit, background);
    if (!file) {
      ADD_FAILURE() << file.error().message;
      return {};
    }
    size_ = file->size;
    const auto picture =
        decoder_.decode(file->file.file(), {{}, file->size, Fit::fit, {0, 255, 0}});
    if (!picture) {
      ADD_FAILURE() << picture.error().message;
      return {};
    }
    return {(*picture)->pixels().begin(), (*picture)->pixels().end()};
  }

  TemporaryFolder folder_;
  Preparer preparer_{program()};
  Decoder decoder_{fs::path(NOSEON_BIN_DIR) / "noseon-decode", 60s};
  Size size_;  // of the last pixels_of()
};

::testing::AssertionResult is_near(const Pixels& got, const Pixels& want, std::uint32_t tolerance) {
  if (got.size() != want.size()) {
    return ::testing::AssertionFailure() << got.size() << " pixels, not " << want.size();
  }
  for (std::size_t i = 0; i < got.size(); ++i) {
    for (unsigned c = 0; c < 24; c += 8) {
      const auto a = static_cast<int>(got[i] >> c & 0xFFU),
                 b = static_cast<int>(want[i] >> c & 0xFFU);
      if (std::abs(a - b) > static_cast<int>(tolerance)) {
        return ::testing::AssertionFailure()
               << fmt::format("pixel {}: {:08X}, not {:08X}", i, got[i], want[i]);
      }
    }
  }
  return ::testing::AssertionSuccess();
}

constexpr std::size_t kBlock = 16;

// Each value as a block of 16 x 16 pixels, side by side: flat enough for PNG, which keeps every
// bit.
template <class Value>
std::vector<Value> in_blocks(const std::vector<Value>& values) {
  std::vector<Value> blocks;
  for (std::size_t y = 0; y < kBlock; ++y) {
    for (const Value& value : values) blocks.insert(blocks.end(), kBlock, value);
  }
  return blocks;
}
Size size_in_blocks(std::size_t count) {
  return {static_cast<int>(count * kBlock), static_cast<int>(kBlock)};
}

// A PNG of those samples in blocks: each string is one pixel.
std::string png_in_blocks(const std::vector<std::string>& samples, int depth, int color_type,
                          const std::string& palette = {}, const std::string& transparency = {}) {
  PngParts parts{static_cast<std::uint32_t>(samples.size() * kBlock),
                 kBlock,
                 depth,
                 color_type,
                 palette,
                 transparency,
                 {}};
  for (const std::string& pixel : in_blocks(samples)) parts.rows += pixel;
  return png_file(parts);
}

TEST_F(PreparerTest, EveryKindOfPngComesOutAsItLooks) {
  using namespace std::string_literals;
  constexpr std::uint32_t kUnder = 0xFFFF00FFU;  // magenta
  const auto grey = [](std::uint32_t v) { return 0xFF000000U | v << 16U | v << 8U | v; };
  const std::string palette = "\x10\x20\x30\x40\x50\x60\x70\x80\x90"s;
  struct Kind {
    const char* name;
    std::string file;
    Pixels blocks;
  };
  const std::vector<Kind> kinds = {
      {"grey 8", png_in_blocks({"\x33", "\xC8"}, 8, 0), {grey(0x33), grey(0xC8)}},
      {"grey 16", png_in_blocks({"\x33\x33"s, "\xC8\xFF"s}, 16, 0), {grey(0x33), grey(0xC8)}},
      {"grey 16, rounded",
       png_in_blocks({"\x80\x00"s, "\x7F\xFF"s}, 16, 0),
       {grey(0x80), grey(0x7F)}},
      {"grey, one transparent",
       png_in_blocks({"\x33", "\xC8"}, 8, 0, {}, "\0\x33"s),
       {kUnder, grey(0xC8)}},
      {"grey and alpha",
       png_in_blocks({"\x33\xFF"s, "\x44\0"s, "\xFF\x80"s}, 8, 4),
       {grey(0x33), kUnder, 0xFFFF80FFU}},
      {"grey and alpha 16",
       png_in_blocks({"\x33\x33\xFF\xFF"s, "\x44\0\0\0"s}, 16, 4),
       {grey(0x33), kUnder}},
      {"rgb 8", png_in_blocks({"\1\2\3", "\4\5\6"}, 8, 2), {0xFF010203U, 0xFF040506U}},
      {"rgb 16",
       png_in_blocks({"\1\1\2\2\3\3"s, "\xFF\xFF\0\0\x80\x80"s}, 16, 2),
       {0xFF010203U, 0xFFFF0080U}},
      {"rgb, one transparent",
       png_in_blocks({"\1\2\3", "\4\5\6"}, 8, 2, {}, "\0\4\0\5\0\6"s),
       {0xFF010203U, kUnder}},
      {"rgba",
       png_in_blocks({"\1\2\3\xFF"s, "\x7F\x7F\x7F\0"s, "\xFF\xFF\xFF\x80"s}, 8, 6),
       {0xFF010203U, kUnder, 0xFFFF80FFU}},
      {"rgba 16",
       png_in_blocks({"\1\1\2\2\3\3\xFF\xFF"s, "\x7F\x7F\x7F\x7F\x7F\x7F\0\0"s}, 16, 6),
       {0xFF010203U, kUnder}},
      {"palette",
       png_in_blocks({"\2", "\1", std::string(1, '\0')}, 8, 3, palette),
       {0xFF708090U, 0xFF405060U, 0xFF102030U}},
      {"palette with transparency",
       png_in_blocks({std::string(1, '\0'), "\1", "\2"}, 8, 3, palette, "\xFF\0\x80"s),
       {0xFF102030U, kUnder, 0xFFB740C7U}},
  };
  for (const Kind& kind : kinds) {
    EXPECT_TRUE(is_near(pixels_of(kind.file, kLarge), in_blocks(kind.blocks), 0)) << kind.name;
  }
}

TEST_F(PreparerTest, TransparentPixelsOfWebpAreOnTheBackgroundToo) {
  const Pixels blocks = in_blocks(Pixels{0x00FFFFFFU, 0x80FFFFFFU, 0xFF102030U});
  EXPECT_TRUE(
      is_near(pixels_of(webp_file(size_in_blocks(3), blocks), kLarge, Fit::fit, {0, 0, 255}),
              in_blocks(Pixels{0xFF0000FFU, 0xFF8080FFU, 0xFF102030U}), 0));
}

// The pixels of an orientation, as EXIF 2.32 draws them, from those that are stored.
Pixels upright(const Pixels& stored, Size size, unsigned orientation) {
  const bool is_turned = orientation >= 5;
  const int width = is_turned ? size.height : size.width,
            height = is_turned ? size.width : size.height;
  Pixels out;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const int right = size.width - 1, bottom = size.height - 1;
      const int table[8][2] = {{x, y}, {right - x, y},  {right - x, bottom - y}, {x, bottom - y},
                               {y, x}, {y, bottom - x}, {right - y, bottom - x}, {right - y, x}};
      const int* const from = table[orientation - 1];
      out.push_back(stored[static_cast<std::size_t>(from[1] * size.width + from[0])]);
    }
  }
  return out;
}

TEST_F(PreparerTest, EveryOrientationIsUprightScaledOrNot) {
  const Size stored{96, 64};
  const Pixels pixels = photograph(stored);
  const std::string jpeg = jpeg_file(stored, pixels);
  for (unsigned orientation = 1; orientation <= 8; ++orientation) {
    const std::string file = with_segment(jpeg, exif_segment(orientation));
    const Pixels want = upright(decoded_jpeg(jpeg), stored, orientation);
    const Pixels same = pixels_of(file, kLarge);
    const Size size = size_;
    ASSERT_EQ(size, orientation >= 5 ? (Size{64, 96}) : stored) << orientation;
    EXPECT_GT(psnr(same, want), 42) << orientation;
    const Size half{size.width / 2, size.height / 2};
    const Pixels small = pixels_of(file, half);
    ASSERT_EQ(size_, half) << orientation;
    EXPECT_GT(psnr(small, reference_scale(size, want, half)), 42) << orientation;
  }
}

TEST_F(PreparerTest, AProfileOfWideColoursBecomesSrgb) {
  // Adobe RGB by its own arithmetic: light is value^2.2; the matrices of the two primaries.
  const auto srgb_of = [](std::array<int, 3> adobe) {
    std::array<double, 3> light{};
    for (std::size_t i = 0; i < 3; ++i) light[i] = std::pow(adobe[i] / 255.0, 2.2);
    const double red = 1.39836 * light[0] - 0.39836 * light[1];
    const double green = light[1];
    const double blue = -0.04293 * light[1] + 1.04293 * light[2];
    const auto value = [](double l) {
      return static_cast<std::uint32_t>(std::lround(255 * value_of_light(l)));
    };
    return 0xFF000000U | value(red) << 16U | value(green) << 8U | value(blue);
  };
  const std::vector<std::array<int, 3>> colors = {
      {200, 100, 50}, {128, 128, 128}, {50, 200, 100}, {20, 30, 240}, {255, 255, 255}};
  std::vector<std::string> samples;
  Pixels want;
  for (const auto& color : colors) {
    samples.push_back(
        {static_cast<char>(color[0]), static_cast<char>(color[1]), static_cast<char>(color[2])});
    want.push_back(srgb_of(color));
  }
  const std::string plain = png_in_blocks(samples, 8, 2);
  EXPECT_TRUE(
      is_near(pixels_of(with_profile(plain, adobe_rgb_profile()), kLarge), in_blocks(want), 2));
  EXPECT_FALSE(is_near(pixels_of(plain, kLarge), in_blocks(want), 2))
      << "without it nothing changes";
}

TEST_F(PreparerTest, AJpegsProfileIsAppliedToo) {
  const Pixels blocks = in_blocks(Pixels(4, 0xFF32C864U));
  const std::string jpeg = jpeg_file(size_in_blocks(4), blocks);
  const Pixels got = pixels_of(with_segment(jpeg, profile_segment(adobe_rgb_profile())), kLarge);
  ASSERT_FALSE(got.empty());
  EXPECT_EQ(got[0] >> 16U & 0xFFU, 0U) << "more green than sRGB has: red is clipped";
  EXPECT_NEAR(got[0] >> 8U & 0xFFU, 200, 3);
}

TEST_F(PreparerTest, AProfileThatIsSrgbChangesNothing) {
  const std::string plain = png_in_blocks({"\x01\x02\x03", "\xC8\x64\x32"}, 8, 2);
  EXPECT_TRUE(is_near(pixels_of(with_profile(plain, srgb_profile()), kLarge),
                      in_blocks(Pixels{0xFF010203U, 0xFFC86432U}), 0));
}

TEST_F(PreparerTest, AGreyProfileBecomesSrgb) {
  const Pixels got = pixels_of(
      with_profile(png_in_blocks({"\x40", "\x80", "\xFF"}, 8, 0), linear_grey_profile()), kLarge);
  const auto value = [](int v) {
    const auto s = static_cast<std::uint32_t>(std::lround(255 * value_of_light(v / 255.0)));
    return 0xFF000000U | s << 16U | s << 8U | s;
  };
  EXPECT_TRUE(is_near(got, in_blocks(Pixels{value(0x40), value(0x80), 0xFFFFFFFFU}), 2));
}

TEST_F(PreparerTest, AProfileOfOtherColoursOrABrokenOneIsAsNone) {
  const std::string plain = png_in_blocks({"\x01\x02\x03", "\xC8\x64\x32"}, 8, 2);
  const Pixels want = in_blocks(Pixels{0xFF010203U, 0xFFC86432U});
  EXPECT_TRUE(is_near(pixels_of(with_profile(plain, simple_cmyk_profile()), kLarge), want, 0));
  EXPECT_TRUE(is_near(pixels_of(with_profile(plain, std::string(300, 'x')), kLarge), want, 0));
}

TEST_F(PreparerTest, AGammaThatIsNotSrgbsIsApplied) {
  using namespace std::string_literals;
  const std::string plain = png_in_blocks({"\x40\x80\xFF", "\x80\x80\x80"}, 8, 2);
  const std::string linear = with_chunk(plain, "gAMA", "\x00\x01\x86\xA0"s);  // 100,000: light
  const auto value = [](int v) {
    return static_cast<std::uint32_t>(std::lround(255 * value_of_light(v / 255.0)));
  };
  const std::uint32_t middle = 0xFF000000U | value(0x80) << 16U | value(0x80) << 8U | value(0x80);
  EXPECT_TRUE(
      is_near(pixels_of(linear, kLarge),
              in_blocks(Pixels{0xFF0000FFU | value(0x40) << 16U | value(0x80) << 8U, middle}), 2));
  const Pixels as_it_is = in_blocks(Pixels{0xFF4080FFU, 0xFF808080U});
  const std::string usual = with_chunk(plain, "gAMA", "\x00\x00\xB1\x8F"s);  // 45,455: 1/2.2
  EXPECT_TRUE(is_near(pixels_of(usual, kLarge), as_it_is, 0));
  const std::string said = with_chunk(linear, "sRGB", std::string(1, '\0'));
  EXPECT_TRUE(is_near(pixels_of(said, kLarge), as_it_is, 0)) << "sRGB stands above gAMA";
}

// Inks of 0 or all, in every combination: as inverted samples, as Adobe stores them.
Pixels all_inks() {
  Pixels pixels;
  for (std::uint32_t i = 0; i < 16; ++i) {
    std::uint32_t pixel = 0;
    for (unsigned ink = 0; ink < 4; ++ink) {
      const bool is_full = (i >> ink & 1U) != 0;
      const unsigned shift = std::array{16U, 8U, 0U, 24U}[ink];  // cyan in red's place, and so on
      pixel |= (is_full ? 0U : 255U) << shift;
    }
    pixels.push_back(pixel);
  }
  return pixels;
}

TEST_F(PreparerTest, CmykWithAProfileBecomesSrgb) {
  Pixels want;
  for (std::uint32_t i = 0; i < 16; ++i) {
    std::uint32_t pixel = 0xFF000000U;
    for (unsigned ink = 0; ink < 3; ++ink) {
      const bool is_left = (i >> ink & 1U) == 0 && i < 8;
      pixel |= (is_left ? 255U : 0U) << (16 - 8 * ink);
    }
    want.push_back(pixel);
  }
  const std::string inverted =
      jpeg_file(size_in_blocks(16), in_blocks(all_inks()), {JpegColors::cmyk});
  const std::string profile = profile_segment(simple_cmyk_profile());
  EXPECT_TRUE(is_near(pixels_of(with_segment(inverted, profile), kLarge), in_blocks(want), 4));

  // Without Adobe's marker samples are inks.
  Pixels inks = all_inks();
  for (std::uint32_t& pixel : inks) pixel = ~pixel;
  const std::string as_they_are =
      jpeg_file(size_in_blocks(16), in_blocks(inks), {JpegColors::cmyk, false, 0, 100, false});
  EXPECT_TRUE(is_near(pixels_of(with_segment(as_they_are, profile), kLarge), in_blocks(want), 4));
}

TEST_F(PreparerTest, CmykWithoutAProfileIsPrintedOnPaper) {
  const Pixels got =
      pixels_of(jpeg_file(size_in_blocks(16), in_blocks(all_inks()), {JpegColors::cmyk}), kLarge);
  ASSERT_EQ(got.size(), 16 * kBlock * kBlock);
  const auto band = [&got](std::size_t inks, unsigned shift) {
    return got[inks * kBlock + kBlock / 2] >> shift & 0xFFU;
  };
  for (const unsigned shift : {0U, 8U, 16U}) {
    EXPECT_GE(band(0, shift), 250U) << "paper";
    EXPECT_LE(band(8, shift), 60U) << "black";
    EXPECT_LE(band(15, shift), 30U) << "all inks";
  }
  EXPECT_GT(band(1, 0), band(1, 16) + 100) << "cyan is bluer than red";
  EXPECT_GT(band(2, 16), band(2, 8) + 100) << "magenta is redder than green";
  EXPECT_GT(band(4, 16), band(4, 0) + 100) << "yellow is redder than blue";
}

TEST_F(PreparerTest, ReducesInLinearLight) {
  const Size size{256, 256};
  Pixels board;
  for (std::size_t i = 0; i < 256 * 256; ++i)
    board.push_back((i + i / 256) % 2 == 0 ? 0xFF000000U : 0xFFFFFFFFU);
  const Pixels small = pixels_of(rgba_png(size, board), {32, 32});
  ASSERT_EQ(small.size(), 1024U);
  EXPECT_NEAR(small[15 * 32 + 15] & 0xFFU, 188, 1) << "half of the light, not half of the value";

  PngParts wide{256, 256, 16, 0, {}, {}, {}};
  for (const std::uint32_t pixel : board) wide.rows += std::string(2, static_cast<char>(pixel));
  EXPECT_NEAR(pixels_of(png_file(wide), {32, 32})[15 * 32 + 15] & 0xFFU, 188, 1) << "16 bits";
}

// A photograph with fine dark strokes on some of its rows.
Pixels lettered(Size size, int percent) {
  Pixels pixels = photograph(size);
  const auto width = static_cast<std::size_t>(size.width);
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    const std::size_t x = i % width, y = i / width;
    const bool is_stroke = (x / 23 + y / 37) % 3 == 0 && (x * 7 + y * 3) % 61 < 30;
    if (is_stroke && y % 100 < static_cast<std::size_t>(percent)) pixels[i] = 0xFF101020U;
  }
  return pixels;
}

TEST_F(PreparerTest, TheWholeChainIsAtLeast45AndAHalfDbFromTheReference) {
  struct Case {
    const char* name;
    Size size;
    Size box;
    bool is_subsampled;
    int lettered = 0;  // so many rows in a hundred have fine strokes on them
  };
  // Half of its size by DCT, at the least rest; just above it, in full; a print; a quarter.
  for (const Case& each : {Case{"3.70 times", {1500, 1000}, {1500, 270}, true},
                           Case{"3.60 times", {1440, 1080}, {1440, 300}, true},
                           Case{"3.55 times", {1420, 1065}, {1420, 300}, true},
                           Case{"7.4 times", {2220, 1480}, {2220, 200}, false},
                           Case{"3.13 times", {1250, 800}, {400, 800}, true},
                           Case{"2.2 times", {880, 660}, {400, 300}, true},
                           Case{"3.7 times, hardly lettered", {1500, 1000}, {1500, 270}, true, 1},
                           Case{"3.7 times, lettered", {1500, 1000}, {1500, 270}, true, 10},
                           Case{"3.7 times, nothing else", {1500, 1000}, {1500, 270}, true, 100},
                           Case{"7.4 times, lettered", {2220, 1480}, {2220, 200}, false, 10},
                           Case{"1.5 times, lettered", {900, 600}, {900, 400}, true, 100},
                           Case{"1.5 times", {900, 600}, {900, 400}, true},
                           Case{"1 time", {600, 400}, {600, 400}, true}}) {
    const std::string jpeg = jpeg_file(each.size, lettered(each.size, each.lettered),
                                       {JpegColors::rgb, false, 0, 92, true, each.is_subsampled});
    const auto file = prepare(jpeg, each.box);
    ASSERT_TRUE(file) << file.error().message;
    const auto picture = decoder_.decode(file->file.file(), {{}, each.box, Fit::fit, {}});
    ASSERT_TRUE(picture) << picture.error().message;
    const double db = psnr((*picture)->pixels(),
                           reference_scale(each.size, decoded_jpeg(jpeg), (*picture)->size()));
    std::cout << each.name << ": " << db << " dB, " << file->file.bytes().size() << " bytes\n";
    EXPECT_GE(db, 45.5) << each.name;
  }
}

// Nothing is worse to code than noise in all colours; and nothing is coded better than it need be,
// which each display would pay for.
TEST_F(PreparerTest, CodesNoiseAtThePromisedFidelityAndNoFiner) {
  const Size size{512, 384};
  std::mt19937 random(1992);
  Pixels noise(512 * 384);
  for (std::uint32_t& pixel : noise) {
    // Not at the ends of the values: what is clipped there is no error.
    const auto value = [&random] { return static_cast<std::uint32_t>(64 + random() % 128); };
    pixel = 0xFF000000U | value() << 16U | value() << 8U | value();
  }
  const double db = psnr(pixels_of(rgba_png(size, noise), size), noise);
  EXPECT_GE(db, 45);
  EXPECT_LE(db, 45.5);
}

TEST_F(PreparerTest, GivesTheSizeThatFitGives) {
  const std::string wide = jpeg_file({1000, 330}, photograph({1000, 330}));
  const auto size_of = [this, &wide](Size box, Fit fit) {
    const auto file = prepare(wide, box, fit);
    EXPECT_TRUE(file) << file.error().message;
    return file ? file->size : Size{};
  };
  EXPECT_EQ(size_of({500, 500}, Fit::fit), (Size{500, 165}));
  EXPECT_EQ(size_of({500, 50}, Fit::fit), (Size{152, 50}));
  EXPECT_EQ(size_of({500, 100}, Fit::fill), (Size{500, 100}));
  EXPECT_EQ(size_of({100, 330}, Fit::fill), (Size{100, 330})) << "cut, not scaled";
  EXPECT_EQ(size_of({1, 1}, Fit::fit), (Size{1, 1}));
}

TEST_F(PreparerTest, NeverScalesUp) {
  const std::string small = png_in_blocks({"\x01\x02\x03\xFF", "\xC8\x64\x32\x80"}, 8, 6);
  for (const Fit fit : {Fit::fit, Fit::fill}) {
    for (const Size box : {Size{33, 17}, Size{1920, 1080}, Size{8192, 8192}}) {
      const auto file = prepare(small, box, fit);
      ASSERT_TRUE(file) << file.error().message;
      EXPECT_EQ(file->size, (Size{32, 16})) << box.width << " x " << box.height;
    }
  }
}

TEST_F(PreparerTest, WhatDisplaysCannotDecodeIsMadeSmallerThoughTheBoxIsLarge) {
  // 8,192 x 8,192 pixels would fit the box; noseon-decode takes 16 Mi.
  PngParts parts{6000, 6000, 1, 0, {}, {}, std::string(6000 * 750, '\x5A')};
  const auto file = prepare(png_file(parts), {8192, 8192});
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->size, (Size{4096, 4096}));
  EXPECT_TRUE(is_prepared(file->file.bytes(), {{}, {8192, 8192}, Fit::fit, {}}));
}

TEST_F(PreparerTest, PreparingTwiceIsPreparingOnce) {
  const std::vector<std::pair<const char*, std::string>> originals = {
      {"photograph", jpeg_file({700, 433}, photograph({700, 433}))},
      {"on its side", with_segment(jpeg_file({700, 433}, photograph({700, 433})), exif_segment(6))},
      {"drawing", rgba_png({64, 48}, Pixels(64 * 48, 0x80336699U))},
      {"palette",
       png_in_blocks({std::string(1, '\0'), "\1"}, 8, 3, "RGBrgb", std::string(1, '\0'))},
      {"CMYK", jpeg_file({64, 64}, test_pattern({64, 64}), {JpegColors::cmyk})},
      {"profile", with_profile(png_in_blocks({"\1\2\3"}, 8, 2), adobe_rgb_profile())},
      {"WebP", webp_file({50, 40}, Pixels(2000, 0x40123456U))},
  };
  for (const auto& [name, bytes] : originals) {
    for (const Size box :
         {Size{1, 1}, Size{31, 17}, Size{320, 240}, Size{433, 700}, Size{2000, 100}}) {
      for (const Fit fit : {Fit::fit, Fit::fill}) {
        const std::string once = prepared(bytes, box, fit);
        EXPECT_TRUE(is_prepared(once, {{}, box, fit, kMagenta}))
            << name << " for " << box.width << " x " << box.height;
      }
    }
  }
}

TEST_F(PreparerTest, PreparedIsWhatNeedsNothing) {
  const Pixels pixels = photograph({64, 48});
  const auto needs_nothing = [](std::string_view file, Size box, Fit fit = Fit::fit) {
    return is_prepared(file, {{}, box, fit, {}});
  };
  const std::string jpeg = jpeg_file({64, 48}, pixels);
  EXPECT_TRUE(needs_nothing(jpeg, {64, 48}));
  EXPECT_TRUE(needs_nothing(jpeg, {640, 480})) << "smaller than the box";
  EXPECT_FALSE(needs_nothing(jpeg, {63, 48})) << "larger by a pixel";
  EXPECT_FALSE(needs_nothing(jpeg, {64, 32}, Fit::fill)) << "to be cut";
  EXPECT_TRUE(needs_nothing(with_segment(jpeg, exif_segment(1)), {64, 48}));
  EXPECT_FALSE(needs_nothing(with_segment(jpeg, exif_segment(3)), {64, 48}));
  EXPECT_FALSE(needs_nothing(with_segment(jpeg, profile_segment("any")), {64, 48}));
  EXPECT_FALSE(needs_nothing(jpeg_file({8, 8}, Pixels(64, 0), {JpegColors::cmyk}), {64, 48}));
  EXPECT_TRUE(needs_nothing(jpeg_file({8, 8}, Pixels(64, 0), {JpegColors::grey}), {64, 48}));
  const std::string png = *encode_png(*make_picture({64, 48}, pixels));
  EXPECT_TRUE(needs_nothing(png, {64, 48}));
  EXPECT_FALSE(needs_nothing(rgba_png({64, 48}, pixels), {64, 48})) << "alpha, though opaque";
  EXPECT_FALSE(needs_nothing(png_in_blocks({std::string("\1\2\3\4\5\6")}, 16, 2), {64, 48}))
      << "16 bits";
  EXPECT_FALSE(
      needs_nothing(with_profile(png_in_blocks({"\1\2\3"}, 8, 2), srgb_profile()), {64, 48}));
  EXPECT_FALSE(needs_nothing(png_in_blocks({"\1"}, 8, 0, {}, std::string("\0\1", 2)), {64, 48}));
  EXPECT_TRUE(needs_nothing(lossy_webp_file({64, 48}, pixels), {64, 48}));
  EXPECT_FALSE(needs_nothing(webp_file({1, 1}, Pixels{0x80000000U}), {64, 48}));
  EXPECT_FALSE(needs_nothing("no picture", {64, 48}));
  EXPECT_FALSE(needs_nothing(png_claiming(8193, 1), {8192, 8192})) << "past noseon-decode's caps";
}

TEST_F(PreparerTest, TheSameOriginalGivesTheSameBytesWhateverTheThreads) {
  const std::string photo = jpeg_file({1200, 800}, photograph({1200, 800}));
  const std::string drawing = rgba_png({320, 200}, Pixels(320 * 200, 0x80336699U));
  for (const std::string& bytes : {photo, drawing}) {
    const DecodeRequest asked = request(bytes, {300, 200});
    const auto bytes_by = [&asked](int threads) {
      const auto file = Preparer(program(), 60s, threads).prepare(asked);
      EXPECT_TRUE(file) << file.error().message;
      return file ? std::string(file->file.bytes()) : std::string();
    };
    const std::string first = bytes_by(2);
    EXPECT_EQ(bytes_by(2), first) << "once more";
    EXPECT_EQ(bytes_by(1), first) << "one thread";
    EXPECT_EQ(bytes_by(7), first) << "seven";
  }
}

TEST_F(PreparerTest, PhotographsBecomeJpegAndDrawingsStayLossless) {
  const auto photo = prepare(rgba_png({300, 200}, photograph({300, 200})), kLarge);
  ASSERT_TRUE(photo) << photo.error().message;
  EXPECT_EQ(photo->format, PictureFormat::jpeg);
  const auto drawing = prepare(rgba_png({64, 48}, Pixels(64 * 48, 0xFF336699U)), kLarge);
  ASSERT_TRUE(drawing) << drawing.error().message;
  EXPECT_EQ(drawing->format, PictureFormat::png);
}

TEST_F(PreparerTest, MetadataIsLeftBehind) {
  using namespace std::string_literals;
  std::string jpeg = jpeg_file({320, 200}, photograph({320, 200}));
  jpeg = with_segment(jpeg, jpeg_segment(0xFE, "a comment of the camera"));
  jpeg = with_segment(jpeg, exif_segment(6));
  jpeg = with_segment(jpeg, profile_segment(adobe_rgb_profile()));
  const std::string file = prepared(jpeg, {100, 100});
  for (const char* const trace : {"comment", "Exif", "ICC_PROFILE", "Adobe RGB"}) {
    EXPECT_EQ(file.find(trace), std::string::npos) << trace;
  }
  const std::string png = with_chunk(png_in_blocks({"\1\2\3\4"}, 8, 6), "tEXt", "Author\0staff"s);
  EXPECT_EQ(prepared(png, kLarge).find("staff"), std::string::npos);
}

TEST_F(PreparerTest, RefusesWithTheKindTheRemedyAndThePath) {
  const auto refused = [this](std::string_view bytes) {
    const auto file = prepare(bytes, {10, 10});
    EXPECT_FALSE(file);
    return file ? Error{} : file.error();
  };
  EXPECT_THAT(refused("GIF89a").message,
              AllOf(HasSubstr("/picture: "), HasSubstr("GIF"), HasSubstr("save it as")));
  EXPECT_EQ(refused(png_claiming(32769, 1)).kind, ErrorKind::too_large);
  EXPECT_EQ(refused(png_claiming(100, 100)).kind, ErrorKind::bad_format) << "no such pixels";
  EXPECT_THAT(refused(png_claiming(100, 100)).message, HasSubstr("cannot be decoded"));
  EXPECT_EQ(prepare("", {10, 10}).error().kind, ErrorKind::bad_format);
  const auto missing = preparer_.prepare({folder_ / "missing", {10, 10}, Fit::fit, {}});
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, ErrorKind::not_found);
}

// With two threads libvips forgets such an error one time in twenty; so there is one.
TEST_F(PreparerTest, PixelsThatAreNotThereAreMissedEachTime) {
  const DecodeRequest asked = request(png_claiming(1, 3), {320, 240});
  for (int i = 0; i < 80; ++i) {
    const auto file = preparer_.prepare(asked);
    ASSERT_FALSE(file) << "at try " << i;
    ASSERT_EQ(file.error().kind, ErrorKind::bad_format);
  }
}

TEST_F(PreparerTest, LeavesNoProcessAndNoDescriptor) {
  const std::string bytes = rgba_png({64, 48}, Pixels(64 * 48, 0x80336699U));
  static_cast<void>(prepare(bytes, {32, 32}));
  const std::size_t before = open_descriptors();
  static_cast<void>(prepare(bytes, {32, 32}));
  static_cast<void>(prepare("GIF89a", {32, 32}));
  EXPECT_EQ(open_descriptors(), before);
  EXPECT_FALSE(has_children());
}

TEST_F(PreparerTest, RunningOutOfTimeIsSaid) {
  const auto late =
      Preparer(program(), 1ms).prepare(request(rgba_png({8, 8}, test_pattern({8, 8})), {4, 4}));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().kind, ErrorKind::out_of_time);
  EXPECT_THAT(late.error().message, HasSubstr("the picture preparer"));
}

TEST(FindPrepareProgram, IsWhereTheEnvironmentSaysOrBesideThisProgram) {
  ::unsetenv("NOSEON_PREPARE");
  EXPECT_EQ(find_prepare_program(),
            fs::canonical("/proc/self/exe").parent_path() / "noseon-prepare");
  EXPECT_TRUE(fs::exists(find_prepare_program()));
  ::setenv("NOSEON_PREPARE", "/elsewhere/noseon-prepare", 1);
  EXPECT_EQ(find_prepare_program(), "/elsewhere/noseon-prepare");
  ::unsetenv("NOSEON_PREPARE");
}

}  // namespace
}  // namespace noseon
