#include "staff/table.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

TEST(Table, AlignsHangulByTheColumnsItTakes) {
  EXPECT_EQ(
      format_table({"item", "n"}, {Side::left, Side::right}, {{"가나", "1"}, {"abcde", "22"}}),
      "item    n\n"
      "가나    1\n"
      "abcde  22\n");
}

TEST(Table, OfNoRowsIsItsHeading) {
  EXPECT_EQ(format_table({"a", "b"}, {Side::left, Side::left}, {}), "a  b\n");
}

}  // namespace
}  // namespace noseon
