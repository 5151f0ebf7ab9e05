#include "player/painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/player/pictures.h"

namespace noseon {
namespace {

constexpr Color kGround{1, 2, 3};

Frame ground(Size size) {
  return {size, {FillDraw{{0, 0, size.width, size.height}, kGround}}};
}

TEST(Painter, WhatNothingCoversIsBlackAndOpaque) {
  const PicturePtr picture = paint_without_text({{3, 2}, {}});
  EXPECT_EQ(words(*picture), std::vector<std::uint32_t>(6, 0xff000000U));
}

TEST(Painter, FillsExactlyTheRectangle) {
  Frame frame = ground({6, 5});
  frame.draws.emplace_back(FillDraw{{2, 1, 3, 2}, {9, 9, 9}});
  const PicturePtr picture = paint_without_text(frame);
  for (int y = 0; y < 5; ++y) {
    for (int x = 0; x < 6; ++x) {
      const bool is_inside = x >= 2 && x < 5 && y >= 1 && y < 3;
      EXPECT_EQ(color_at(*picture, x, y), (is_inside ? Color{9, 9, 9} : kGround)) << x << ',' << y;
    }
  }
}

TEST(Painter, FillsAreClippedOnAllSides) {
  Frame frame = ground({4, 4});
  constexpr int kFar = 2'147'483'647;
  frame.draws.emplace_back(FillDraw{{-5, -5, 6, 6}, {10, 0, 0}});      // the top left pixel
  frame.draws.emplace_back(FillDraw{{3, 3, kFar, kFar}, {0, 10, 0}});  // the bottom right one
  frame.draws.emplace_back(FillDraw{{4, 0, 5, 4}, {99, 99, 99}});      // past the right edge
  frame.draws.emplace_back(FillDraw{{1, 1, -1, 2}, {99, 99, 99}});     // no width
  const PicturePtr picture = paint_without_text(frame);
  EXPECT_EQ(color_at(*picture, 0, 0), (Color{10, 0, 0}));
  EXPECT_EQ(color_at(*picture, 3, 3), (Color{0, 10, 0}));
  const auto pixels = picture->pixels();
  EXPECT_EQ(std::count(pixels.begin(), pixels.end(), to_word(kGround)), 14);
}

TEST(Painter, APictureIsCopiedPixelForPixel) {
  Frame frame = ground({10, 8});
  frame.draws.emplace_back(PictureDraw{coordinates({20, 20}), {5, 6, 3, 2}, {4, 1}, ""});
  const PicturePtr picture = paint_without_text(frame);
  EXPECT_EQ(color_at(*picture, 4, 1), (Color{5, 6, 0x77}));
  EXPECT_EQ(color_at(*picture, 6, 2), (Color{7, 7, 0x77}));
  EXPECT_EQ(color_at(*picture, 3, 1), kGround);
  EXPECT_EQ(color_at(*picture, 7, 2), kGround);
  EXPECT_EQ(color_at(*picture, 4, 0), kGround);
  EXPECT_EQ(color_at(*picture, 6, 3), kGround);
}

struct Clip {
  const char* name;
  Rect source;
  Point target;
};

class PainterClip : public testing::TestWithParam<Clip> {};

TEST_P(PainterClip, APictureKeepsItsPlaceWhereItIsCut) {
  // Whatever is cut off, the pixel at (x, y) is the one that was meant for it.
  const Clip& clip = GetParam();
  const Size frame_size{10, 8};
  const Size picture_size{12, 9};
  Frame frame = ground(frame_size);
  frame.draws.emplace_back(PictureDraw{coordinates(picture_size), clip.source, clip.target, ""});
  const PicturePtr picture = paint_without_text(frame);
  for (int y = 0; y < frame_size.height; ++y) {
    for (int x = 0; x < frame_size.width; ++x) {
      const int from_x = x - clip.target.x + clip.source.x;
      const int from_y = y - clip.target.y + clip.source.y;
      const bool is_meant = from_x >= std::max(clip.source.x, 0) &&
                            from_x < std::min(clip.source.x + clip.source.width, 12) &&
                            from_y >= std::max(clip.source.y, 0) &&
                            from_y < std::min(clip.source.y + clip.source.height, 9);
      const Color expected = is_meant ? Color{static_cast<std::uint8_t>(from_x),
                                              static_cast<std::uint8_t>(from_y), 0x77}
                                      : kGround;
      ASSERT_EQ(color_at(*picture, x, y), expected) << x << ',' << y;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Edges, PainterClip,
                         testing::Values(Clip{"Left", {0, 0, 12, 4}, {-7, 2}},
                                         Clip{"Top", {0, 0, 4, 9}, {3, -6}},
                                         Clip{"Right", {0, 0, 12, 3}, {9, 1}},
                                         Clip{"Bottom", {0, 0, 3, 9}, {1, 7}},
                                         Clip{"AllSides", {0, 0, 12, 9}, {-1, -1}},
                                         Clip{"SourceBeforeThePicture", {-3, -2, 6, 5}, {2, 2}},
                                         Clip{"SourcePastThePicture", {10, 7, 9, 9}, {1, 1}},
                                         Clip{"JustOutsideLeft", {0, 0, 12, 9}, {-12, 0}},
                                         Clip{"JustOutsideBelow", {0, 0, 12, 9}, {0, 8}},
                                         Clip{"LastPixel", {0, 0, 12, 9}, {-11, -8}},
                                         Clip{"NoPixel", {3, 3, 0, 4}, {1, 1}}),
                         [](const auto& clip) { return std::string(clip.param.name); });

TEST(Painter, LaterDrawsLieOverEarlierOnes) {
  Frame frame = ground({2, 1});
  frame.draws.emplace_back(PictureDraw{solid({2, 1}, {255, 255, 255}), {0, 0, 2, 1}, {0, 0}, ""});
  frame.draws.emplace_back(FillDraw{{1, 0, 1, 1}, {0, 0, 0}, 51});
  const PicturePtr picture = paint_without_text(frame);
  EXPECT_EQ(color_at(*picture, 0, 0), (Color{255, 255, 255}));
  EXPECT_EQ(color_at(*picture, 1, 0), (Color{204, 204, 204}));
}

TEST(Painter, TurnsTheFinishedPictureClockwise) {
  Frame frame = ground({3, 2});
  frame.draws.emplace_back(FillDraw{{0, 0, 1, 1}, {200, 0, 0}});  // top left
  const auto marked = [&](int rotation, Size size, Point at) {
    const PicturePtr picture = paint_without_text(frame, rotation);
    ASSERT_EQ(picture->size(), size) << rotation;
    EXPECT_EQ(color_at(*picture, at.x, at.y), (Color{200, 0, 0})) << rotation;
  };
  marked(0, {3, 2}, {0, 0});
  marked(90, {2, 3}, {1, 0});
  marked(180, {3, 2}, {2, 1});
  marked(270, {2, 3}, {0, 2});
}

// ------------------------------------------------------------------------------------- with fonts

class PainterText : public testing::Test {
 protected:
  void SetUp() override {
    Result<Typesetter> opened = Typesetter::open();
    if (!opened) GTEST_SKIP() << opened.error().message;
    typesetter.emplace(*std::move(opened));
  }

  TextDraw text(Size box, int size, Color ink) {
    TextBlock block;
    block.text = "한";
    block.box = box;
    block.size_max = block.size_min = size;
    return {typesetter->lay_out(block), {0, 0}, ink};
  }

  std::optional<Typesetter> typesetter;
};

TEST_F(PainterText, InkStaysWithinTheLayoutsInkAndReachesItsFullColour) {
  const Color ink{250, 240, 230};
  Frame frame = ground({200, 160});
  const TextDraw draw = text(frame.size, 96, ink);
  frame.draws.emplace_back(draw);
  const PicturePtr picture = paint(frame, *typesetter);
  const Rect bounds = draw.layout.ink;
  int inked = 0;
  for (int y = 0; y < 160; ++y) {
    for (int x = 0; x < 200; ++x) {
      const Color color = color_at(*picture, x, y);
      const bool is_inside = x >= bounds.x && x < bounds.x + bounds.width && y >= bounds.y &&
                             y < bounds.y + bounds.height;
      if (!is_inside) {
        ASSERT_EQ(color, kGround) << x << ',' << y;
      }
      inked += color == ink ? 1 : 0;
    }
  }
  EXPECT_GT(inked, 96 * 96 / 10);
}

TEST_F(PainterText, TextIsClippedOnAllSidesWithoutMoving) {
  const Size size{200, 160};
  Frame whole = ground(size);
  const TextDraw draw = text(size, 96, {255, 255, 255});
  whole.draws.emplace_back(draw);
  const PicturePtr expected = paint(whole, *typesetter);
  // A window on the middle of the same text, so that every side cuts through it.
  const Rect window{draw.layout.ink.x + 20, draw.layout.ink.y + 20, 40, 30};
  Frame part = ground({window.width, window.height});
  TextDraw moved = draw;
  moved.origin = {-window.x, -window.y};
  part.draws.emplace_back(moved);
  const PicturePtr picture = paint(part, *typesetter);
  for (int y = 0; y < window.height; ++y) {
    for (int x = 0; x < window.width; ++x) {
      ASSERT_EQ(color_at(*picture, x, y), color_at(*expected, window.x + x, window.y + y));
    }
  }
}

// The bounds of what is not the ground.
Rect drawn_on_ground(const Picture& picture) {
  const Size size = picture.size();
  int left = size.width, top = size.height, right = 0, bottom = 0;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      if (color_at(picture, x, y) == kGround) continue;
      left = std::min(left, x);
      right = std::max(right, x + 1);
      top = std::min(top, y);
      bottom = std::max(bottom, y + 1);
    }
  }
  return {left, top, right - left, bottom - top};
}

TEST_F(PainterText, AnOutlineReachesItsWidthBeyondTheInkAndStaysUnderIt) {
  const Color ink{250, 240, 230};
  Frame plain = ground({200, 160});
  TextDraw draw = text(plain.size, 96, ink);
  plain.draws.emplace_back(draw);
  const PicturePtr without = paint(plain, *typesetter);
  draw.outline = TextOutline{{255, 0, 0}, 5 * 64};
  Frame outlined = ground({200, 160});
  outlined.draws.emplace_back(draw);
  const PicturePtr with = paint(outlined, *typesetter);

  const Rect inner = drawn_on_ground(*without);
  const Rect outer = drawn_on_ground(*with);
  EXPECT_NEAR(inner.x - outer.x, 5, 1);
  EXPECT_NEAR(inner.y - outer.y, 5, 1);
  EXPECT_NEAR(outer.x + outer.width - inner.x - inner.width, 5, 1);
  EXPECT_NEAR(outer.y + outer.height - inner.y - inner.height, 5, 1);
  int red = 0;
  for (int y = 0; y < 160; ++y) {
    for (int x = 0; x < 200; ++x) {
      if (color_at(*without, x, y) == ink) {
        ASSERT_EQ(color_at(*with, x, y), ink);
      }
      red += color_at(*with, x, y) == Color{255, 0, 0} ? 1 : 0;
    }
  }
  EXPECT_GT(red, 500);
}

TEST_F(PainterText, AShadowIsTheTextMovedUnderIt) {
  const Color ink{250, 240, 230};
  Frame plain = ground({200, 160});
  TextDraw draw = text(plain.size, 96, ink);
  plain.draws.emplace_back(draw);
  const PicturePtr without = paint(plain, *typesetter);
  draw.shadow = TextShadow{ink, {7, 11}, 0, 255};
  Frame thrown = ground({200, 160});
  thrown.draws.emplace_back(draw);
  const PicturePtr with = paint(thrown, *typesetter);
  for (int y = 11; y < 160; ++y) {
    for (int x = 7; x < 200; ++x) {
      const bool is_text = color_at(*without, x, y) != kGround;
      if (is_text) continue;
      ASSERT_EQ(color_at(*with, x, y), color_at(*without, x - 7, y - 11)) << x << ',' << y;
    }
  }
}

TEST_F(PainterText, AShadowIsAsFaintAndAsWideAsItSays) {
  const auto drawn = [&](int blur, int opacity) {
    Frame frame = ground({300, 260});
    TextDraw draw = text(frame.size, 96, kGround);
    draw.shadow = TextShadow{{201, 202, 203}, {0, 0}, blur, opacity};
    draw.layout.lines[0].glyphs.resize(1);
    frame.draws.emplace_back(draw);
    return paint(frame, *typesetter);
  };
  const auto brightest = [](const Picture& picture) {
    int most = 0;
    for (const std::uint32_t pixel : words(picture)) {
      most = std::max(most, static_cast<int>(pixel & 255U));
    }
    return most;
  };
  EXPECT_EQ(brightest(*drawn(0, 0)), kGround.blue);
  EXPECT_LT(brightest(*drawn(12, 100)), brightest(*drawn(12, 200)));
  const Rect sharp = drawn_on_ground(*drawn(3, 255));
  const Rect soft = drawn_on_ground(*drawn(24, 255));
  EXPECT_GT(soft.width, sharp.width + 15);
  EXPECT_LE(soft.width, sharp.width + 2 * 24);
}

TEST_F(PainterText, AnEmojiKeepsItsColoursAndHasAShadowButNoOutline) {
  TextBlock block;
  block.text = "🚌";
  block.box = {200, 160};
  block.size_max = block.size_min = 96;
  Frame plain = ground(block.box);
  TextDraw draw{typesetter->lay_out(block), {0, 0}, {1, 2, 3}};
  plain.draws.emplace_back(draw);
  const PicturePtr without = paint(plain, *typesetter);
  std::set<std::uint32_t> colours;
  for (const std::uint32_t pixel : words(*without)) colours.insert(pixel);
  EXPECT_GT(colours.size(), 100u);
  draw.outline = TextOutline{{255, 0, 0}, 5 * 64};
  Frame outlined = ground(block.box);
  outlined.draws.emplace_back(draw);
  EXPECT_EQ(hash(*paint(outlined, *typesetter)), hash(*without));
  draw.shadow = TextShadow{{255, 0, 0}, {20, 0}, 2, 255};
  outlined.draws.back() = draw;
  EXPECT_NE(hash(*paint(outlined, *typesetter)), hash(*without));
}

TEST_F(PainterText, TheSameFrameIsTheSameBytes) {
  Frame frame = ground({200, 160});
  frame.draws.emplace_back(text(frame.size, 96, {255, 255, 255}));
  EXPECT_EQ(hash(*paint(frame, *typesetter)), hash(*paint(frame, *typesetter)));
}

TEST(Painter, GivesAFrameThatIsOneWholePictureAsThatPicture) {
  const PicturePtr picture = coordinates({8, 4});
  const Frame whole{{8, 4}, {PictureDraw{picture, {0, 0, 8, 4}, {0, 0}, "p"}}};
  EXPECT_EQ(paint_without_text(whole), picture);
  EXPECT_NE(paint_without_text(whole, 180), picture);
  Frame night = whole;
  night.brightness = 999;
  EXPECT_NE(paint_without_text(night), picture);
  Frame moved = whole;
  std::get<PictureDraw>(moved.draws[0]).target = {1, 0};
  EXPECT_NE(paint_without_text(moved), picture);
}

TEST(Painter, PaintsNothingThatIsHiddenAndAllThatIsNot) {
  const PicturePtr picture = solid({8, 4}, {1, 2, 3});
  const Frame frame{
      {8, 4},
      {FillDraw{{0, 0, 8, 4}, {9, 9, 9}}, FillDraw{{0, 0, 8, 4}, {200, 0, 0}},
       FillDraw{{2, 1, 4, 2}, {0, 200, 0}, 255}, FillDraw{{0, 0, 8, 4}, {0, 0, 0}, 128}}};
  const PicturePtr painted = paint_without_text(frame);
  EXPECT_EQ(color_at(*painted, 0, 0), (Color{100, 0, 0}));
  EXPECT_EQ(color_at(*painted, 2, 1), (Color{0, 100, 0}));
  const Frame part{{8, 4},
                   {FillDraw{{0, 0, 8, 4}, {200, 0, 0}},
                    PictureDraw{picture, {1, 0, 8, 4}, {0, 0}, "a pixel short"}}};
  EXPECT_EQ(color_at(*paint_without_text(part), 7, 0), (Color{200, 0, 0}));
  EXPECT_EQ(color_at(*paint_without_text(part), 6, 0), (Color{1, 2, 3}));
}

TEST(Painter, LaysTheGroundOnEachSideOfThePictureOnIt) {
  const PicturePtr picture = solid({4, 2}, {1, 2, 3});
  const Color ground{200, 0, 0};
  for (const Point corner : {Point{2, 1}, Point{0, 0}, Point{4, 2}, Point{-1, 1}, Point{6, 3},
                             Point{2, -3}, Point{9, 9}}) {
    const Frame frame{
        {8, 4},
        {FillDraw{{-1, -1, 20, 20}, ground}, PictureDraw{picture, {0, 0, 4, 2}, corner, "on it"}}};
    const PicturePtr painted = paint_without_text(frame);
    for (int y = 0; y < 4; ++y) {
      for (int x = 0; x < 8; ++x) {
        const bool is_picture =
            x >= corner.x && x < corner.x + 4 && y >= corner.y && y < corner.y + 2;
        EXPECT_EQ(color_at(*painted, x, y), is_picture ? (Color{1, 2, 3}) : ground)
            << x << ", " << y << " with the picture at " << corner.x << ", " << corner.y;
      }
    }
  }
}

TEST(Painter, DimsAllOfAFrameTogether) {
  Frame frame{{2, 1}, {FillDraw{{0, 0, 2, 1}, {200, 100, 50}}}};
  frame.brightness = 600;
  EXPECT_EQ(color_at(*paint_without_text(frame), 1, 0), (Color{120, 60, 30}));
}

}  // namespace
}  // namespace noseon
