// to_string(Frame) is what other tests compare, so it has to be exact.
#include "player/frame.h"

#include <gtest/gtest.h>

#include "tests/player/pictures.h"

namespace noseon {
namespace {

TextLine line(std::uint32_t start, std::uint32_t end, Px64 x, Px64 y, Px64 width) {
  TextLine line;
  line.start = start;
  line.end = end;
  line.x = x;
  line.y = y;
  line.width = width;
  return line;
}

TEST(Frame, PrintsOneLineADraw) {
  Frame frame{{1920, 1080}, {}};
  frame.draws.emplace_back(FillDraw{{0, 0, 1920, 1080}, {0x10, 0x14, 0x18}});
  frame.draws.emplace_back(FillDraw{{-8, 4, 100, 20}, {255, 0, 128}, 127});
  frame.draws.emplace_back(
      PictureDraw{solid({4, 3}, {}), {1, 2, 3, 1}, {-5, 6}, "khojaly/\"one\""});
  EXPECT_EQ(to_string(frame),
            "frame 1920x1080\n"
            "fill 0,0 1920x1080 #101418\n"
            "fill -8,4 100x20 #ff0080 opacity 127/255\n"
            "picture \"khojaly/\\\"one\\\"\" 1,2 3x1 at -5,6\n");
}

TEST(Frame, PrintsTextWithTheExactPlaceOfEveryLine) {
  TextDraw text;
  text.layout.text = "손잡이를\n꼭";
  text.layout.size = 96;
  text.layout.lines = {line(0, 13, 64, 96 * 64 + 1, 32), line(13, 16, -1, -65, 640)};
  text.origin = {12, -7};
  text.ink = {0xf4, 0xf1, 0xea};
  Frame frame{{8, 8}, {text}};
  EXPECT_EQ(to_string(frame),
            "frame 8x8\n"
            "text 96 px #f4f1ea at 12,-7: \"손잡이를\\n\" 1,96.015625+0.5 \"꼭\" "
            "-0.015625,-1.015625+10\n");
}

TEST(Frame, SaysThatATextOverflows) {
  TextDraw text;
  text.layout.text = "a";
  text.layout.size = 8;
  text.layout.lines = {line(0, 1, 0, 0, 0)};
  text.layout.overflows = true;
  EXPECT_EQ(to_string(Frame{{1, 1}, {text}}),
            "frame 1x1\ntext 8 px #000000 at 0,0: \"a\" 0,0+0 overflows\n");
}

TEST(Frame, PrintsAnOutlineAndAShadow) {
  TextDraw text;
  text.layout.text = "a";
  text.layout.size = 8;
  text.layout.lines = {line(0, 1, 0, 0, 0)};
  text.outline = TextOutline{{1, 2, 3}, 96};
  text.shadow = TextShadow{{4, 5, 6}, {-1, 2}, 3, 9};
  EXPECT_EQ(to_string(Frame{{1, 1}, {text}}),
            "frame 1x1\ntext 8 px #000000 at 0,0: \"a\" 0,0+0 outline #010203 1.5 "
            "shadow #040506 9/255 at -1,2 blur 3\n");
}

}  // namespace
}  // namespace noseon
