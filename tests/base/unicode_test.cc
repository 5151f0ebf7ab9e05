#include "base/unicode.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace noseon {
namespace {

const std::string kFffd = "\xEF\xBF\xBD";

// ---- Validity (Unicode 15, 3.9, tables 3-7 to 3-11) ------------------------------------------

struct BadCase {
  std::string text;
  std::size_t offset;
};

TEST(Utf8, TheFirstBadByteIsFound) {
  for (const BadCase& c : std::vector<BadCase>{
           {"\x80", 0},              // a continuation alone
           {"a\xFF", 1},             // never in UTF-8
           {"ab\xC0\x80", 2},        // an overlong NUL
           {"\xC1\xBF", 0},          // an overlong DEL
           {"\xE0\x9F\xBF", 0},      // overlong in three
           {"가\xED\xA0\x80", 3},    // a surrogate
           {"\xF4\x90\x80\x80", 0},  // past U+10FFFF
           {"\xF5\x80\x80\x80", 0},
           {"가\xEA\xB0", 3},  // cut off at the end
           {"\xEA\xB0!", 0},   // cut off inside
       }) {
    EXPECT_EQ(first_bad_utf8(c.text), c.offset) << testing::PrintToString(c.text);
  }
}

TEST(Utf8, TheEdgesOfWhatIsValidAreValid) {
  for (const std::string& text : std::vector<std::string>{
           "", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
           "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF", std::string(1, '\0'),
           "손잡이를 꼭 잡아 주세요", "Xocalını xatırla", "👨‍👩‍👧"}) {
    EXPECT_FALSE(first_bad_utf8(text)) << testing::PrintToString(text);
    EXPECT_EQ(repair_utf8(text), text);
  }
}

TEST(Utf8, EveryMaximalBadSequenceBecomesOneReplacement) {
  // The standard's own example, table 3-11.
  EXPECT_EQ(repair_utf8("a\xF1\x80\x80\xE1\x80\xC2"
                        "b\x80"
                        "c\x80\xBF"
                        "d"),
            "a" + kFffd + kFffd + kFffd + "b" + kFffd + "c" + kFffd + kFffd + "d");
  EXPECT_EQ(repair_utf8("\xC0\xAF"), kFffd + kFffd);              // table 3-8
  EXPECT_EQ(repair_utf8("\xED\xA0\x80"), kFffd + kFffd + kFffd);  // table 3-9
  EXPECT_EQ(repair_utf8("\xEA\xB0"), kFffd);
}

TEST(Utf8, WhatIsRepairedIsValid) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_FALSE(first_bad_utf8(repair_utf8(all)));
}

TEST(Utf8, ControlsOfATerminalAreBlanksAndNothingElseIs) {
  EXPECT_EQ(without_controls(std::string_view("a\0\x1F\x20\x7E\x7F", 6)), "a  \x20\x7E ");
  EXPECT_EQ(without_controls("\xC2\x80|\xC2\x9F|\xC2\xA0"), " | |\xC2\xA0")
      << "C1, and what follows";
  EXPECT_EQ(without_controls("\xC2"), "\xC2");
  EXPECT_EQ(without_controls("\xC3\x80가"), "\xC3\x80가");
}

// ---- NFC -------------------------------------------------------------------------------------

TEST(Nfc, ComposesHangulAndLatin) {
  EXPECT_EQ(to_nfc("\u1112\u1161\u11AB\u1100\u1173\u11AF"), "한글");
  EXPECT_EQ(to_nfc("e\u0301"), "é");
  EXPECT_EQ(to_nfc("I\u0307"), "İ");
  EXPECT_EQ(to_nfc("g\u0306s\u0327"), "ğş");
  EXPECT_EQ(to_nfc("\u212B"), "Å");  // the Ångström sign
}

TEST(Nfc, LeavesWhatIsComposedAndWhatIsNotCanonical) {
  for (const char* text : {"", "한글", "é", "ə", "ﬁ", "①", "ㅋㅋ"}) EXPECT_EQ(to_nfc(text), text);
}

TEST(Nfc, RepairsFirst) {
  EXPECT_EQ(to_nfc("e\u0301\xFF"), "é" + kFffd);
}

// ---- How much there is to read ---------------------------------------------------------------

struct ReadCase {
  const char* text;
  std::size_t halves;
};

TEST(Reading, CountsLatinDigitsAndSpacesHalfAndTheRestWhole) {
  for (const ReadCase& c : std::vector<ReadCase>{
           {"", 0},
           {"가", 2},
           {"\u1100\u1161", 2},  // 가 in pieces
           {"a", 1},
           {"é", 1},
           {"e\u0301", 1},        // é in pieces
           {"q\u0323\u0307", 1},  // Latin that has no composed form
           {"əğşıİ", 5},
           {" ", 1},
           {"7", 1},
           {"2027", 4},
           {"!", 2},
           {"ㅋ", 2},
           {"漢", 2},
           {"👨‍👩‍👧‍👦", 2},  // one family
           {"🇰🇷", 2},                         // one flag
           {"손잡이를 꼭", 11},
           {"Bus 421번", 9},
       }) {
    EXPECT_EQ(reading_half_characters(c.text), c.halves) << c.text;
  }
}

TEST(Reading, IsTheSameForEveryFormOfTheSameText) {
  EXPECT_EQ(reading_half_characters("\u1112\u1161\u11AB\u1100\u1173\u11AF e\u0301"),
            reading_half_characters("한글 é"));
}

TEST(Reading, OfBadBytesCountsTheirReplacement) {
  EXPECT_EQ(reading_half_characters("a\xFF"), 3U);
}

}  // namespace
}  // namespace noseon
