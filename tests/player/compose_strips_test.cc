// Captions, clock strips and tickers, with the fonts that are shipped: how a display is divided,
// and that nothing in it is cut, too small or on top of something else.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "player/compose.h"
#include "player/painter.h"
#include "player/strips.h"
#include "playlist/clock_words.h"
#include "tests/player/pictures.h"

namespace noseon {
namespace {

constexpr Size kWide{1920, 1080};
constexpr Size kBar{1920, 540};
constexpr Size kUpright{1080, 1920};
constexpr Size kUprightBar{540, 1920};
constexpr Size kSmall{1280, 800};

const std::string kKorean = "봄 나들이, 3월 1일 서울광장";
const std::string kEnglish = "Out in spring, 1 March";

// The distance from which letters of that size are the smallest that can be read.
Display display_of(Size size, int legible = 0) {
  Display display;
  display.size = size;
  while (legible_size(display) < legible) display.distance_m *= 1.001;
  return display;
}

class StripsTest : public testing::Test {
 protected:
  void SetUp() override {
    Result<Typesetter> opened = Typesetter::open();
    if (!opened) GTEST_SKIP() << opened.error().message;
    typesetter.emplace(*std::move(opened));
    campaign.id = CampaignId{"c"};
    campaign.styles.emplace_back().background = {0x20, 0x30, 0x40};
    item.id = ItemId{"i"};
    item.style = 0;
    look.minute = parse_civil("2027-02-25 14:05").value();
  }

  Style& style() { return campaign.styles[0]; }

  std::vector<Page> poster_pages(const Display& display) {
    item.poster = "p.png";
    return compose_poster_item(campaign, item, display,
                               solid(poster_box(campaign, item, display), {1, 2, 3}), *typesetter,
                               look);
  }
  Page ticker_page(const Display& display) {
    item.motion = Motion::ticker;
    return compose_ticker(campaign, item, display, nullptr, *typesetter, look);
  }
  [[nodiscard]] Strips strips(const Display& display) const {
    return strips_of(campaign.styles[0],
                     item.caption.empty() ? StripContent::clock : StripContent::caption, display);
  }

  static std::vector<TextDraw> texts_of(const Frame& frame) {
    std::vector<TextDraw> texts;
    for (const Draw& draw : frame.draws) {
      if (const auto* text = std::get_if<TextDraw>(&draw)) texts.push_back(*text);
    }
    return texts;
  }
  static std::vector<std::string> said(const Frame& frame) {
    std::vector<std::string> words;
    for (const TextDraw& text : texts_of(frame)) words.push_back(text.layout.text);
    return words;
  }
  static Rect ink_of(const TextDraw& text) {
    const Rect& ink = text.layout.ink;
    return {text.origin.x + ink.x, text.origin.y + ink.y, ink.width, ink.height};
  }
  static int right(const Rect& rect) { return rect.x + rect.width; }
  static int bottom(const Rect& rect) { return rect.y + rect.height; }
  static bool is_inside(const Rect& inner, const Rect& outer) {
    return inner.x >= outer.x && inner.y >= outer.y && right(inner) <= right(outer) &&
           bottom(inner) <= bottom(outer);
  }
  static bool overlap(const Rect& a, const Rect& b) {
    return a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);
  }

  Campaign campaign;
  Item item;
  Look look;
  std::optional<Typesetter> typesetter;
};

TEST_F(StripsTest, AClockStripIsNinePercentOfTheShorterSideOrALegibleLine) {
  style().clock = ClockStrip::time;
  EXPECT_EQ(strips(display_of(kWide)).strip, (Rect{0, 983, 1920, 97})) << "59 pixels need 94";
  EXPECT_EQ(strips(display_of(kUpright)).strip, (Rect{0, 1823, 1080, 97}));
  EXPECT_EQ(strips(display_of(kWide, 60)).strip.height, 97) << "60 need 96";
  EXPECT_EQ(strips(display_of(kWide, 61)).strip.height, 97) << "61 need 97.6";
  EXPECT_EQ(strips(display_of(kWide, 62)).strip.height, 99);
}

TEST_F(StripsTest, ACaptionStripIsEighteenPercentOfTheShorterSideOrTwoLegibleLines) {
  item.caption = {{"ko", kKorean}};
  EXPECT_EQ(strips(display_of(kWide, 57)).strip.height, 200) << "194 would be 18 %";
  Display near = display_of(kWide);
  near.distance_m = 1;
  EXPECT_EQ(strips(near).strip, (Rect{0, 886, 1920, 194}));
}

TEST_F(StripsTest, AStripHasAtMost45PercentOfTheHeight) {
  style().clock = ClockStrip::time;
  EXPECT_EQ(strips(display_of({1920, 360}, 101)).strip.height, 161);
  EXPECT_EQ(strips(display_of({1920, 360}, 102)).strip.height, 162) << "163.2 are needed";
  EXPECT_EQ(strips(display_of({1920, 360}, 1024)).strip.height, 162);
}

TEST_F(StripsTest, WithoutClockAndCaptionAllIsContent) {
  EXPECT_EQ(strips(display_of(kWide)).content, (Rect{0, 0, 1920, 1080}));
  EXPECT_EQ(strips(display_of(kWide)).strip.height, 0);
  EXPECT_FALSE(has_strip(campaign, item));
}

TEST_F(StripsTest, PosterAndStripAreTheDisplayWithoutGapOrOverlap) {
  for (const bool has_caption : {false, true}) {
    style().clock = ClockStrip::time;
    item.caption = has_caption ? Texts{{"ko", kKorean}} : Texts{};
    for (const Size size : {kWide, kBar, kUpright, kUprightBar, kSmall, Size{64, 64}}) {
      for (const int degrees : {0, 90}) {
        Display display = display_of(size);
        display.rotation = degrees;
        const Size whole = display.composed_size();
        const Strips divided = strips(display);
        const Size box = poster_box(campaign, item, display);
        EXPECT_EQ(box, (Size{divided.content.width, divided.content.height}));
        EXPECT_EQ(divided.content, (Rect{0, 0, whole.width, divided.strip.y}));
        EXPECT_EQ(bottom(divided.strip), whole.height);
        EXPECT_EQ(divided.strip.width, whole.width);
      }
    }
  }
}

TEST_F(StripsTest, APosterWithItsClockIsExactlyThis) {
  style().clock = ClockStrip::time;
  Display display = display_of(kWide);
  const std::vector<Page> pages = poster_pages(display);
  ASSERT_EQ(pages.size(), 1U);
  Frame frame = pages[0].frame;
  ASSERT_EQ(said(frame), std::vector<std::string>{"14:05"});
  frame.draws.pop_back();
  EXPECT_EQ(to_string(frame),
            "frame 1920x1080\n"
            "picture \"c/i\" 0,0 1920x983 at 0,0\n"
            "fill 0,983 1920x97 #203040\n");
}

TEST_F(StripsTest, NothingInAStripOverlapsOrLeavesItOrIsTooSmall) {
  for (const ClockStrip clock : {ClockStrip::none, ClockStrip::time, ClockStrip::date}) {
    for (const Size size : {kWide, kBar, kUpright, kUprightBar, kSmall}) {
      style().clock = clock;
      item.caption = {{"ko", kKorean}, {"en", kEnglish}, {"az", "Bahar gəzintisi, 1 mart"}};
      Display display = display_of(size);
      display.languages = {"ko", "en", "az"};
      for (const Page& page : poster_pages(display)) {
        SCOPED_TRACE(to_string(page.frame));
        const std::vector<TextDraw> texts = texts_of(page.frame);
        ASSERT_FALSE(texts.empty());
        for (const TextDraw& text : texts) {
          EXPECT_TRUE(is_inside(ink_of(text), strips(display).strip));
          EXPECT_GE(text.layout.size, legible_size(display));
          EXPECT_FALSE(text.layout.overflows);
          for (const TextDraw& other : texts) {
            if (&other == &text) continue;
            EXPECT_FALSE(overlap(ink_of(text), ink_of(other)));
          }
        }
      }
    }
  }
}

TEST_F(StripsTest, TwoLegibleLinesOfACaptionHaveRoomOneAboveTheOther) {
  // Too narrow for side by side, and of exactly the height that legible lines need.
  item.caption = {{"ko", "봄 소풍"}, {"en", "Spring"}};
  const Display display = display_of({320, 1920});
  const std::vector<Page> pages = poster_pages(display);
  ASSERT_EQ(pages.size(), 1U);
  const std::vector<TextDraw> texts = texts_of(pages[0].frame);
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_GE(ink_of(texts[1]).y, bottom(ink_of(texts[0])));
  EXPECT_GE(texts[1].layout.size, legible_size(display));
}

TEST_F(StripsTest, LanguagesOfACaptionThatDoNotFitTogetherTakeTurns) {
  item.caption = {{"ko", kKorean}, {"en", "Out in spring, on 1 March, at Seoul Plaza"}};
  EXPECT_EQ(poster_pages(display_of(kWide)).size(), 1U);
  const std::vector<Page> pages = poster_pages(display_of(kUpright));
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0].languages, std::vector<std::string>{"ko"});
  EXPECT_EQ(pages[1].languages, std::vector<std::string>{"en"});
  EXPECT_EQ(said(pages[1].frame), std::vector<std::string>{item.caption[1].second});
  EXPECT_GT(pages[1].weight, pages[0].weight) << "41 half characters against 23 and more";
}

TEST_F(StripsTest, BesideACaptionAWideClockIsTheTimeAlone) {
  style().clock = ClockStrip::date;
  const std::string day = clock_words("ko", *look.minute, ClockStrip::date);
  EXPECT_EQ(said(poster_pages(display_of(kUpright))[0].frame), std::vector<std::string>{day})
      << "alone it has room";
  item.caption = {{"ko", kKorean}};
  EXPECT_EQ(said(poster_pages(display_of(kWide))[0].frame)[0], day);
  EXPECT_EQ(said(poster_pages(display_of(kUpright))[0].frame)[0], "14:05");
}

TEST_F(StripsTest, WordsGoBeforeTheClockWhereBothHaveNoRoom) {
  style().clock = ClockStrip::time;
  item.caption = {{"ko", kKorean}};
  EXPECT_EQ(said(poster_pages(display_of(kUpright))[0].frame).size(), 2U);
  const std::vector<Page> pages = poster_pages(display_of(kUprightBar));
  ASSERT_EQ(pages.size(), 1U);
  EXPECT_EQ(said(pages[0].frame), std::vector<std::string>{kKorean});
  EXPECT_FALSE(texts_of(pages[0].frame)[0].layout.overflows);
}

TEST_F(StripsTest, WithoutATimeTheStripIsThereAndEmpty) {
  style().clock = ClockStrip::time;
  look.minute.reset();
  const Frame frame = poster_pages(display_of(kWide))[0].frame;
  EXPECT_TRUE(texts_of(frame).empty());
  EXPECT_EQ(strips(display_of(kWide)).strip.height, 97);
}

std::string repeated(const std::string& words, std::size_t bytes) {
  std::string text;
  while (text.size() + words.size() <= bytes) text += words;
  return text;
}

std::size_t bytes_of(const Page& page) {
  const Size size = page.line->strip.size;
  return static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height) * 4;
}

TEST_F(StripsTest, ATickersBandIsInTheMiddleOfTheContentAndNeverOutsideOfIt) {
  item.text = {{"ko", kKorean}};
  for (const ClockStrip clock : {ClockStrip::none, ClockStrip::date}) {
    for (const Size size : {kWide, kBar, kUpright, kUprightBar, kSmall, Size{1920, 64}}) {
      for (const int legible : {0, 100, 300, 1024}) {
        style().clock = clock;
        const Display display = display_of(size, legible);
        const Page page = ticker_page(display);
        SCOPED_TRACE(fmt::format("{}x{}, {}", size.width, size.height, legible_size(display)));
        const Rect& band = page.line->band;
        const Rect content = strips(display).content;
        EXPECT_TRUE(is_inside(band, content)) << band.y << " + " << band.height;
        EXPECT_EQ(band.width, size.width);
        EXPECT_EQ(band.height, page.line->strip.size.height);
        EXPECT_NEAR(band.y - content.y, bottom(content) - bottom(band), 1);
        for (const TextDraw& text : texts_of(page.line->strip)) {
          EXPECT_GE(text.layout.size,
                    std::min(legible_size(display), std::max(content.height * 4 / 5, 8)));
          EXPECT_TRUE(is_inside(ink_of(text), {0, 0, page.line->strip.size.width, band.height}));
        }
      }
    }
  }
}

TEST_F(StripsTest, ATickerOf4KiBStaysWithinItsBytesAndIsLegible) {
  for (const std::string& words :
       {std::string("손잡이를 꼭 잡아 주세요. "), std::string("Hold on. ")}) {
    item.text = {{"ko", repeated(words, 4096)}};
    for (const Size size : {kWide, kBar, Size{3840, 2160}}) {
      for (const int legible : {0, 200}) {
        const Display display = display_of(size, legible);
        const Page page = ticker_page(display);
        SCOPED_TRACE(fmt::format("{}x{}, {}", size.width, size.height, legible_size(display)));
        EXPECT_LE(bytes_of(page), kStripBytesMax);
        const TextDraw text = texts_of(page.line->strip).at(0);
        EXPECT_GE(text.layout.size, legible_size(display));
        EXPECT_LE(right(ink_of(text)), page.line->strip.size.width);
        if (text.layout.overflows) {
          EXPECT_EQ(text.layout.size, legible_size(display)) << "cut though it may be smaller";
        }
      }
    }
  }
}

TEST_F(StripsTest, ATickerThatWouldPassItsBytesIsSetSmallerBeforeItIsCut) {
  item.text = {{"ko", kKorean}};
  Display display = display_of(kWide);
  display.distance_m = 0.5;
  const int usual = texts_of(ticker_page(display).line->strip).at(0).layout.size;
  item.text = {{"ko", repeated("손잡이를 꼭 잡아 주세요. ", 4096)}};
  const TextDraw text = texts_of(ticker_page(display).line->strip).at(0);
  EXPECT_LT(text.layout.size, usual);
  EXPECT_FALSE(text.layout.overflows);
}

TEST_F(StripsTest, ATickerRunsAwayFromWhereItsFirstLanguageIsReadFrom) {
  item.text = {{"ko", kKorean}, {"ar", "نتذكر الضحايا"}};
  Display display = display_of(kWide);
  const auto first_and_second = [&](std::vector<std::string> languages) {
    display.languages = std::move(languages);
    const Page page = ticker_page(display);
    const std::vector<TextDraw> texts = texts_of(page.line->strip);
    EXPECT_EQ(texts.size(), 2U);
    EXPECT_EQ(page.languages, display.languages);
    return std::tuple(page.line->run, ink_of(texts[0]), ink_of(texts[1]));
  };
  const auto [left_run, korean, arabic_after] = first_and_second({"ko", "ar"});
  EXPECT_EQ(left_run, Run::leftwards);
  EXPECT_GT(arabic_after.x, right(korean)) << "the first leads to the left";
  const auto [right_run, arabic, korean_after] = first_and_second({"ar", "ko"});
  EXPECT_EQ(right_run, Run::rightwards);
  EXPECT_GT(arabic.x, right(korean_after)) << "the first leads to the right";
}

TEST_F(StripsTest, ATickersClockIsBelowItsBand) {
  style().clock = ClockStrip::time;
  item.text = {{"ko", kKorean}};
  const Display display = display_of(kBar);
  const Page page = ticker_page(display);
  ASSERT_EQ(said(page.frame), std::vector<std::string>{"14:05"});
  EXPECT_TRUE(is_inside(ink_of(texts_of(page.frame)[0]), strips(display).strip));
  EXPECT_LE(bottom(page.line->band), strips(display).strip.y);
}

}  // namespace
}  // namespace noseon
