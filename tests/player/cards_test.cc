#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "player/compose.h"
#include "player/painter.h"
#include "player/studio.h"
#include "tests/player/pictures.h"

namespace noseon {
namespace {

PicturePtr builtin(Size size) {
  return paint_without_text(compose_builtin_card(size));
}

TEST(BuiltinCard, IsNowhereBlackAtAnySize) {
  for (const Size size :
       {Size{160, 90}, Size{320, 1920}, Size{1920, 1080}, Size{1080, 1920}, Size{1920, 540},
        Size{3840, 600}, Size{1000, 1000}, Size{1, 1}, Size{2, 300}, Size{8192, 64}}) {
    const PicturePtr card = builtin(size);
    ASSERT_EQ(card->size(), size);
    const auto pixels = card->pixels();
    const bool is_lit = std::all_of(pixels.begin(), pixels.end(), [](std::uint32_t pixel) {
      return (pixel & 0xffU) >= 0x20 && ((pixel >> 8U) & 0xffU) >= 0x20;
    });
    EXPECT_TRUE(is_lit) << size.width << 'x' << size.height;
  }
}

TEST(BuiltinCard, WorksAtTheLargestSize) {
  const PicturePtr card = builtin({8192, 8192});
  EXPECT_EQ(card->size(), (Size{8192, 8192}));
  EXPECT_EQ(color_at(*card, 4096, 4096), (Color{0x0c, 0x25, 0x38})) << "the stop in the middle";
}

TEST(BuiltinCard, ShowsItsRouteOnEveryShape) {
  constexpr std::uint32_t kAmber = 0xfff2a93bU;
  for (const Size size :
       {Size{160, 90}, Size{1920, 1080}, Size{1080, 1920}, Size{1920, 540}, Size{3840, 600}}) {
    const PicturePtr card = builtin(size);
    const auto pixels = card->pixels();
    const auto amber = std::count(pixels.begin(), pixels.end(), kAmber);
    EXPECT_GT(amber, static_cast<std::ptrdiff_t>(pixels.size() / 100)) << size.width;
  }
}

TEST(BuiltinCard, IsTheSameBytesEveryTime) {
  EXPECT_EQ(hash(*builtin({1920, 1080})), hash(*builtin({1920, 1080})));
  EXPECT_EQ(hash(*builtin({160, 90})), hash(*builtin({160, 90})));
}

TEST(BuiltinCard, FollowsTheDisplaysRotation) {
  Display display;
  display.size = {320, 180};
  display.rotation = 90;
  const PicturePtr card = builtin_card(display);
  EXPECT_EQ(card->size(), display.size);
  EXPECT_EQ(words(*card), words(*paint_without_text(compose_builtin_card({180, 320}), 90)));
}

TEST(BuiltinCard, ComposesToOneNamedPicture) {
  EXPECT_EQ(to_string(compose_builtin_card({320, 180})),
            "frame 320x180\n"
            "fill 0,0 320x180 #0c2538\n"
            "picture \"built-in card\" 0,0 320x180 at 0,0\n");
}

class ErrorCard : public testing::Test {
 protected:
  void SetUp() override {
    Result<Typesetter> opened = Typesetter::open();
    if (!opened) GTEST_SKIP() << opened.error().message;
    typesetter.emplace(*std::move(opened));
  }

  std::vector<TextDraw> texts(Size size, const std::vector<std::string>& lines) {
    const Frame frame =
        compose_error_card(size, "khojaly cannot be read", lines, nullptr, *typesetter);
    std::vector<TextDraw> found;
    for (const Draw& draw : frame.draws) {
      if (const auto* text = std::get_if<TextDraw>(&draw)) found.push_back(*text);
    }
    return found;
  }

  std::optional<Typesetter> typesetter;
};

std::vector<std::string> numbered(int count) {
  std::vector<std::string> lines;
  for (int i = 1; i <= count; ++i) lines.push_back(fmt::format("campaign.toml:{}:1: error: x", i));
  return lines;
}

TEST_F(ErrorCard, ShowsTheTitleAndEveryLineThatHasRoom) {
  const auto shown = texts({1920, 1080}, numbered(3));
  ASSERT_EQ(shown.size(), 4U);
  EXPECT_EQ(shown[0].layout.text, "khojaly cannot be read");
  EXPECT_EQ(shown[3].layout.text, "campaign.toml:3:1: error: x");
}

TEST_F(ErrorCard, CountsTheLinesThatHaveNone) {
  const auto shown = texts({1920, 1080}, numbered(100));
  ASSERT_GT(shown.size(), 5U);
  const std::size_t lines = shown.size() - 2;
  EXPECT_EQ(shown.back().layout.text, fmt::format("… and {} more", 100 - lines));
  const TextDraw& last = shown.back();
  EXPECT_LE(last.origin.y + last.layout.ink.y + last.layout.ink.height, 1080);
}

TEST_F(ErrorCard, LinesFollowEachOtherDownTheCardWithoutTouching) {
  const auto shown = texts({1920, 540}, numbered(4));
  for (std::size_t i = 1; i < shown.size(); ++i) {
    const Rect above = shown[i - 1].layout.ink;
    EXPECT_GE(shown[i].origin.y + shown[i].layout.ink.y,
              shown[i - 1].origin.y + above.y + above.height)
        << i;
  }
}

TEST_F(ErrorCard, DimsWhatIsBehindSoThatTheWordsStayReadable) {
  const Frame frame =
      compose_error_card({640, 360}, "t", {}, solid({800, 300}, {255, 255, 255}), *typesetter);
  const PicturePtr picture = paint(frame, *typesetter);
  const Color over_white = color_at(*picture, 639, 180);
  EXPECT_LT(over_white.green, 64) << "white itself is dimmed";
  const Color beside = color_at(*picture, 639, 0);
  EXPECT_GT(over_white.green, beside.green) << "and yet still there";
}

TEST_F(ErrorCard, WorksOnTheSmallestDisplays) {
  for (const Size size : {Size{160, 90}, Size{1, 1}, Size{64, 8}}) {
    const Frame frame = compose_error_card(size, "title", numbered(5), nullptr, *typesetter);
    EXPECT_EQ(paint(frame, *typesetter)->size(), size);
  }
}

}  // namespace
}  // namespace noseon
