// Lines, sizes and places. Where a test stands on an exact boundary it counts on Noto Sans CJK KR's
// advances: 920 for a syllable, 280 for a word space, in thousandths of an em.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "base/unicode.h"
#include "fonts/frame.h"
#include "tests/fonts/setting.h"

namespace noseon {
namespace {

using testing::ElementsAre;

TextBlock in_box(std::string text, Size box, int size_min = 24, int size_max = 160) {
  TextBlock block = at_size(std::move(text), size_max, box);
  block.size_min = size_min;
  return block;
}

TEST(Fit, TakesTheLargestSizeWhoseWordsFitTheWidth) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  EXPECT_EQ(set(in_box("가", {92, 1000})).size, 100);
  EXPECT_EQ(set(in_box("가", {91, 1000})).size, 98) << "99 would be 91.08 wide";
  EXPECT_EQ(set(in_box("가", {1000, 1000})).size, 160);
  EXPECT_EQ(set(in_box("가 나다", {184, 1000})).size, 100) << "the longest word decides";
}

TEST(Fit, TakesTheLargestSizeWhoseLinesFitTheHeight) {
  EXPECT_EQ(set(in_box("가", {1000, 100})).size, 100);
  EXPECT_EQ(set(in_box("가", {1000, 99})).size, 99);
  EXPECT_EQ(set(in_box("가\n나", {1000, 225})).size, 100) << "100 and 1.25 times 100";
  EXPECT_EQ(set(in_box("가\n나", {1000, 224})).size, 99);
}

TEST(Fit, ShrinksForInkThatIsTallerThanTheLine) {
  const Size box{2000, 100};
  const TextLayout plain = set(in_box("한", box));
  const TextLayout tall = set(in_box("Ậğ", box));
  EXPECT_EQ(plain.size, 100);
  EXPECT_LT(tall.size, 100);
  EXPECT_GE(tall.ink.y, 0);
  EXPECT_LE(tall.ink.y + tall.ink.height, box.height);
  EXPECT_FALSE(tall.overflows);
}

TEST(Fit, ShrinksBeforeItSplitsAWord) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  const TextLayout whole = set(in_box("대한민국만세", {133, 1000}));
  EXPECT_EQ(whole.size, 24) << "132.48 wide";
  EXPECT_THAT(line_texts(whole), ElementsAre("대한민국만세"));

  const TextLayout split = set(in_box("대한민국만세", {132, 1000}));
  EXPECT_EQ(split.size, 24);
  EXPECT_THAT(line_texts(split), ElementsAre("대한민국만", "세"));
  EXPECT_FALSE(split.overflows);
}

TEST(Fit, AWordSplitAtTheFloorIsCutBetweenClustersAlone) {
  const std::string syllable = "\u1112\u119E\u11AB";  // no precomposed form: three code points
  const TextLayout layout = set(in_box(syllable + syllable + syllable, {30, 1000}, 24, 30));
  EXPECT_THAT(line_texts(layout), ElementsAre(syllable, syllable, syllable));
}

TEST(Fit, ASizeUpSomethingWouldNotFit) {
  const std::vector<std::string> texts = {
      "613명의 희생자를 추모합니다", "We remember 613 victims, and we do not forget",
      "Xocalı soyqırımının 613 qurbanını xatırlayırıq",
      "손잡이를 꼭 잡아 주세요. 임산부 배려석을 비워 두세요.", "state-of-the-art AVATAR To-Type"};
  for (const std::string& text : texts) {
    for (const Size box : {Size{500, 300}, Size{801, 99}, Size{333, 777}}) {
      const TextLayout layout = set(in_box(text, box, 8, 400));
      ASSERT_FALSE(layout.overflows) << text;
      ASSERT_LT(layout.size, 400);
      EXPECT_FALSE(set(at_size(text, layout.size, box)).overflows);
      const TextLayout above = set(at_size(text, layout.size + 1, box));
      EXPECT_TRUE(above.overflows || above.splits_words) << text << " at " << layout.size;
    }
  }
}

TEST(Fit, OverflowsOnlyWhenEvenTheSmallestSizeIsTooTallOrAClusterTooWide) {
  EXPECT_FALSE(set(in_box("가\n나", {100, 54}, 24)).overflows) << "24 and 30";
  EXPECT_TRUE(set(in_box("가\n나", {100, 53}, 24)).overflows);
  SKIP_WITHOUT_SHIPPED_FONTS();
  EXPECT_FALSE(set(in_box("가", {23, 100}, 25)).overflows) << "exactly 23 wide";
  EXPECT_TRUE(set(in_box("가", {22, 100}, 25)).overflows);
}

TEST(Fit, WhatOverflowsIsShortenedOnlyWhereAsked) {
  TextBlock block = in_box("가\n나", {100, 53}, 24);
  EXPECT_EQ(set(block).text, "가\n나");
  block.shortens = true;
  EXPECT_EQ(set(block).text, "가…");
  EXPECT_TRUE(set(block).overflows);
}

TEST(Fit, SizesOutsideTheContractAreBroughtIntoIt) {
  EXPECT_EQ(set(in_box("가", {9000, 9000}, 1, 9000)).size, 1024);
  EXPECT_EQ(set(in_box("가", {1, 1}, 1, 9000)).size, 8);
  EXPECT_TRUE(set(in_box("가", {-5, -5})).overflows);
}

TEST(Lines, FillGreedilyAtSpaces) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  // 가나 다라 is 4 x 92 + 28 = 396 px wide at 100 px.
  EXPECT_THAT(line_texts(set(at_size("가나 다라 마바 사아", 100, {396, 1000}))),
              ElementsAre("가나 다라 ", "마바 사아"));
  EXPECT_THAT(line_texts(set(at_size("가나 다라 마바 사아", 100, {395, 1000}))),
              ElementsAre("가나 ", "다라 ", "마바 ", "사아"));
}

TEST(Lines, ALineThatHoldsOnlySpaceIsEmptyToTheEye) {
  const TextLayout layout = set(at_size("가 \u3000 \u3000나", 100, {92, 1000}));
  EXPECT_EQ(joined(line_texts(layout)), "가 \u3000 \u3000나");
  for (const TextLine& line : layout.lines) EXPECT_LE(line.width, 92 * 64);
  EXPECT_EQ(all_glyphs(layout).size(), 2u);
}

TEST(Lines, NeverTearAKoreanWordThatFitsALine) {
  EXPECT_THAT(line_texts(set(in_box("훈민정음 서문(1446년)에서 밝힌", {600, 400}, 40, 80))),
              testing::Contains(testing::HasSubstr("서문(1446년)에서")));
}

TEST(Lines, AreBalancedOverAsManyLinesAsTheGreedyFillNeeds) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  // Greedily: 가나 다라 마바 | 사아. Balanced: two words on each.
  EXPECT_THAT(line_texts(set(at_size("가나 다라 마바 사아", 100, {700, 1000}))),
              ElementsAre("가나 다라 ", "마바 사아"));
  TextBlock greedy = at_size("가나 다라 마바 사아", 100, {700, 1000});
  greedy.balances = false;
  EXPECT_THAT(line_texts(set(greedy)), ElementsAre("가나 다라 마바 ", "사아"));
}

TEST(Lines, AreBalancedInEachParagraphForItself) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  EXPECT_THAT(line_texts(set(at_size("가나 다라 마바 사아\n가나", 100, {700, 1000}))),
              ElementsAre("가나 다라 ", "마바 사아\n", "가나"));
}

TEST(Lines, AreBalancedUpToEightAndNotNine) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  // Three words a line at most, each 276 px wide; the last line of the greedy fill has one.
  const auto shortest = [](int words) {
    std::string text = "가나다";
    for (int i = 1; i < words; ++i) text += " 라마바";
    const TextLayout layout = set(at_size(text, 100, {890, 5000}));
    EXPECT_EQ(layout.lines.size(), static_cast<std::size_t>((words + 2) / 3));
    Px64 width = layout.lines[0].width;
    for (const TextLine& line : layout.lines) width = std::min(width, line.width);
    return width / 64;
  };
  EXPECT_EQ(shortest(22), 2 * 276 + 28) << "eight lines";
  EXPECT_EQ(shortest(25), 276) << "nine lines";
}

// What Balance finds is held against trying every way to break the text.
TEST(Lines, NoOtherWayToBreakIsMoreEven) {
  const std::string text = "가 나라다 마바 사아자차 카 타파 하거너 더러머버 서어";
  const std::vector<int> words = {1, 3, 2, 4, 1, 2, 3, 4, 2};
  SKIP_WITHOUT_SHIPPED_FONTS();
  for (int box = 400; box <= 2400; box += 37) {
    const TextLayout balanced = set(at_size(text, 100, {box, 5000}));
    const auto width_of = [&](std::size_t from, std::size_t to) {
      int width = -28;
      for (std::size_t i = from; i < to; ++i) width += words[i] * 92 + 28;
      return width;
    };
    std::int64_t best = -1;
    for (unsigned breaks = 0; breaks < 1u << (words.size() - 1); ++breaks) {
      std::int64_t sum = 0;
      std::size_t count = 0;
      bool fits = true;
      for (std::size_t from = 0, to = 1; to <= words.size(); ++to) {
        if (to < words.size() && (breaks & 1u << (to - 1)) == 0) continue;
        const std::int64_t slack = box - width_of(from, to);
        const bool is_stranded = to == words.size() && to - from == 1 && to > 1;
        fits = fits && slack >= 0 && !is_stranded;
        sum += slack * slack;
        ++count;
        from = to;
      }
      if (fits && count == balanced.lines.size() && (best < 0 || sum < best)) best = sum;
    }
    if (best < 0) continue;  // only with a stranded word
    std::int64_t sum = 0;
    for (const TextLine& line : balanced.lines) {
      const std::int64_t slack = box - line.width / 64;
      sum += slack * slack;
    }
    EXPECT_EQ(sum, best) << box;
  }
}

TEST(Lines, DoNotStrandAShortWordOnTheLastLine) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  // 가나다라마 바사 is 672 px wide at 100 px; the even way would be 가나다라마 바사 | 네.
  EXPECT_THAT(line_texts(set(at_size("가나다라마 바 네", 100, {600, 1000}))),
              ElementsAre("가나다라마 ", "바 네"));
  EXPECT_THAT(line_texts(set(at_size("가 다라마바사 아자", 100, {760, 1000}))),
              ElementsAre("가 ", "다라마바사 아자"))
      << "less even than 가 다라마바사 | 아자, which strands two syllables";
  EXPECT_THAT(line_texts(set(at_size("가나 다라마바사 아자차", 100, {770, 1000}))),
              ElementsAre("가나 다라마바사 ", "아자차"))
      << "three syllables can stand alone";
  EXPECT_THAT(line_texts(set(at_size("가나다라마바 네", 100, {570, 1000}))),
              ElementsAre("가나다라마바 ", "네"))
      << "there is no other way";
}

TEST(Lines, EndBetweenSyllablesWhereTheStyleSaysSo) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  TextBlock block = at_size("나라의 말이 중국과", 100, {399, 1000});
  block.balances = false;
  EXPECT_THAT(line_texts(set(block)), ElementsAre("나라의 ", "말이 ", "중국과"));
  block.wrap = Wrap::syllable;
  EXPECT_THAT(line_texts(set(block)), ElementsAre("나라의 말", "이 중국과"));
  block.text = "말말(馬)을";
  block.box.width = 300;
  EXPECT_THAT(line_texts(set(block)), ElementsAre("말말", "(馬)을"))
      << "not after an opening bracket, though it would fit";
  block.text = "말말말.";
  EXPECT_THAT(line_texts(set(block)), ElementsAre("말말", "말.")) << "nor before a full stop";
}

TEST(Lines, OfChineseAndJapaneseEndBetweenCharacters) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  const auto lines = [](const std::string& text, const std::string& language) {
    return line_texts(set(in_language(in_box(text, {400, 1000}, 20, 100), language)));
  };
  EXPECT_THAT(lines("下车前请按铃", "zh"), ElementsAre("下车前", "请按铃"));
  EXPECT_THAT(lines("下車前請按鈴", "zh-Hant"), ElementsAre("下車前", "請按鈴"));
  EXPECT_THAT(lines("次は、終点です。", "ja"), ElementsAre("次は、終", "点です。"));
  EXPECT_THAT(lines("下車前請按鈴", "ko"), ElementsAre("下車前請按鈴")) << "one word, set smaller";
}

TEST(Lines, AWordIsSplitBetweenSyllablesBeforeItIsSplitElsewhere) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  // Too wide for a line even at the floor. The digits hold together as long as a line has them.
  EXPECT_THAT(line_texts(set(in_box("가나다라12345마바", {110, 1000}, 24, 24))),
              ElementsAre("가나다라", "12345마", "바"));
  EXPECT_THAT(line_texts(set(in_box("가나1234567890", {60, 1000}, 24, 24))),
              ElementsAre("가나", "1234", "5678", "90"))
      << "and are torn where it has not";
}

TEST(Lines, JoinToTheWholeTextAndNoneIsWiderThanTheBox) {
  const std::vector<std::string> texts = {
      "613명의 희생자를 추모합니다",       "  앞뒤에 빈칸  ", "줄\n\n바꿈\n",
      "I\u0307stanbul \u1112\u1161\u11AB", "a\u00A0b  c\t d", "긴긴긴긴긴긴긴긴긴긴긴긴낱말"};
  for (const std::string& text : texts) {
    for (const int width : {30, 100, 333, 1000}) {
      const TextLayout layout = set(in_box(text, {width, 400}, 20, 90));
      EXPECT_EQ(joined(line_texts(layout)), to_nfc(text));
      for (const TextLine& line : layout.lines) EXPECT_LE(line.width, width * 64);
    }
  }
}

TEST(Lines, KerningAcrossAHyphenIsUndoneWhereTheLineBreaks) {
  // T after a hyphen is kerned in Noto Sans; at a line's start it is not.
  const TextLayout together = set(in_language(at_size("A-TA", 100), "en"));
  TextBlock narrow = in_language(at_size("A-TA", 100, {140, 1000}), "en");
  narrow.wrap = Wrap::syllable;
  const TextLayout apart = set(narrow);
  ASSERT_THAT(line_texts(apart), ElementsAre("A-", "TA"));
  const Glyph kerned = all_glyphs(together)[1];
  EXPECT_LT(kerned.advance, apart.lines[0].glyphs[1].advance);
  EXPECT_EQ(apart.lines[1].width, set(in_language(at_size("TA", 100), "en")).lines[0].width);
}

// 「가 나」 is 3.12 em wide, torn at the space 1.42.
TEST(Lines, KeepWhatIsInBracketsTogetherDownToThreeQuartersOfTheSize) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  const auto fitted = [](int size_max, int width = 312) {
    return set(in_box("「가 나」", {width, 1000}, 20, size_max));
  };
  EXPECT_THAT(line_texts(fitted(133)), ElementsAre("「가 나」"));
  EXPECT_EQ(fitted(133).size, 100);
  EXPECT_THAT(line_texts(fitted(134)), ElementsAre("「가 ", "나」"));
  EXPECT_EQ(fitted(134).size, 134);
  EXPECT_EQ(fitted(132, 309).size, 99) << "three quarters exactly";
  EXPECT_THAT(line_texts(fitted(133, 311)), ElementsAre("「가 ", "나」"))
      << "99 would be too small";
}

TEST(Lines, TearBracketsWhereTheSizeIsGivenOrWordsAreNotKeptWholeEither) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  TextBlock given = in_box("다라 「가 나」", {400, 1000}, 100, 100);
  given.balances = false;
  EXPECT_THAT(line_texts(set(given)), ElementsAre("다라 「가 ", "나」"));
  TextBlock block = in_box("「가 나」", {312, 1000}, 20, 133);
  block.wrap = Wrap::syllable;
  EXPECT_THAT(line_texts(set(block)), ElementsAre("「가 ", "나」"));
  EXPECT_THAT(line_texts(set(in_box("「가 나」", {150, 1000}, 100, 133))),
              ElementsAre("「가 ", "나」"))
      << "together they would be split in the middle of a word";
}

TEST(Fit, SaysWhereItFitsOnlyBecauseAWordIsSplit) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  EXPECT_FALSE(set(in_box("대한민국만세", {133, 1000})).splits_words);
  EXPECT_TRUE(set(in_box("대한민국만세", {132, 1000})).splits_words);
  const TextLayout too_tall = set(in_box("대한 민국", {1000, 20}));
  EXPECT_TRUE(too_tall.overflows);
  EXPECT_FALSE(too_tall.splits_words);
}

TEST(Place, AlignsLeftCentreAndRight) {
  TextBlock block = at_size("가나", 50, {1000, 100});
  const Px64 width = set(block).lines[0].width;
  block.align = Align::left;
  EXPECT_EQ(set(block).lines[0].x, 0);
  block.align = Align::right;
  EXPECT_EQ(set(block).lines[0].x, 64000 - width);
  block.align = Align::center;
  EXPECT_EQ(set(block).lines[0].x, (64000 - width) / 2);
}

TEST(Place, BaselinesAreWholePixelsALineHeightApart) {
  TextBlock block = at_size("가\n나\n다", 50, {1000, 1000});
  block.line_height = 1.5;
  const TextLayout layout = set(block);
  EXPECT_EQ(layout.lines[0].y % 64, 0);
  EXPECT_EQ(layout.lines[1].y - layout.lines[0].y, 75 * 64);
  EXPECT_EQ(layout.lines[2].y - layout.lines[1].y, 75 * 64);
}

TEST(Place, GlyphsStandWhereTheAdvancesBeforeThemEnd) {
  const TextLayout layout = set(at_size("613명의 AVATAR", 37));
  const TextLine& line = layout.lines[0];
  Px64 pen = line.x;
  for (const Glyph& glyph : line.glyphs) {
    EXPECT_EQ(glyph.x, pen);
    EXPECT_EQ(glyph.y, line.y);
    pen += glyph.advance;
  }
  EXPECT_EQ(pen, line.x + line.width);
}

TEST(Place, ScalingTheBoxAndTheSizeScalesEveryPosition) {
  const std::string text = "613명의 희생자를 AVATAR 추모합니다, İə";
  const TextLayout once = set(at_size(text, 40, {500, 400}));
  ASSERT_GT(once.lines.size(), 1u);
  for (const int k : {2, 3, 7}) {
    const TextLayout more = set(at_size(text, 40 * k, {500 * k, 400 * k}));
    ASSERT_EQ(line_texts(more), line_texts(once));
    for (std::size_t i = 0; i < once.lines.size(); ++i) {
      EXPECT_LE(std::abs(more.lines[i].y - once.lines[i].y * k), 64 * (k + 1) / 2);
      for (std::size_t g = 0; g < once.lines[i].glyphs.size(); ++g) {
        const Glyph& small = once.lines[i].glyphs[g];
        const Glyph& large = more.lines[i].glyphs[g];
        EXPECT_EQ(large.id, small.id);
        EXPECT_LE(std::abs(large.x - small.x * k), k + 1);
      }
    }
  }
}

TEST(Place, RoundingIsToNearestWithHalvesUpForEitherSign) {
  EXPECT_EQ(round_div(5, 2), 3);
  EXPECT_EQ(round_div(-5, 2), -2);
  EXPECT_EQ(round_div(4, 3), 1);
  EXPECT_EQ(round_div(-4, 3), -1);
  EXPECT_EQ(floor_div(-1, 64), -1);
  EXPECT_EQ(floor_div(-64, 64), -1);
  EXPECT_EQ(floor_div(63, 64), 0);
}

}  // namespace
}  // namespace noseon
