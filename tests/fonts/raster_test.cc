#include "fonts/raster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include "tests/fonts/setting.h"

namespace noseon {
namespace {

std::uint64_t coverage(const GlyphBitmap& bitmap) {
  return std::accumulate(bitmap.pixels.begin(), bitmap.pixels.end(), std::uint64_t{0});
}

Glyph glyph_of(const std::string& letter) {
  return all_glyphs(set(at_size(letter, 100)))[0];
}

/// Bounds of the pixels that the layout's bitmaps really cover.
Rect drawn_ink(const TextLayout& layout) {
  int left = 1 << 20, top = 1 << 20, right = -(1 << 20), bottom = -(1 << 20);
  for (const Glyph& glyph : all_glyphs(layout)) {
    const GlyphBitmap& bitmap =
        typesetter().raster(glyph.font, glyph.id, layout.size, glyph.x & 63);
    if (bitmap.pixels.empty()) continue;
    const int x = (glyph.x >> 6) + bitmap.left;
    const int y = (glyph.y >> 6) - bitmap.top;
    left = std::min(left, x);
    top = std::min(top, y);
    right = std::max(right, x + bitmap.size.width);
    bottom = std::max(bottom, y + bitmap.size.height);
  }
  return {left, top, right - left, bottom - top};
}

std::vector<Face> one_face() {
  std::vector<Face> faces;
  faces.push_back(Face::open(shipped_chain().value()[0].file).value());
  return faces;
}

TEST(Raster, DrawsGreyWithoutHinting) {
  const Glyph glyph = glyph_of("한");
  const GlyphBitmap& bitmap = typesetter().raster(glyph.font, glyph.id, 100, 0);
  EXPECT_FALSE(bitmap.is_colour);
  EXPECT_EQ(bitmap.pixels.size(), static_cast<std::size_t>(bitmap.size.width * bitmap.size.height));
  EXPECT_NEAR(bitmap.size.height, 88, 2);
  EXPECT_NEAR(bitmap.top, 83, 1);
  const auto is_grey = [](std::uint8_t c) { return c != 0 && c != 255; };
  EXPECT_TRUE(std::any_of(bitmap.pixels.begin(), bitmap.pixels.end(), is_grey));
  EXPECT_NE(std::find(bitmap.pixels.begin(), bitmap.pixels.end(), 255), bitmap.pixels.end());
}

TEST(Raster, TheFractionMovesInkToTheRightWithoutGainOrLoss) {
  const Glyph glyph = glyph_of("l");
  const auto centre = [&](int fraction) {
    const GlyphBitmap& bitmap = typesetter().raster(glyph.font, glyph.id, 33, fraction);
    double sum = 0;
    for (int i = 0; i < static_cast<int>(bitmap.pixels.size()); ++i) {
      sum += bitmap.pixels[static_cast<std::size_t>(i)] * (bitmap.left + i % bitmap.size.width);
    }
    return sum / static_cast<double>(coverage(bitmap));
  };
  EXPECT_NEAR(centre(32) - centre(0), 0.5, 0.03);
  EXPECT_NEAR(centre(63) - centre(0), 63.0 / 64, 0.03);
}

TEST(Raster, AGrownOutlineCoversTheLetterAndReachesAsFarBeyondIt) {
  const Glyph glyph = glyph_of("한");
  const GlyphBitmap plain = typesetter().raster(glyph.font, glyph.id, 100, 17);
  const GlyphBitmap grown = typesetter().raster(glyph.font, glyph.id, 100, 17, 4 * 64);
  EXPECT_NEAR(plain.left - grown.left, 4, 1);
  EXPECT_NEAR(grown.top - plain.top, 4, 1);
  EXPECT_NEAR(grown.size.width - plain.size.width, 8, 2);
  EXPECT_NEAR(grown.size.height - plain.size.height, 8, 2);
  for (int y = 0; y < plain.size.height; ++y) {
    for (int x = 0; x < plain.size.width; ++x) {
      const int column = x + plain.left - grown.left;
      const int row = y + grown.top - plain.top;
      const auto at = static_cast<std::size_t>(row * grown.size.width + column);
      ASSERT_GE(grown.pixels[at] + 1,
                plain.pixels[static_cast<std::size_t>(y * plain.size.width + x)]);
    }
  }
}

TEST(Raster, ASpaceAndAnUnknownGlyphAreEmpty) {
  EXPECT_TRUE(typesetter().raster(0, 3, 100, 0).pixels.empty());
  EXPECT_TRUE(typesetter().raster(0, 3, 100, 0, 64).pixels.empty());
  EXPECT_TRUE(typesetter().raster(0, 0xFFFFFF, 100, 0).pixels.empty());
}

TEST(Raster, InkOfALayoutIsWhatIsDrawn) {
  for (const std::string text : {"한", "613명의 희생자를 추모합니다", "Ağ, jẬ\nİşq", "“가”"}) {
    for (const int size : {17, 64, 133}) {
      const TextLayout layout = set(at_size(text, size, {2000, 700}));
      const Rect drawn = drawn_ink(layout);
      EXPECT_NEAR(layout.ink.x, drawn.x, 1) << text;
      EXPECT_NEAR(layout.ink.y, drawn.y, 1) << text;
      EXPECT_NEAR(layout.ink.x + layout.ink.width, drawn.x + drawn.width, 1) << text;
      EXPECT_NEAR(layout.ink.y + layout.ink.height, drawn.y + drawn.height, 1) << text;
    }
  }
}

TEST(Raster, ALineOfHangulIsCentredOnItsInkWithinAPixel) {
  for (const Family family : {Family::sans, Family::serif}) {
    for (const Weight weight : {Weight::regular, Weight::bold}) {
      for (const int height : {100, 101, 333, 540}) {
        for (const int size : {31, 64, 97}) {
          TextBlock block = at_size("한", size, {1920, height});
          block.family = family;
          block.weight = weight;
          const Rect ink = drawn_ink(set(block));
          EXPECT_LE(std::abs(2 * ink.y + ink.height - height), 2) << size << " in " << height;
        }
      }
    }
  }
  const Rect headline = drawn_ink(set(at_size("613명의 희생자를 추모합니다", 96, {1920, 540})));
  EXPECT_LE(std::abs(2 * headline.y + headline.height - 540), 2);
}

TEST(Raster, LinesOfTextsThatTakeTurnsShareTheirBaseline) {
  const Px64 baseline = set(at_size("서울", 96, {1920, 540})).lines[0].y;
  EXPECT_EQ(set(at_size("We remember", 96, {1920, 540})).lines[0].y, baseline);
  EXPECT_EQ(set(at_size("Ağ.", 96, {1920, 540})).lines[0].y, baseline);
}

TEST(Raster, KeepsABitmapAndDropsTheLeastRecentlyAskedForAtTheLimit) {
  const std::vector<Face> faces = one_face();
  const std::size_t room_for_two = 2 * 1200;
  Rasteriser rasteriser = Rasteriser::open(faces, room_for_two).value();
  const RasterKey a{.font = 0, .glyph = 36, .size = 40, .x_fraction = 0};
  const RasterKey b{.font = 0, .glyph = 37, .size = 40, .x_fraction = 0};
  const RasterKey c{.font = 0, .glyph = 38, .size = 40, .x_fraction = 0};
  const std::uint8_t* first = rasteriser.raster(a).pixels.data();
  (void)rasteriser.raster(b);
  ASSERT_EQ(rasteriser.cached_count(), 2u);
  EXPECT_EQ(rasteriser.raster(a).pixels.data(), first) << "kept";
  (void)rasteriser.raster(c);
  EXPECT_EQ(rasteriser.cached_count(), 2u);
  EXPECT_LE(rasteriser.cache_bytes(), room_for_two);
  EXPECT_EQ(rasteriser.raster(a).pixels.data(), first) << "b was older and went";
}

TEST(Raster, AGlyphLargerThanTheWholeCacheIsStillDrawn) {
  const std::vector<Face> faces = one_face();
  Rasteriser rasteriser = Rasteriser::open(faces, 1).value();
  EXPECT_GT(coverage(rasteriser.raster({.font = 0, .glyph = 36, .size = 300, .x_fraction = 5})),
            0u);
  EXPECT_EQ(rasteriser.cached_count(), 1u);
}

TEST(Raster, WhatWasForgottenIsDrawnAnewAndTheSame) {
  const std::vector<Face> faces = one_face();
  Rasteriser rasteriser = Rasteriser::open(faces, 1 << 20).value();
  const RasterKey key{.font = 0, .glyph = 36, .size = 40, .x_fraction = 5};
  const std::vector<std::uint8_t> drawn = rasteriser.raster(key).pixels;
  rasteriser.forget();
  EXPECT_EQ(rasteriser.cached_count(), 0u);
  EXPECT_EQ(rasteriser.cache_bytes(), 0u);
  EXPECT_EQ(rasteriser.raster(key).pixels, drawn);
}

TEST(Raster, KeysThatDifferInOnePartAreDifferentBitmaps) {
  const Glyph glyph = glyph_of("A");
  const std::vector<std::uint8_t> plain = typesetter().raster(glyph.font, glyph.id, 50, 0).pixels;
  EXPECT_NE(typesetter().raster(glyph.font, glyph.id, 51, 0).pixels, plain);
  EXPECT_NE(typesetter().raster(glyph.font, glyph.id, 50, 20).pixels, plain);
  EXPECT_NE(typesetter().raster(glyph.font, glyph.id + 1, 50, 0).pixels, plain);
  EXPECT_NE(typesetter().raster(glyph.font, glyph.id, 50, 0, 1).pixels, plain);
  EXPECT_NE(typesetter().raster(2, glyph.id, 50, 0).pixels, plain);
}

}  // namespace
}  // namespace noseon
