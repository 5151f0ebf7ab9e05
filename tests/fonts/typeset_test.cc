#include "fonts/typeset.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/unicode.h"
#include "tests/fonts/setting.h"

namespace noseon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// "id+advance" for each glyph, in em units: set at 1,000 px, an em unit is a pixel.
std::string shaped(const std::string& text, const std::string& language,
                   Family family = Family::sans) {
  TextBlock block = in_language(at_size(text, 1000), language);
  block.family = family;
  std::string out;
  for (const Glyph& glyph : all_glyphs(set(block))) {
    if (!out.empty()) out += ' ';
    out += std::to_string(glyph.id) + "+" + std::to_string(glyph.advance / 64);
  }
  return out;
}

TEST(Typeset, ShapesExactlyAsHarfBuzzDoesWithTheShippedFonts) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  struct Case {
    std::string text;
    std::string language;
    std::string expected;  // of hb-shape 6.0 with the same font, language and script
  };
  for (const auto& [text, language, expected] : std::vector<Case>{
           {"가 나", "ko", "47611+920 63108+280 48787+920"},
           {", 2027(한", "ko",
            "63114+279 63108+280 19+555 17+555 19+555 24+555 63112+338 58199+920"},
           {"한 글", "ko", "58199+920 63108+280 48123+920"},
           {"AV", "en", "36+599 57+600"},
           {"「훈」에", "ko", "1408+500 58563+920 1409+500 54219+920"},
       }) {
    EXPECT_EQ(shaped(text, language), expected) << text;
  }
}

TEST(Typeset, DecomposedTextGivesTheSameLayoutAsComposed) {
  const std::vector<std::pair<std::string, std::string>> texts = {
      {"한글 놀이", "\u1112\u1161\u11AB\u1100\u1173\u11AF \u1102\u1169\u11AF\u110B\u1175"},
      {"İstanbul ğ ş", "I\u0307stanbul g\u0306 s\u0327"},
      {"Việt", "Vie\u0323\u0302t"},
  };
  for (const auto& [composed, decomposed] : texts) {
    ASSERT_NE(composed, decomposed);
    EXPECT_EQ(set(at_size(composed, 40)), set(at_size(decomposed, 40))) << composed;
  }
}

TEST(Typeset, AzerbaijaniIsAllFromTheLatinFontWithOneGlyphALetter) {
  const std::string text = "İstanbul, ə ğ ş ı";
  for (const Family family : {Family::sans, Family::serif}) {
    for (const Weight weight : {Weight::regular, Weight::bold}) {
      TextBlock block = in_language(at_size(text, 40), "az");
      block.family = family;
      block.weight = weight;
      const TextLayout layout = set(block);
      EXPECT_EQ(hands(layout), std::string(17, 'L'));
      EXPECT_THAT(layout.missing, IsEmpty());
      EXPECT_EQ(all_glyphs(layout)[1].cluster, 2u) << "İ is one glyph of two bytes";
    }
  }
}

TEST(Typeset, TheFontIsOfTheFamilyAndWeightAskedFor) {
  const std::vector<ChainFont> chain = shipped_chain().value();
  for (const Family family : {Family::sans, Family::serif}) {
    for (const Weight weight : {Weight::regular, Weight::bold}) {
      TextBlock block = at_size("가 a", 40);
      block.family = family;
      block.weight = weight;
      const std::vector<Glyph> glyphs = all_glyphs(set(block));
      ASSERT_EQ(glyphs.size(), 3u);
      for (const Glyph& glyph : glyphs) {
        EXPECT_TRUE(chain[glyph.font].is_of(family, weight));
      }
      EXPECT_EQ(chain[glyphs[0].font].role, FontRole::hangul);
      EXPECT_EQ(chain[glyphs[2].font].role, FontRole::latin);
    }
  }
}

TEST(Typeset, OneWordIsInOneHand) {
  struct Case {
    std::string text;
    std::string hands;
  };
  for (const auto& [text, expected] : std::vector<Case>{
           {"613명의", "KKKKK"},
           {"서울, 2027", "KKKKKKKK"},
           {"We remember 613 victims", std::string(23, 'L')},
           {"서울(Seoul)에서", "KKKLLLLLKKK"},
           {"COVID-19는", "LLLLLLLLK"},
           {"Москва Αθήνα", std::string(12, 'L')},
           {"Seoul★", "LLLLLK"},
           {"漢字", "KK"},
       }) {
    EXPECT_EQ(hands(set(at_size(text, 40))), expected) << text;
  }
}

TEST(Typeset, ALatinWordWithALetterOnlyTheOtherFontHasGoesThereWhole) {
  EXPECT_EQ(hands(set(at_size("abＡ", 40))), "KKK");
  EXPECT_EQ(hands(set(at_size("ab Ａ", 40))), "LLLK");
}

TEST(Typeset, TheLanguageReachesHarfBuzz) {
  EXPECT_NE(shaped("ş", "ro"), shaped("ş", "en")) << "Romanian takes the comma below";
  EXPECT_EQ(shaped("ş", "az"), shaped("ş", "en")) << "Azerbaijani keeps the cedilla";
}

TEST(Typeset, AzerbaijaniKeepsTheDotThatALigatureWouldSwallow) {
  const auto glyph_count = [](const std::string& language) {
    TextBlock block = in_language(at_size("fi", 40), language);
    block.family = Family::serif;
    return all_glyphs(set(block)).size();
  };
  EXPECT_EQ(glyph_count("en"), 1u);
  for (const char* language : {"az", "az-Latn-AZ", "tr"}) EXPECT_EQ(glyph_count(language), 2u);
}

TEST(Typeset, KoreanHasItsOwnWordSpace) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  const auto space = [](const std::string& text) {
    return all_glyphs(set(at_size(text, 1000)))[1].advance;
  };
  EXPECT_EQ(space("가 나"), 280 * 64);
  EXPECT_EQ(space("a b"), 260 * 64);
}

TEST(Typeset, ReportsEachClusterThatNoFontHasOnce) {
  const TextLayout layout = set(at_size("가ꦏ나ꦏ ꦏꦺ ᚠ", 40));
  EXPECT_THAT(layout.missing, ElementsAre("ꦏ", "ꦏꦺ", "ᚠ"));
  EXPECT_EQ(hands(layout), "K.K.L..L.");
}

TEST(Typeset, WhatNeedsNoGlyphIsNotMissing) {
  EXPECT_THAT(set(at_size("가\tnon\u200Cjoiner\u00AD\u2028soft\uFE0F", 40)).missing, IsEmpty());
}

TEST(Typeset, BrokenUtf8IsSetAsReplacementCharacters) {
  const TextLayout layout = set(at_size("a\xFF\xC3 가\xED\xA0\x80", 40));
  EXPECT_EQ(layout.text, repair_utf8("a\xFF\xC3 가\xED\xA0\x80"));
  EXPECT_THAT(layout.missing, IsEmpty());
  EXPECT_EQ(hands(layout).find('.'), std::string::npos);
}

TEST(Typeset, ClustersAreByteOffsetsInTheComposedText) {
  const TextLayout layout = set(at_size("I\u0307 \u1112\u1161\u11AB!", 40));
  EXPECT_EQ(layout.text, "İ 한!");
  std::vector<std::uint32_t> clusters;
  for (const Glyph& glyph : all_glyphs(layout)) clusters.push_back(glyph.cluster);
  EXPECT_THAT(clusters, ElementsAre(0, 2, 3, 6));
}

TEST(Typeset, ATabIsASpaceAndALineFeedHasNoGlyph) {
  const TextLayout layout = set(at_size("가\t나\n\n다", 40));
  EXPECT_EQ(all_glyphs(layout).size(), 4u);
  EXPECT_EQ(all_glyphs(layout)[1].advance, all_glyphs(set(at_size("가 나", 40)))[1].advance);
  EXPECT_THAT(line_texts(layout), ElementsAre("가\t나\n", "\n", "다"));
}

TEST(Typeset, HangulInATextOfAnotherLanguageIsShapedAsKorean) {
  EXPECT_EQ(shaped("「한 글」", "en"), shaped("「한 글」", "ko"));
}

TEST(Typeset, LetterSpacingPartsClustersAndNotTheirMarks) {
  TextBlock block = in_language(at_size("가 AV x\u0323y", 1000), "en");
  block.align = Align::left;
  const TextLayout tight = set(block);
  block.letter_spacing = 50;
  const TextLayout spaced = set(block);
  const std::vector<Glyph> before = all_glyphs(tight);
  const std::vector<Glyph> after = all_glyphs(spaced);
  ASSERT_EQ(before.size(), after.size());
  Px64 moved = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after[i].x - before[i].x, moved) << i;
    const bool is_last_of_cluster =
        i + 1 < before.size() && before[i + 1].cluster != before[i].cluster;
    if (is_last_of_cluster) moved += 50 * 64;
  }
  EXPECT_EQ(moved, 6 * 50 * 64) << "between seven clusters";
  EXPECT_EQ(spaced.lines[0].width - tight.lines[0].width, moved) << "none after the last";
}

TEST(Typeset, LetterSpacingUndoesLigatures) {
  TextBlock block = in_language(at_size("fi", 40), "en");
  block.family = Family::serif;
  EXPECT_EQ(all_glyphs(set(block)).size(), 1u);
  block.letter_spacing = 10;
  EXPECT_EQ(all_glyphs(set(block)).size(), 2u);
}

TEST(Typeset, ABoxOfAnyHeightIsAsTallAsItsLines) {
  TextBlock block = at_size("가 나 다", 100, {120, kAnyHeight});
  const TextLayout three = set(block);
  ASSERT_EQ(three.lines.size(), 3u);
  EXPECT_FALSE(three.overflows);
  block.box.height = 3 * 125;
  EXPECT_EQ(set(block), three);
}

TEST(Typeset, TextThatDoesNotFitEndsInAnEllipsisAfterAWord) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  // A line of 가나 다라 is 396 px wide, of 가나… 92 + 92 + 92.
  TextBlock block = at_size("가나 다라 마바", 100, {420, 100});
  block.shortens = true;
  const TextLayout layout = set(block);
  EXPECT_TRUE(layout.overflows);
  EXPECT_THAT(line_texts(layout), ElementsAre("가나…"));
  block.box.width = 700;
  EXPECT_EQ(set(block).text, "가나 다라 마바");
  EXPECT_FALSE(set(block).overflows);
  block.text = "가나다라마바사";
  block.box = {300, 100};
  EXPECT_EQ(set(block).text, "가나…") << "where not even one word fits, after a syllable";
  block.box = {1, 1};
  EXPECT_EQ(set(block).text, "…");
}

TEST(Typeset, AListOfFontsIsAskedInItsOrder) {
  const std::vector<ChainFont> chain = shipped_chain().value();
  const FontFile latin = chain[0].file;
  const FontFile cjk = chain[1].file;
  const auto fonts_of = [](const std::vector<FontFile>& files, const std::string& text) {
    Typesetter listed = Typesetter::open(files).value();
    std::string out;
    for (const Glyph& glyph : all_glyphs(listed.lay_out(at_size(text, 40)))) {
      out += std::to_string(glyph.font);
    }
    return out;
  };
  EXPECT_EQ(fonts_of({latin, cjk}, "가 A"), "100");
  EXPECT_EQ(fonts_of({cjk, latin}, "가 A"), "000");
  EXPECT_EQ(fonts_of({cjk, latin}, "가 ə"), "001");
}

TEST(Typeset, AnEmptyTextIsAnEmptyLayout) {
  const TextLayout layout = set(at_size("", 40, {0, 0}));
  EXPECT_THAT(layout.lines, IsEmpty());
  EXPECT_EQ(layout.ink, Rect{});
  EXPECT_FALSE(layout.overflows);
}

TEST(Typeset, TheSameBlockGivesTheSameLayoutFromAnyTypesetter) {
  const TextBlock block = at_size("613명의 희생자를 추모합니다 — We remember", 57, {900, 600});
  const TextLayout first = set(block);
  set(in_language(at_size("fi", 20), "az"));
  EXPECT_EQ(set(block), first);
  EXPECT_EQ(Typesetter::open().value().lay_out(block), first);
}

}  // namespace
}  // namespace noseon
