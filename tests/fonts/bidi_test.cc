// Text that runs from right to left, and what stands in it from left to right (UAX #9).
#include "fonts/bidi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/fonts/setting.h"

namespace noseon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string levels(const std::string& text, const std::string& language) {
  std::string out;
  for (const BidiLevel level : find_levels(prepare_text(text), language).levels) {
    out += std::to_string(level);
  }
  return out;
}

/// The byte offsets of the clusters as they stand from left to right.
std::vector<std::uint32_t> seen(const std::string& text, const std::string& language) {
  std::vector<std::uint32_t> out;
  for (const Glyph& glyph : all_glyphs(set(in_language(at_size(text, 40), language)))) {
    if (out.empty() || out.back() != glyph.cluster) out.push_back(glyph.cluster);
  }
  return out;
}

TEST(Bidi, AParagraphTakesTheDirectionOfItsFirstLetter) {
  EXPECT_EQ(levels("가 ب", "ko"), "001");
  EXPECT_EQ(levels("ب 가", "ko"), "112");
  EXPECT_EQ(levels("12 ب", "ko"), "2211") << "digits have no direction of their own";
  EXPECT_EQ(levels("a\nب", "ko"), "001") << "each paragraph for itself";
}

TEST(Bidi, ALanguageWrittenFromTheRightRunsSoThroughout) {
  EXPECT_EQ(levels("a ب", "ar"), "211");
  EXPECT_EQ(levels("12", "ar"), "22");
  EXPECT_EQ(levels("a ب", "az"), "001");
}

TEST(Bidi, ReorderingReversesEachLevelInTurn) {
  EXPECT_THAT(visual_order({0, 0, 0}), ElementsAre(0, 1, 2));
  EXPECT_THAT(visual_order({1, 1, 1}), ElementsAre(2, 1, 0));
  EXPECT_THAT(visual_order({0, 1, 2, 2, 1, 0}), ElementsAre(0, 4, 2, 3, 1, 5));
  EXPECT_THAT(visual_order({}), IsEmpty());
}

TEST(Bidi, ArabicStandsFromRightToLeftAndItsNumbersDoNot) {
  // م at 0, ا at 2, a space, then 12.
  EXPECT_THAT(seen("ما 12", "ar"), ElementsAre(5, 6, 4, 2, 0));
  EXPECT_THAT(seen("가 ما", "ko"), ElementsAre(0, 3, 6, 4));
}

TEST(Bidi, ArabicLettersAreJoinedAndAreOfOneFont) {
  const TextLayout word = set(in_language(at_size("سلام", 40), "ar"));
  const TextLayout apart = set(in_language(at_size("س ل ا م", 40), "ar"));
  EXPECT_LT(word.lines[0].width, apart.lines[0].width);
  for (const Glyph& glyph : all_glyphs(word)) {
    EXPECT_EQ(typesetter().fonts()[glyph.font].package, "fonts-noto-core");
    EXPECT_NE(glyph.id, 0u);
  }
  EXPECT_THAT(word.missing, IsEmpty());
}

TEST(Bidi, BracketsAreMirrored) {
  const auto first_glyph = [](const std::string& text, const std::string& language) {
    return all_glyphs(set(in_language(at_size(text, 40), language))).front().id;
  };
  EXPECT_EQ(first_glyph("ب(", "ar"), first_glyph(")", "en")) << "an opening bracket looks so";
}

TEST(Bidi, LettersThatTouchAreNotSpacedOut) {
  TextBlock block = in_language(at_size("سلام", 40), "ar");
  const Px64 width = set(block).lines[0].width;
  block.letter_spacing = 200;
  EXPECT_EQ(set(block).lines[0].width, width);
}

TEST(Bidi, HebrewIsSpacedOutBetweenLettersAlone) {
  TextBlock block = in_language(at_size("אב", 1000), "he");
  block.align = Align::left;
  const TextLayout tight = set(block);
  block.letter_spacing = 100;
  const TextLayout spaced = set(block);
  EXPECT_EQ(spaced.lines[0].width - tight.lines[0].width, 100 * 64);
  EXPECT_EQ(all_glyphs(spaced)[0].x, all_glyphs(tight)[0].x) << "ב, on the left, stays";
  EXPECT_EQ(all_glyphs(spaced)[1].x - all_glyphs(tight)[1].x, 100 * 64);
}

TEST(Bidi, EachLineIsReorderedForItself) {
  const TextLayout layout = set(in_language(at_size("سلام سلام", 100, {250, 1000}), "ar"));
  ASSERT_EQ(layout.lines.size(), 2u);
  EXPECT_EQ(layout.lines[0].start, 0u);
  for (const TextLine& line : layout.lines) {
    for (const Glyph& glyph : line.glyphs) {
      EXPECT_TRUE(line.start <= glyph.cluster && glyph.cluster < line.end);
    }
    EXPECT_TRUE(
        std::is_sorted(line.glyphs.rbegin(), line.glyphs.rend(),
                       [](const Glyph& a, const Glyph& b) { return a.cluster < b.cluster; }));
  }
}

TEST(Bidi, StartIsTheSideThatReadingStartsFrom) {
  const auto first_x = [](const std::string& text, const std::string& language, Align align) {
    TextBlock block = in_language(at_size(text, 40, {1000, 100}), language);
    block.align = align;
    const TextLine line = set(block).lines[0];
    return line.x == 0 ? "left" : line.x == 64000 - line.width ? "right" : "elsewhere";
  };
  EXPECT_EQ(std::string(first_x("가", "ko", Align::start)), "left");
  EXPECT_EQ(std::string(first_x("سلام", "ar", Align::start)), "right");
  EXPECT_EQ(std::string(first_x("سلام", "ar", Align::left)), "left");
  EXPECT_EQ(std::string(first_x("12", "ar", Align::start)), "right");
}

TEST(Bidi, ControlsTakeNoRoom) {
  const TextLayout plain = set(at_size("가나", 40));
  const TextLayout marked = set(at_size("가\u200E\u2067나\u2069", 40));
  EXPECT_EQ(marked.lines[0].width, plain.lines[0].width);
  EXPECT_THAT(marked.missing, IsEmpty());
}

}  // namespace
}  // namespace noseon
