// How texts are arranged, with the fonts that are shipped. Invariants, not goldens: the layouts
// themselves are the typesetter's and tested there.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/unicode.h"
#include "player/compose.h"

namespace noseon {
namespace {

constexpr Size kWide{1920, 1080};
constexpr Size kBar{1920, 540};
constexpr Size kUpright{1080, 1920};

class ComposeText : public testing::Test {
 protected:
  void SetUp() override {
    Result<Typesetter> opened = Typesetter::open();
    if (!opened) GTEST_SKIP() << opened.error().message;
    typesetter.emplace(*std::move(opened));
    Style style;
    style.background = {0x10, 0x14, 0x18};
    style.ink = {0xf4, 0xf1, 0xea};
    campaign.styles.push_back(style);
  }

  std::vector<Page> pages(Texts texts, Size size, std::vector<std::string> languages) {
    Item item;
    item.text = std::move(texts);
    item.style = 0;
    display.size = size;
    display.languages = std::move(languages);
    return compose_text(campaign, item, display, behind, *typesetter);
  }

  // The first page, where the others do not matter.
  Frame compose(Texts texts, Size size, std::vector<std::string> languages = {"ko", "en"}) {
    return pages(std::move(texts), size, std::move(languages)).front().frame;
  }

  static std::vector<TextDraw> texts_of(const Frame& frame) {
    std::vector<TextDraw> texts;
    for (const Draw& draw : frame.draws) {
      if (const auto* text = std::get_if<TextDraw>(&draw)) texts.push_back(*text);
    }
    return texts;
  }

  static Rect ink_of(const TextDraw& text) {
    const Rect& ink = text.layout.ink;
    return {text.origin.x + ink.x, text.origin.y + ink.y, ink.width, ink.height};
  }

  static std::string repeated(const std::string& words) {
    std::string text;
    for (int i = 0; i < 24; ++i) text += words;
    return text;
  }

  static int bottom(const Rect& rect) { return rect.y + rect.height; }
  static int right(const Rect& rect) { return rect.x + rect.width; }

  Campaign campaign;
  Display display;
  PicturePtr behind;
  std::optional<Typesetter> typesetter;
};

const std::string kNamesKo = "613명의 희생자를 추모합니다";
const std::string kNamesEn = "We remember 613 victims";
const std::string kNamesAz = "613 qurbanı xatırlayırıq";

TEST_F(ComposeText, StartsWithTheStylesBackgroundOverAllOfIt) {
  const Frame frame = compose({{"ko", kNamesKo}}, kWide);
  ASSERT_FALSE(frame.draws.empty());
  EXPECT_EQ(to_string({frame.size, {frame.draws[0]}}),
            "frame 1920x1080\nfill 0,0 1920x1080 #101418\n");
  ASSERT_EQ(texts_of(frame).size(), 1U);
  EXPECT_EQ(texts_of(frame)[0].ink, (Color{0xf4, 0xf1, 0xea}));
}

TEST_F(ComposeText, TwoLanguagesStandOneAboveTheOtherTheSecondAtSixtyPercent) {
  const auto texts = texts_of(compose({{"en", kNamesEn}, {"ko", kNamesKo}}, kWide));
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0].layout.text, kNamesKo) << "the display's first language comes first";
  EXPECT_EQ(texts[1].layout.text, kNamesEn);
  EXPECT_EQ(texts[1].layout.size, texts[0].layout.size * 3 / 5);
  EXPECT_GT(ink_of(texts[1]).y, bottom(ink_of(texts[0])));
}

TEST_F(ComposeText, TwoLanguagesAreCentredTogether) {
  for (const Size size : {kWide, kUpright, Size{1000, 1000}}) {
    const auto texts = texts_of(compose({{"ko", kNamesKo}, {"en", kNamesEn}}, size));
    ASSERT_EQ(texts.size(), 2U);
    const int above = ink_of(texts[0]).y;
    const int below = size.height - bottom(ink_of(texts[1]));
    EXPECT_NEAR(above, below, 2) << size.width << 'x' << size.height;
  }
}

TEST_F(ComposeText, ABarSetsTwoLanguagesTheWayThatReadsLarger) {
  display.diagonal_inch = 28;
  const auto texts =
      texts_of(compose({{"ko", "손잡이를 꼭 잡아 주세요"}, {"en", "Please hold on"}}, kBar));
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_GE(ink_of(texts[1]).x, right(ink_of(texts[0]))) << "side by side";
  // One above the other, both would have to share 453 pixels of height.
  EXPECT_GT(texts[0].layout.size, 130);
}

TEST_F(ComposeText, ABarStacksTwoLongWords) {
  const auto texts = texts_of(compose({{"ko", "교통약자배려석"}, {"en", "Priority seats"}}, kBar));
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_GT(ink_of(texts[1]).y, bottom(ink_of(texts[0])));
  EXPECT_GT(texts[0].layout.size, 200);
}

TEST_F(ComposeText, EverythingStaysInsideThePadding) {
  for (const Size size : {kWide, kBar, kUpright, Size{3840, 600}, Size{1000, 1000}}) {
    for (const auto& languages :
         {std::vector<std::string>{"ko", "en"}, {"az", "ko"}, {"en"}, {"az"}}) {
      const Frame frame =
          compose({{"ko", kNamesKo}, {"en", kNamesEn}, {"az", kNamesAz}}, size, languages);
      const int padding = std::min(size.width, size.height) * 8 / 100;
      for (const TextDraw& text : texts_of(frame)) {
        SCOPED_TRACE(to_string(frame));
        const Rect ink = ink_of(text);
        // Ink may lean out of its line by the side bearing of a letter.
        const int lean = text.layout.size / 16 + 1;
        EXPECT_GE(ink.x, padding - lean);
        EXPECT_GE(ink.y, padding - lean);
        EXPECT_LE(right(ink), size.width - padding + lean);
        EXPECT_LE(bottom(ink), size.height - padding + lean);
        EXPECT_FALSE(text.layout.overflows);
      }
    }
  }
}

TEST_F(ComposeText, NothingIsSetBelowTheLegibleSize) {
  display.distance_m = 4.0;
  for (const Size size : {kWide, kBar}) {
    const auto texts = texts_of(compose({{"ko", kNamesKo}, {"en", kNamesEn}}, size));
    for (const TextDraw& text : texts) EXPECT_GE(text.layout.size, legible_size(display));
  }
}

TEST_F(ComposeText, TheFirstWrittenShowsWhereTheDisplaySpeaksNoneOfThem) {
  const auto texts = texts_of(compose({{"az", kNamesAz}, {"ko", kNamesKo}}, kWide, {"fr"}));
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_EQ(texts[0].layout.text, kNamesAz);
}

TEST_F(ComposeText, ALanguageNamedTwiceShowsOnce) {
  EXPECT_EQ(texts_of(compose({{"ko", kNamesKo}}, kWide, {"ko", "ko"})).size(), 1U);
}

TEST_F(ComposeText, LanguagesThatDoNotFitTogetherTakeAPageEach) {
  const std::string ko = repeated("아주 긴 문장을 씁니다 ");
  const std::string en = repeated("a very long sentence ");
  const std::vector<Page> both = pages({{"en", en}, {"ko", ko}}, kWide, {"ko", "en"});
  ASSERT_EQ(both.size(), 2U);
  for (const Page& page : both) {
    ASSERT_EQ(texts_of(page.frame).size(), 1U);
    EXPECT_FALSE(texts_of(page.frame)[0].layout.overflows);
  }
  EXPECT_EQ(both[0].languages, std::vector<std::string>{"ko"});
  EXPECT_EQ(both[1].languages, std::vector<std::string>{"en"});
  EXPECT_EQ(both[0].weight, static_cast<std::int64_t>(reading_half_characters(ko)));
  EXPECT_EQ(texts_of(both[1].frame)[0].layout.text, en);
}

TEST_F(ComposeText, MoreThanTwoLanguagesTakePagesOfTwo) {
  const Texts texts{{"ko", kNamesKo}, {"en", kNamesEn}, {"az", kNamesAz}};
  const std::vector<Page> two = pages(texts, kWide, {"ko", "en", "az"});
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(two[0].languages, (std::vector<std::string>{"ko", "en"}));
  EXPECT_EQ(two[1].languages, std::vector<std::string>{"az"});
  EXPECT_EQ(texts_of(two[0].frame).size(), 2U);
  EXPECT_EQ(to_string(two[0].frame), to_string(pages(texts, kWide, {"ko", "en"}).at(0).frame))
      << "the first page does not know of the second";
}

TEST_F(ComposeText, ALaterPageIsNoLargerThanTheFirst) {
  const Texts texts{{"ko", repeated("아주 긴 문장을 씁니다 ")},
                    {"en", repeated("a shorter text ")}};
  const std::vector<Page> two = pages(texts, kWide, {"ko", "en"});
  ASSERT_EQ(two.size(), 2U);
  EXPECT_EQ(texts_of(two[1].frame)[0].layout.size, texts_of(two[0].frame)[0].layout.size);
  EXPECT_GT(texts_of(compose({texts[1]}, kWide))[0].layout.size,
            texts_of(two[1].frame)[0].layout.size);
}

TEST_F(ComposeText, AWordIsNotSplitToFitTwoLanguagesTogether) {
  const Texts texts{{"ko", kNamesKo}, {"en", std::string(150, 'm')}};
  const std::vector<Page> two = pages(texts, kWide, {"ko", "en"});
  ASSERT_EQ(two.size(), 2U);
  EXPECT_TRUE(texts_of(two[1].frame)[0].layout.splits_words);
}

TEST_F(ComposeText, AnItemWithoutTextIsOnePageOfGround) {
  const std::vector<Page> one = pages({}, kWide, {"ko"});
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(one[0].frame.draws.size(), 1U);
  EXPECT_EQ(one[0].weight, 1);
}

TEST_F(ComposeText, ATextThatDoesNotFitEndsInAnEllipsisAfterAWord) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += fmt::format("낱말{} ", i);
  const auto texts = texts_of(compose({{"ko", text}}, kWide));
  ASSERT_EQ(texts.size(), 1U);
  const TextLayout& layout = texts[0].layout;
  EXPECT_TRUE(layout.overflows);
  EXPECT_LE(bottom(ink_of(texts[0])), kWide.height) << "never silently clipped";
  EXPECT_EQ(layout.size, legible_size(display));
  ASSERT_TRUE(layout.text.ends_with("…"));
  const std::string kept = layout.text.substr(0, layout.text.size() - std::string("…").size());
  EXPECT_GT(kept.size(), 100U);
  EXPECT_TRUE(text.starts_with(kept + " ")) << "cut after a word: " << kept;
}

TEST_F(ComposeText, AnEndlessWordIsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "가";
  const auto texts = texts_of(compose({{"ko", text}}, kWide));
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_LE(bottom(ink_of(texts[0])), kWide.height);
  EXPECT_TRUE(texts[0].layout.text.ends_with("가…"));
}

TEST_F(ComposeText, AStyleSetsSizeSpacingAndLines) {
  Style& style = campaign.styles[0];
  const auto set = [&] { return texts_of(compose({{"ko", "가나 다라"}}, kWide, {"ko"})).at(0); };
  const TextDraw usual = set();
  style.size = 50;
  EXPECT_EQ(set().layout.size, usual.layout.size / 2);
  style.letter_spacing = 10;
  const TextDraw spaced = set();
  style.letter_spacing = 0;
  EXPECT_NEAR(spaced.layout.lines[0].width - set().layout.lines[0].width,
              4 * spaced.layout.size * 64 / 10, 1)
      << "a tenth of the size between five clusters";
  style.line_height = 200;
  const auto lines = texts_of(compose({{"ko", "가\n나"}}, kWide, {"ko"}))[0].layout.lines;
  EXPECT_EQ(lines[1].y - lines[0].y, 2 * usual.layout.size / 2 * 64);
}

TEST_F(ComposeText, AStyleBreaksLongTextsBetweenSyllables) {
  Style& style = campaign.styles[0];
  std::string text;
  for (int i = 0; i < 31; ++i) {
    for (int k = 0; k < 4 + i * 3 % 7; ++k) text += "가";
    text += ' ';
  }
  const auto lines = [&] { return texts_of(compose({{"ko", text}}, kWide, {"ko"}))[0].layout; };
  const auto ends_in_a_space = [](const TextLayout& layout, const TextLine& line) {
    return layout.text[line.end - 1] == ' ';
  };
  const TextLayout words = lines();
  for (const TextLine& line : words.lines) EXPECT_TRUE(ends_in_a_space(words, line));
  style.wrap = Wrap::syllable;
  const TextLayout syllables = lines();
  EXPECT_TRUE(std::any_of(syllables.lines.begin(), syllables.lines.end(),
                          [&](const TextLine& line) { return !ends_in_a_space(syllables, line); }));
}

TEST_F(ComposeText, AnOutlineAndAShadowGrowWithTheSize) {
  Style& style = campaign.styles[0];
  style.outline = Outline{{1, 2, 3}, 5};
  style.shadow = Shadow{{4, 5, 6}, -10, 20, 15, 100};
  const TextDraw text = texts_of(compose({{"ko", "가"}}, kWide, {"ko"})).at(0);
  const int size = text.layout.size;
  EXPECT_EQ(text.outline->color, (Color{1, 2, 3}));
  EXPECT_EQ(text.outline->width, size * 64 / 20);
  EXPECT_EQ(text.shadow->color, (Color{4, 5, 6}));
  EXPECT_EQ(text.shadow->offset, (Point{-size / 10, size / 5}));
  EXPECT_EQ(text.shadow->blur, size * 15 / 100);
  EXPECT_EQ(text.shadow->opacity, 255);
}

TEST_F(ComposeText, APictureStandsBehindUnderAsMuchOfAScrimAsContrastNeeds) {
  const auto plain = [](Color color) {
    return make_picture(
        kWide, std::vector<std::uint32_t>(std::size_t{1920} * 1080,
                                          0xff000000U | std::uint32_t{color.red} << 16U |
                                              std::uint32_t{color.green} << 8U | color.blue));
  };
  Style& style = campaign.styles[0];
  style.background = {0, 0, 0};
  style.ink = {255, 255, 255};
  style.picture = "paper.jpg";
  const auto scrim = [&] {
    const Frame frame = compose({{"ko", kNamesKo}}, kWide);
    EXPECT_TRUE(std::holds_alternative<PictureDraw>(frame.draws.at(1)));
    EXPECT_GE(text_contrast(frame), 4.5);
    const auto* fill = std::get_if<FillDraw>(&frame.draws.at(2));
    return fill == nullptr ? 0 : fill->opacity;
  };
  behind = plain({20, 20, 20});
  EXPECT_EQ(scrim(), 0) << "dark enough as it is";
  style.scrim = 30;
  EXPECT_EQ(scrim(), 77) << "what the style asks for at the least";
  behind = plain({255, 255, 255});
  // White on grey 118 is 4.54:1, on grey 119 4.48:1.
  EXPECT_EQ(scrim(), (54 * 255 + 50) / 100) << "white lets 46 % of it through, 117";
}

TEST_F(ComposeText, ContrastIsThatOfTheInkOnItsGroundOrOnItsOutline) {
  Style& style = campaign.styles[0];
  style.background = {0x99, 0x99, 0x99};
  style.ink = {0x77, 0x77, 0x77};
  const auto contrast = [&] { return text_contrast(compose({{"ko", kNamesKo}}, kWide)); };
  EXPECT_DOUBLE_EQ(contrast(), contrast_ratio(style.ink, style.background));
  style.outline = Outline{{0, 0, 0}, 4};
  EXPECT_DOUBLE_EQ(contrast(), contrast_ratio(style.ink, {0, 0, 0}));
  style.outline = Outline{{0x77, 0x77, 0x78}, 4};
  EXPECT_DOUBLE_EQ(contrast(), contrast_ratio(style.ink, style.background)) << "never less";
}

TEST_F(ComposeText, AnUprightScreenOnItsSideIsComposedUpright) {
  display.rotation = 90;
  const Frame frame = compose({{"ko", kNamesKo}}, kWide);
  EXPECT_EQ(frame.size, kUpright);
}

TEST_F(ComposeText, WorksOnTheSmallestDisplays) {
  for (const Size size : {Size{1, 1}, Size{16, 9}, Size{160, 90}, Size{200, 8}}) {
    const Frame frame = compose({{"ko", kNamesKo}, {"en", kNamesEn}}, size);
    EXPECT_EQ(frame.size, size);
    EXPECT_GE(frame.draws.size(), 1U);
  }
}

}  // namespace
}  // namespace noseon
