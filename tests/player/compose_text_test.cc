// How texts are arranged, with the fonts that are shipped. Invariants, not goldens: the layouts
// themselves are the typesetter's and tested there.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

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

  Frame compose(Texts texts, Size size, std::vector<std::string> languages = {"ko", "en"}) {
    Item item;
    item.text = std::move(texts);
    item.style = 0;
    display.size = size;
    display.languages = std::move(languages);
    return compose_text(campaign, item, display, *typesetter);
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

  static int bottom(const Rect& rect) { return rect.y + rect.height; }
  static int right(const Rect& rect) { return rect.x + rect.width; }

  Campaign campaign;
  Display display;
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

TEST_F(ComposeText, TheFirstLanguageStandsAloneWhereTwoHaveNoRoom) {
  std::string long_ko;
  std::string long_en;
  for (int i = 0; i < 24; ++i) {
    long_ko += "아주 긴 문장을 씁니다 ";
    long_en += "a very long sentence ";
  }
  const auto texts = texts_of(compose({{"ko", long_ko}, {"en", long_en}}, kWide));
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_FALSE(texts[0].layout.overflows);
}

TEST_F(ComposeText, ATextThatDoesNotFitEndsInAnEllipsisAfterAWord) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += fmt::format("낱말{} ", i);
  const auto texts = texts_of(compose({{"ko", text}}, kWide));
  ASSERT_EQ(texts.size(), 1U);
  const TextLayout& layout = texts[0].layout;
  EXPECT_FALSE(layout.overflows) << "never silently clipped";
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
  EXPECT_FALSE(texts[0].layout.overflows);
  EXPECT_TRUE(texts[0].layout.text.ends_with("가…"));
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
