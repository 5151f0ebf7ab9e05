#include "fonts/breaks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace noseon {
namespace {

BreakFinder& finder() {
  static BreakFinder opened = BreakFinder::open().value();
  return opened;
}

/// The text with a | wherever a line may end, of that tier or one before it, and ¶ where it has to.
std::string broken(const std::string& text, BreakTier last = BreakTier::eojeol) {
  const PreparedText prepared = prepare_text(text);
  std::string out;
  PointIndex start = 0;
  for (const LineBreak& found : finder().line_breaks(prepared, finder().clusters(prepared))) {
    if (found.tier > last) continue;
    out += prepared.view(start, found.visible_end);
    out += found.tier == BreakTier::mandatory ? "¶" : "|";
    start = found.at;
  }
  return out;
}

/// The grapheme clusters, each between bars.
std::string clustered(const std::string& text) {
  const PreparedText prepared = prepare_text(text);
  const std::vector<PointIndex> starts = finder().clusters(prepared);
  std::string out = "|";
  for (std::size_t i = 0; i + 1 < starts.size(); ++i) {
    out += std::string(prepared.view(starts[i], starts[i + 1])) + "|";
  }
  return out;
}

struct Case {
  std::string text;
  std::string expected;
};

TEST(Breaks, KeepTheSpacedKoreanWordWhole) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"손잡이를 꼭 잡아 주세요", "손잡이를|꼭|잡아|주세요¶"},
           {"서문(1446년)에서 밝힌", "서문(1446년)에서|밝힌¶"},
           {"「훈민정음」에서 《가》를", "「훈민정음」에서|《가》를¶"},
           {"（서울）에서 ［가］와", "（서울）에서|［가］와¶"},
           {"613명의 106명,63명", "613명의|106명,63명¶"},
           {"漢字의 뜻", "漢字의|뜻¶"},
           {"ㅋㅋㅋ ㅎㅎ", "ㅋㅋㅋ|ㅎㅎ¶"},
           {"나랏말\u1112\u119E\u11AB 말", "나랏말\u1112\u119E\u11AB|말¶"},
           {"2·28 민주 운동", "2·28|민주|운동¶"},
           {"고객 A/S 센터, 버스/지하철", "고객|A/S|센터,|버스/지하철¶"},
           {"무료 Wi-Fi를 3-4월에", "무료|Wi-Fi를|3-4월에¶"},
           {"서울 - 부산", "서울|-|부산¶"},
           {"\U00020000\U00020001의 글", "\U00020000\U00020001의|글¶"},
       }) {
    EXPECT_EQ(broken(text), expected);
  }
}

TEST(Breaks, BetweenSyllablesFollowUnicodeAndKlreq) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"손잡이를 꼭", "손|잡|이|를|꼭¶"},
           {"서문(1446년)에서", "서|문|(1446|년)|에|서¶"},
           {"「훈민」에 《가》", "「훈|민」|에|《가》¶"},
           {"갑니다. 네, 요!", "갑|니|다.|네,|요!¶"},
           {"가·나 다~라", "가·|나|다~|라¶"},
           {"漢字로 COVID-19는", "漢|字|로|COVID-19|는¶"},
           {"50% ₩1,000", "50%|₩1,000¶"},
           {"버스/지하철", "버|스/|지|하|철¶"},
           {"Wi-Fi", "Wi-|Fi¶"},
       }) {
    EXPECT_EQ(broken(text, BreakTier::syllable), expected);
  }
}

TEST(Breaks, FollowUnicodeInLatin) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"We remember 613 victims.", "We|remember|613|victims.¶"},
           {"state\u2010of\u2010the\u2010art", "state\u2010|of\u2010|the\u2010|art¶"},
           {"don't “stop” now!", "don't|“stop”|now!¶"},
           {"1\u00A0000 km", "1\u00A0000|km¶"},
           {"Xocalı soyqırımı", "Xocalı|soyqırımı¶"},
       }) {
    EXPECT_EQ(broken(text), expected);
  }
}

/// The text with a | wherever a line may end that tears no pair of brackets, and ! where one does.
std::string bracketed(const std::string& text) {
  const PreparedText prepared = prepare_text(text);
  std::string out;
  PointIndex start = 0;
  for (const LineBreak& found : finder().line_breaks(prepared, finder().clusters(prepared))) {
    if (found.tier == BreakTier::syllable) continue;
    out += prepared.view(start, found.visible_end);
    out += found.is_in_brackets ? "!" : "|";
    start = found.at;
  }
  return out;
}

TEST(Breaks, SayWhichOfThemAreBetweenBrackets) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"광장(Seoul Plaza)에서 만나요", "광장(Seoul!Plaza)에서|만나요|"},
           {"a (b c) d [e f] g", "a|(b!c)|d|[e!f]|g|"},
           {"「나 랏」 말 《가 나》", "「나!랏」|말|《가!나》|"},
           {"(a [b c] d) e", "(a![b!c]!d)|e|"},
           {"(a b", "(a|b|"},
           {"a b) c", "a|b)|c|"},
           {"(a [b) c] d", "(a![b)|c]|d|"},
           {"(a\nb c) d", "(a|b|c)|d|"},
       }) {
    EXPECT_EQ(bracketed(text), expected);
  }
}

TEST(Breaks, NeverStartALineWithWhatKlreqBansThere) {
  for (const std::string banned : {"·", "ㆍ", "‧", "～", "~", "—", "―", "〃"}) {
    EXPECT_EQ(broken("서울 " + banned + " 부산"), "서울 " + banned + "|부산¶");
  }
  EXPECT_EQ(broken("서울 + 부산"), "서울|+|부산¶");
  EXPECT_EQ(broken("가\n~나"), "가¶~나¶") << "a line feed is obeyed all the same";
}

TEST(Breaks, EndLinesAtLineFeedsAndKeepEmptyOnes) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"", ""},
           {"가", "가¶"},
           {"가\n나", "가¶나¶"},
           {"가\r\n나\r다", "가¶나¶다¶"},
           {"가\n\n나", "가¶¶나¶"},
           {"가\n", "가¶"},
           {"\n", "¶"},
           {"가\u2028나\u2029다", "가¶나¶다¶"},
           {"  \n  ", "¶¶"},
       }) {
    EXPECT_EQ(broken(text), expected) << testing::PrintToString(text);
  }
}

TEST(Breaks, DropTrailingSpaceFromSightButNotNoBreakSpace) {
  EXPECT_EQ(broken("가  나"), "가|나¶");
  EXPECT_EQ(broken("가\u3000나"), "가|나¶");
  EXPECT_EQ(broken("가\u00A0나"), "가\u00A0나¶");
  EXPECT_EQ(broken("가\u00A0"), "가\u00A0¶");
}

TEST(Breaks, KeepGraphemeClustersWhole) {
  EXPECT_EQ(broken("가 \u0301나"), "가 \u0301나¶") << "a mark on a space goes with it";
  EXPECT_EQ(clustered("각e\u0302\u0323가"), "|각|ệ|가|");
  EXPECT_EQ(clustered("\u1112\u119E\u11AB글"), "|\u1112\u119E\u11AB|글|");
  EXPECT_EQ(clustered("가\u302E나"), "|가\u302E|나|");
  EXPECT_EQ(clustered("👩‍👧🇰🇷"), "|👩‍👧|🇰🇷|");
  EXPECT_EQ(clustered(""), "|");
}

}  // namespace
}  // namespace noseon
