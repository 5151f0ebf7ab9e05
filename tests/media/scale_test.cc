#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string_view>
#include <utility>
#include <vector>

#include "media/decode/light.h"
#include "media/decode/options.h"
#include "media/decode/place.h"
#include "media/decode/scale.h"
#include "media/sniff.h"
#include "tests/media/picture_files.h"

namespace noseon {
namespace {

using testing::Pixels;
using testing::test_pattern;

Pixels scaled_as(Size size, const Pixels& pixels, const Placement& placement) {
  Pixels out;
  int last_read = -1;
  const bool done = scale_rows(
      size, placement,
      [&](int y, std::span<std::uint32_t> row) {
        EXPECT_GT(y, last_read) << "each row once, downwards";
        last_read = y;
        std::copy_n(pixels.begin() + y * size.width, size.width, row.begin());
      },
      [&](std::span<const std::uint32_t> row) {
        out.insert(out.end(), row.begin(), row.end());
        return true;
      });
  EXPECT_TRUE(done);
  EXPECT_EQ(out.size(), static_cast<std::size_t>(placement.output.width * placement.output.height));
  return out;
}

Pixels scaled(Size size, const Pixels& pixels, Size box, Fit fit = Fit::fit) {
  return scaled_as(size, pixels, place(size, box, fit));
}

struct Fitting {
  Size picture;
  Size box;
  Size output;
};

TEST(Place, FitIsTheLargestSizeOfTheSameAspectInTheBox) {
  const std::vector<Fitting> table = {
      {{1920, 1080}, {1920, 1080}, {1920, 1080}},
      {{1920, 1080}, {1920, 540}, {960, 540}},
      {{960, 540}, {1920, 1080}, {1920, 1080}},  // up
      {{1000, 333}, {500, 500}, {500, 167}},     // 166.5 rounds up
      {{1001, 333}, {500, 500}, {500, 166}},     // 166.33 rounds down
      {{333, 1000}, {500, 500}, {167, 500}},
      {{8192, 1}, {100, 100}, {100, 1}},  // never nothing
      {{1, 8192}, {100, 100}, {1, 100}},
      {{3, 2}, {1, 1}, {1, 1}},
      {{7, 5}, {7, 9}, {7, 5}},
      {{1, 1}, {8192, 8192}, {8192, 8192}},
  };
  for (const auto& [picture, box, output] : table) {
    const Placement placement = place(picture, box, Fit::fit);
    EXPECT_EQ(placement.output, output)
        << picture.width << "x" << picture.height << " in " << box.width << "x" << box.height;
    EXPECT_EQ(placement.width, picture.width);
    EXPECT_EQ(placement.height, picture.height);
  }
}

TEST(Place, FillCoversTheBoxAndCutsEvenly) {
  const Placement wide = place({400, 100}, {100, 100}, Fit::fill);
  EXPECT_EQ(wide.output, (Size{100, 100}));
  EXPECT_EQ(wide.x, 150);
  EXPECT_EQ(wide.width, 100);
  EXPECT_EQ(wide.height, 100);
  EXPECT_TRUE(wide.is_copy());

  const Placement tall = place({100, 300}, {200, 200}, Fit::fill);
  EXPECT_EQ(tall.output, (Size{200, 200}));
  EXPECT_EQ(tall.y, 100);
  EXPECT_EQ(tall.height, 100);
  EXPECT_FALSE(tall.is_copy());
}

TEST(Place, AnOddCutWithoutScalingStaysOnWholePixels) {
  const Placement placement = place({7, 5}, {4, 5}, Fit::fill);
  EXPECT_TRUE(placement.is_copy());
  EXPECT_EQ(placement.x, 1) << "one and a half, floored";
}

TEST(PlaceToPrepare, MakesSmallerAndNeverLarger) {
  struct Made {
    Size picture, box;
    Fit fit;
    Size output;
  };
  const std::vector<Made> table = {
      {{6000, 4000}, {1920, 1080}, Fit::fit, {1620, 1080}},
      {{6000, 4000}, {1920, 1080}, Fit::fill, {1920, 1080}},
      {{1920, 1080}, {1920, 1080}, Fit::fill, {1920, 1080}},
      {{1919, 1079}, {1920, 1080}, Fit::fit, {1919, 1079}},
      {{1921, 1080}, {1920, 1080}, Fit::fit, {1920, 1079}},
      {{3000, 500}, {1000, 1000}, Fit::fill, {3000, 500}},   // would be enlarged: left whole
      {{20000, 500}, {1000, 1000}, Fit::fill, {500, 500}},   // too wide for noseon-decode: cut
      {{20001, 500}, {1000, 1000}, Fit::fill, {501, 500}},   // to whole pixels, evenly
      {{8192, 2048}, {8192, 8192}, Fit::fit, {8192, 2048}},  // as large as noseon-decode takes
      {{10000, 10000}, {8192, 8192}, Fit::fit, {4096, 4096}},
      {{32768, 1}, {8192, 8192}, Fit::fit, {8192, 1}},
      {{1, 1}, {8192, 8192}, Fit::fill, {1, 1}},
  };
  for (const auto& [picture, box, fit, output] : table) {
    EXPECT_EQ(place_to_prepare(picture, box, fit).output, output)
        << picture.width << " x " << picture.height << " into " << box.width << " x " << box.height;
  }
}

TEST(PlaceToPrepare, OfItsOwnWorkHasNothingToDo) {
  constexpr std::uint32_t kSeed = 20270225;
  std::mt19937 dice(kSeed);
  const auto side = [&dice](int most) {
    return static_cast<int>(dice() % static_cast<unsigned>(most)) + 1;
  };
  for (int i = 0; i < 200'000; ++i) {
    const bool is_small = i % 2 == 0;
    const Size picture{side(is_small ? 60 : 32768), side(is_small ? 60 : 32768)};
    const Size box{side(is_small ? 60 : 8192), side(is_small ? 60 : 8192)};
    const Fit fit = i % 4 < 2 ? Fit::fit : Fit::fill;
    const Size made = place_to_prepare(picture, box, fit).output;
    ASSERT_TRUE(made.width <= picture.width && made.height <= picture.height);
    ASSERT_TRUE(std::max(made.width, made.height) <= kPictureSideMax &&
                std::int64_t{made.width} * made.height <= kPicturePixelsMax);
    ASSERT_TRUE(is_whole(place_to_prepare(made, box, fit), made))
        << "seed " << kSeed << ": " << picture.width << " x " << picture.height << " into "
        << box.width << " x " << box.height << (fit == Fit::fit ? ", fit" : ", fill") << ", made "
        << made.width << " x " << made.height;
  }
}

TEST(PlaceToPrepare, LiesInTheStoredPictureWhereItsOrientationPutsIt) {
  // The left half of an upright picture of 40 x 20.
  const Placement left{{10, 10}, 0, 0, 20, 20};
  const std::vector<std::pair<double, double>> corners = {{0, 0}, {20, 0}, {20, 0}, {0, 0},
                                                          {0, 0}, {0, 20}, {0, 20}, {0, 0}};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const Placement stored = as_stored(left, {40, 20}, orientation);
    EXPECT_EQ(std::pair(stored.x, stored.y), corners[static_cast<std::size_t>(orientation - 1)])
        << orientation;
  }
  EXPECT_EQ(as_stored({{8, 4}, 0, 0, 40, 20}, {40, 20}, 6).output, (Size{4, 8}));
}

TEST(Scale, AtTheSameSizeEveryBitIsCopied) {
  const Size size{61, 17};
  const Pixels pixels = test_pattern(size);
  EXPECT_EQ(scaled(size, pixels, size), pixels);
  EXPECT_EQ(scaled(size, pixels, size, Fit::fill), pixels);
}

TEST(Scale, FillWithoutScalingCopiesTheMiddle) {
  const Size size{7, 3};
  const Pixels pixels = test_pattern(size);
  const Pixels cut = scaled(size, pixels, {4, 3}, Fit::fill);
  for (std::size_t y = 0; y < 3; ++y) {
    for (std::size_t x = 0; x < 4; ++x) EXPECT_EQ(cut[y * 4 + x], pixels[y * 7 + x + 1]);
  }
}

TEST(Scale, AnEvenColourStaysItselfAtAnySize) {
  for (std::uint32_t value = 0; value < 256; ++value) {
    const std::uint32_t color =
        0xFF000000U | value << 16U | (255 - value) << 8U | (value * 7 & 0xFFU);
    const Pixels pixels(9 * 7, color);
    for (const Size box : {Size{3, 3}, Size{9, 5}, Size{31, 40}}) {
      for (const std::uint32_t pixel : scaled({9, 7}, pixels, box, Fit::fill)) {
        ASSERT_EQ(pixel, color);
      }
    }
  }
}

Pixels checkerboard(Size size) {
  Pixels pixels;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      pixels.push_back((x + y) % 2 == 0 ? 0xFF000000U : 0xFFFFFFFFU);
    }
  }
  return pixels;
}

TEST(Scale, HalfBlackAndHalfWhiteIsHalfTheLight) {
  const Size size{64, 64};
  const Pixels small = scaled(size, checkerboard(size), {16, 16});
  for (int y = 2; y < 14; ++y) {
    for (int x = 2; x < 14; ++x) {
      const std::uint32_t grey = small[static_cast<std::size_t>(y * 16 + x)] & 0xFFU;
      EXPECT_NEAR(grey, 188, 1) << "128 would be half of the sRGB value, a third too dark";
    }
  }
}

TEST(Scale, OvershootOfTheFilterIsClippedNotWrapped) {
  const Size size{16, 4};
  Pixels edge;
  for (int i = 0; i < 64; ++i) edge.push_back(i % 16 < 8 ? 0xFF000000U : 0xFFFFFFFFU);
  const Pixels large = scaled(size, edge, {64, 16});
  for (std::size_t x = 0; x < 64; ++x) {
    const std::uint32_t grey = large[8 * 64 + x] & 0xFFU;
    if (x < 28) {
      EXPECT_LE(grey, 60U) << x;
    } else if (x >= 36) {
      EXPECT_GE(grey, 240U) << x;
    }
  }
}

// Lanczos-3 in linear light, written down as directly as can be.
std::uint32_t reference(Size size, const Pixels& pixels, Size output, int ox, int oy) {
  const auto sinc = [](double x) { return x == 0 ? 1.0 : std::sin(M_PI * x) / (M_PI * x); };
  const auto kernel = [&](double x) { return std::abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0.0; };
  const auto light = [](std::uint32_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  const double step_x = static_cast<double>(size.width) / output.width;
  const double step_y = static_cast<double>(size.height) / output.height;
  const double stretch_x = std::max(step_x, 1.0);
  const double stretch_y = std::max(step_y, 1.0);
  double sums[3] = {}, total = 0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double weight = kernel((x + 0.5 - (ox + 0.5) * step_x) / stretch_x) *
                            kernel((y + 0.5 - (oy + 0.5) * step_y) / stretch_y);
      const std::uint32_t pixel = pixels[static_cast<std::size_t>(y * size.width + x)];
      for (unsigned c = 0; c < 3; ++c) sums[c] += weight * light(pixel >> (8 * c) & 0xFFU);
      total += weight;
    }
  }
  std::uint32_t result = 0xFF000000U;
  for (unsigned c = 0; c < 3; ++c) {
    const double v = std::clamp(sums[c] / total, 0.0, 1.0);
    const double value = v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    result |= static_cast<std::uint32_t>(std::lround(value * 255)) << (8 * c);
  }
  return result;
}

TEST(Scale, AgreesWithTheFilterWrittenDownPlainly) {
  const Size size{23, 19};
  const Pixels pixels = test_pattern(size);
  for (const Size box : {Size{5, 4}, Size{22, 18}, Size{46, 38}, Size{60, 11}}) {
    const Size output = place(size, box, Fit::fit).output;
    const Pixels out = scaled(size, pixels, box);
    for (int y = 0; y < output.height; ++y) {
      for (int x = 0; x < output.width; ++x) {
        const std::uint32_t got = out[static_cast<std::size_t>(y * output.width + x)];
        const std::uint32_t want = reference(size, pixels, output, x, y);
        for (unsigned c = 0; c < 32; c += 8) {
          ASSERT_NEAR(got >> c & 0xFFU, want >> c & 0xFFU, 1) << x << ", " << y;
        }
      }
    }
  }
}

TEST(Scale, AMirroredPictureGivesAMirroredResult) {
  const Size size{30, 1};
  const Pixels pixels = test_pattern(size);
  const Pixels mirrored(pixels.rbegin(), pixels.rend());
  Pixels there = scaled(size, pixels, {13, 13});
  const Pixels back = scaled(size, mirrored, {13, 13});
  std::reverse(there.begin(), there.end());
  EXPECT_EQ(there, back) << "no drift to one side";
}

TEST(Scale, StopsWhereTheWriterSaysSo) {
  const Size size{4, 4};
  int rows = 0;
  for (const Size box : {Size{4, 4}, Size{8, 8}}) {
    rows = 0;
    EXPECT_FALSE(scale_rows(
        size, place(size, box, Fit::fit), [](int, std::span<std::uint32_t>) {},
        [&rows](std::span<const std::uint32_t>) { return ++rows < 2; }));
    EXPECT_EQ(rows, 2);
  }
}

TEST(Light, EveryValueComesBackAsItself) {
  const LightTables tables;
  for (std::uint32_t value = 0; value < 256; ++value) {
    EXPECT_EQ(tables.value_of(tables.light_of(value)), value);
  }
  EXPECT_EQ(tables.value_of(-0.25F), 0U);
  EXPECT_EQ(tables.value_of(1.25F), 255U);
  EXPECT_EQ(tables.value_of(0.5F), 188U);
}

TEST(Options, TakesExactlyWhatTheDecoderWrites) {
  const std::vector<std::string_view> good = {"1920x1080", "fill", "#0a1B2c"};
  const auto options = parse_options(good);
  ASSERT_TRUE(options);
  EXPECT_EQ(options->box, (Size{1920, 1080}));
  EXPECT_EQ(options->fit, Fit::fill);
  EXPECT_EQ(options->background, (Color{0x0A, 0x1B, 0x2C}));

  const std::vector<std::vector<std::string_view>> bad = {
      {},
      {"1920x1080", "fit"},
      {"1920x1080", "fit", "#000000", "more"},
      {"1920X1080", "fit", "#000000"},
      {"0x1080", "fit", "#000000"},
      {"1920x-1", "fit", "#000000"},
      {"1920x+1", "fit", "#000000"},
      {"1920x 1", "fit", "#000000"},
      {"1920x1080x1", "fit", "#000000"},
      {"01920x1080", "fit", "#000000"},
      {"8193x1", "fit", "#000000"},
      {"1x8193", "fit", "#000000"},
      {"99999999999x1", "fit", "#000000"},
      {"x", "fit", "#000000"},
      {"1920x1080", "stretch", "#000000"},
      {"1920x1080", "fit", "black"},
  };
  for (const auto& arguments : bad) EXPECT_FALSE(parse_options(arguments));
  EXPECT_TRUE(parse_options(std::vector<std::string_view>{"8192x8192", "fit", "#000000"}));
}

}  // namespace
}  // namespace noseon
