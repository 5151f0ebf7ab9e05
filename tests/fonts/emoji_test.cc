// Emoji: which clusters are, in which font, and their pixels at any size.
#include "fonts/emoji.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fonts/colour.h"
#include "tests/fonts/setting.h"

namespace noseon {
namespace {

using testing::IsEmpty;

TEST(Emoji, AreWhatUnicodeShowsAsEmojiAndWhatAsksForIt) {
  for (const std::u32string_view cluster :
       {U"🙏", U"🚌", U"❤️", U"1️⃣", U"🇰🇷", U"👨‍👩‍👧", U"👍🏽", U"☝🏽",
        U"©️", U"\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F"}) {
    EXPECT_TRUE(is_emoji(cluster));
  }
  for (const std::u32string_view cluster : {U"가", U"a", U"1", U"#", U"©", U"❤", U"❤︎", U"☎",
                                            U"🙏︎", U"\U0001F1F0", U"\uFE0F"}) {
    EXPECT_FALSE(is_emoji(cluster));
  }
}

TEST(Emoji, EachSequenceIsOneGlyphInColour) {
  const std::vector<ChainFont> chain = shipped_chain().value();
  for (const std::string cluster :
       {"🙏", "❤️", "1️⃣", "🇰🇷", "👨‍👩‍👧", "👍🏽"}) {
    for (const Family family : {Family::sans, Family::serif}) {
      TextBlock block = at_size("가" + cluster + "나", 40);
      block.family = family;
      const TextLayout layout = set(block);
      EXPECT_THAT(layout.missing, IsEmpty());
      const std::vector<Glyph> glyphs = all_glyphs(layout);
      ASSERT_EQ(glyphs.size(), 3u) << cluster;
      EXPECT_EQ(chain[glyphs[1].font].role, FontRole::emoji);
      const GlyphBitmap& bitmap = typesetter().raster(glyphs[1].font, glyphs[1].id, 40, 0);
      EXPECT_TRUE(bitmap.is_colour);
      EXPECT_EQ(bitmap.pixels.size(),
                static_cast<std::size_t>(bitmap.size.width * bitmap.size.height * 4));
    }
  }
}

TEST(Emoji, ADigitOrASignIsAsTheTextAroundItUnlessItAsks) {
  EXPECT_EQ(hands(set(at_size("1 #", 40))), "KKK");
  EXPECT_EQ(hands(set(in_language(at_size("© 1", 40), "en"))), "LLL");
}

TEST(Emoji, InkIsWhereTheBitmapIs) {
  const TextLayout layout = set(at_size("🚌", 109));
  const Glyph glyph = all_glyphs(layout).front();
  const GlyphBitmap& bitmap = typesetter().raster(glyph.font, glyph.id, 109, glyph.x & 63);
  EXPECT_NEAR((glyph.x >> 6) + bitmap.left, layout.ink.x, 1);
  EXPECT_NEAR((glyph.y >> 6) - bitmap.top, layout.ink.y, 2);
  EXPECT_NEAR(bitmap.size.width, layout.ink.width, 2);
  EXPECT_NEAR(bitmap.size.height, layout.ink.height, 3);
}

GlyphBitmap plain(Size size, std::array<std::uint8_t, 4> color) {
  GlyphBitmap bitmap;
  bitmap.size = size;
  bitmap.is_colour = true;
  for (int i = 0; i < size.width * size.height; ++i) {
    bitmap.pixels.insert(bitmap.pixels.end(), color.begin(), color.end());
  }
  return bitmap;
}

std::int64_t sum_of_alpha(const GlyphBitmap& bitmap) {
  std::int64_t sum = 0;
  for (std::size_t i = 3; i < bitmap.pixels.size(); i += 4) sum += bitmap.pixels[i];
  return sum;
}

TEST(Colour, AtItsOwnSizeABitmapStaysAsItIs) {
  GlyphBitmap bitmap = plain({3, 2}, {10, 20, 30, 40});
  bitmap.pixels[5] = 99;
  bitmap.left = -2;
  bitmap.top = 7;
  const GlyphBitmap same = scaled_bitmap(bitmap, 1, 0);
  EXPECT_EQ(same.pixels, bitmap.pixels);
  EXPECT_EQ(same.size, bitmap.size);
  EXPECT_EQ(same.left, -2);
  EXPECT_EQ(same.top, 7);
}

TEST(Colour, TheMiddleKeepsItsColourAtEveryScale) {
  const GlyphBitmap bitmap = plain({40, 40}, {10, 20, 30, 255});
  for (const double scale : {0.1, 0.37, 0.5, 1.0, 1.7, 4.0}) {
    const GlyphBitmap scaled = scaled_bitmap(bitmap, scale, 13);
    const std::size_t middle = static_cast<std::size_t>(
        (scaled.size.height / 2 * scaled.size.width + scaled.size.width / 2) * 4);
    EXPECT_NEAR(scaled.pixels[middle], 10, 1) << scale;
    EXPECT_NEAR(scaled.pixels[middle + 3], 255, 1) << scale;
  }
}

TEST(Colour, APlainColourShowsNoGrid) {
  const GlyphBitmap bitmap = plain({50, 50}, {200, 100, 50, 255});
  for (const double scale : {0.31, 0.47, 0.83, 1.19, 2.3}) {
    const GlyphBitmap scaled = scaled_bitmap(bitmap, scale, 21);
    const int rim = 2 + static_cast<int>(scale);
    for (int y = rim; y < scaled.size.height - rim; ++y) {
      for (int x = rim; x < scaled.size.width - rim; ++x) {
        const auto at = static_cast<std::size_t>((y * scaled.size.width + x) * 4);
        ASSERT_EQ(scaled.pixels[at], 200) << scale << " at " << x << ',' << y;
        ASSERT_EQ(scaled.pixels[at + 3], 255);
      }
    }
  }
}

TEST(Colour, NothingIsLostOrWonByScaling) {
  const GlyphBitmap bitmap = plain({64, 48}, {0, 0, 0, 200});
  for (const double scale : {0.2, 0.5, 0.9, 1.3, 2.0}) {
    const double expected = 200.0 * 64 * 48 * scale * scale;
    const auto sum = static_cast<double>(sum_of_alpha(scaled_bitmap(bitmap, scale, 0)));
    EXPECT_NEAR(sum / expected, 1, 0.03) << scale;
  }
}

TEST(Colour, AFractionMovesTheBitmapToTheRight) {
  const GlyphBitmap bitmap = plain({2, 1}, {0, 0, 0, 255});
  const GlyphBitmap moved = scaled_bitmap(bitmap, 1, 32);
  ASSERT_EQ(moved.size, (Size{3, 1}));
  EXPECT_NEAR(moved.pixels[3], 128, 1);
  EXPECT_EQ(moved.pixels[7], 255);
  EXPECT_NEAR(moved.pixels[11], 128, 1);
}

TEST(Colour, AnEmptyBitmapStaysEmpty) {
  GlyphBitmap bitmap;
  bitmap.is_colour = true;
  EXPECT_THAT(scaled_bitmap(bitmap, 3, 0).pixels, IsEmpty());
}

}  // namespace
}  // namespace noseon
