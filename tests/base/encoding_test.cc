#include "base/encoding.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using namespace std::string_literals;

TEST(Encoding, Utf8IsTakenAsItIsWithoutItsMark) {
  EXPECT_EQ(decode_text("가,a").value().text, "가,a");
  const auto marked = decode_text("\xEF\xBB\xBF가");
  EXPECT_EQ(marked.value().text, "가");
  EXPECT_EQ(marked.value().encoding, TextEncoding::utf8);
  EXPECT_EQ(decode_text("").value().text, "");
  EXPECT_EQ(decode_text("a\0b"s).value().text, "a\0b"s);
}

TEST(Encoding, TextIsNotNormalized) {
  EXPECT_EQ(decode_text("e\u0301").value().text, "e\u0301");
}

TEST(Encoding, Utf16IsReadInEitherOrder) {
  const auto little = decode_text("\xFF\xFE\x00\xAC\x2C\x00\x3D\xD8\x80\xDE"s);
  ASSERT_TRUE(little);
  EXPECT_EQ(little->text, "가,\U0001F680");
  EXPECT_EQ(little->encoding, TextEncoding::utf16_le);
  const auto big = decode_text("\xFE\xFF\xAC\x00\x00\x2C"s);
  ASSERT_TRUE(big);
  EXPECT_EQ(big->text, "가,");
  EXPECT_EQ(big->encoding, TextEncoding::utf16_be);
}

TEST(Encoding, HalfAUtf16CharacterIsRefused) {
  for (const auto& bytes : {"\xFF\xFE\x00\xAC\x2C"s, "\xFF\xFE\x3D\xD8"s, "\xFE\xFF\xDE\x80"s}) {
    const auto decoded = decode_text(bytes);
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().kind, ErrorKind::bad_format);
  }
}

TEST(Encoding, WhatAKoreanExcelSavesIsGuessed) {
  const auto decoded = decode_text("\xB9\xAE\xB1\xB8,\xB0\xA1");  // 문구,가
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->text, "문구,가");
  EXPECT_EQ(decoded->encoding, TextEncoding::windows_949);
  EXPECT_EQ(decode_text("\x8C\x63").value().text, "똠");  // beyond EUC-KR
}

TEST(Encoding, BytesThatMeanNothingAreRefused) {
  for (const auto& bytes :
       {"\xB0"s, "a\xFF"s, "\x80\x41"s, "\xB0\xA1\xFF\xFF"s, "\xEF\xBB\xBF\xB0\xA1"s,
        "\xC9\xFE"s}) {  // the last: a character of the user's own
    const auto decoded = decode_text(bytes);
    ASSERT_FALSE(decoded) << testing::PrintToString(bytes);
    EXPECT_NE(decoded.error().message.find("UTF-8"), std::string::npos);
  }
}

}  // namespace
}  // namespace noseon
