#include "base/hex.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace noseon {
namespace {

using testing::Optional;

TEST(Hex, OfBytesIsTwoLowerCaseDigitsEach) {
  const std::array<std::uint8_t, 4> bytes = {0x00, 0x09, 0xaf, 0xff};
  EXPECT_EQ(bytes_to_hex(bytes), "0009afff");
  EXPECT_EQ(bytes_to_hex({}), "");
}

TEST(Hex, IsReadInEitherCase) {
  EXPECT_THAT(bytes_from_hex("4a6B", 2), Optional(std::string("\x4a\x6b")));
  EXPECT_THAT(bytes_from_hex("", 0), Optional(std::string()));
}

TEST(Hex, OfAnOddNumberOfDigitsOrWithAnotherCharacterIsNone) {
  for (const char* const text : {"4", "4a6", "4g", "g4", "/0", ":0", "@a", "Ga", "`a", " 4a", "0x"})
    EXPECT_EQ(bytes_from_hex(text, 100), std::nullopt) << text;
}

TEST(Hex, OfMoreBytesThanAllowedIsNone) {
  EXPECT_NE(bytes_from_hex("0102", 2), std::nullopt);
  EXPECT_EQ(bytes_from_hex("010203", 2), std::nullopt);
}

}  // namespace
}  // namespace noseon
