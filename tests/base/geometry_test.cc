#include "base/geometry.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

TEST(Color, IsWrittenAsSixHexDigits) {
  EXPECT_EQ(parse_color("#0a1b2c"), (Color{0x0a, 0x1b, 0x2c}));
  EXPECT_EQ(parse_color("#FFffFf"), (Color{255, 255, 255}));
  EXPECT_EQ(parse_color("#000000"), Color{});
}

TEST(Color, RefusesEverythingElse) {
  for (const char* text : {"", "#", "#0a1b2", "#0a1b2c0", "0a1b2c", "0a1b2c0", "#0a1b2g", "#-a1b2c",
                           "#+a1b2c", "# a1b2c", "#0x1b2c", "red", "#0a1b2c "}) {
    EXPECT_FALSE(parse_color(text)) << text;
  }
}

TEST(Color, ComesBackAsItWasWritten) {
  EXPECT_EQ(to_string(Color{0x00, 0x0b, 0xff}), "#000bff");
  EXPECT_EQ(parse_color(to_string(Color{1, 2, 3})), (Color{1, 2, 3}));
}

}  // namespace
}  // namespace noseon
