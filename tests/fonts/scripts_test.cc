#include "fonts/scripts.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fonts/breaks.h"

namespace noseon {
namespace {

/// One letter a cluster: L where the Latin font is asked first, K where the Korean is.
std::string roles(const std::string& text, const std::string& language = "ko") {
  static BreakFinder finder = BreakFinder::open().value();
  const PreparedText prepared = prepare_text(text);
  const std::vector<PointIndex> clusters = finder.clusters(prepared);
  std::string out;
  for (const Script script : resolve_scripts(prepared, clusters, script_of_language(language))) {
    out += role_of(script) == FontRole::latin ? 'L' : 'K';
  }
  return out;
}

TEST(Scripts, DigitsAndMarksTakeTheHandOfTheirWord) {
  EXPECT_EQ(roles("613명의"), "KKKKK");
  EXPECT_EQ(roles("613명의", "en"), "KKKKK") << "whatever the language";
  EXPECT_EQ(roles("서울,"), "KKK");
  EXPECT_EQ(roles("(1446년)"), "KKKKKKK");
  EXPECT_EQ(roles("“victims.”"), "LLLLLLLLLL");
}

TEST(Scripts, DigitsJoinedToLatinLettersAreOfTheirWord) {
  EXPECT_EQ(roles("A4용지"), "LLKK");
  EXPECT_EQ(roles("COVID-19는"), "LLLLLLLLK");
  EXPECT_EQ(roles("613km를"), "LLLLLK");
  EXPECT_EQ(roles("MP3플레이어"), "LLLKKKK");
  EXPECT_EQ(roles("BTS·뉴진스"), "LLLLKKK") << "a mark between two hands follows its letters";
}

TEST(Scripts, AClosingBracketTakesTheHandOfItsOpeningOne) {
  EXPECT_EQ(roles("서울(Seoul)에서"), "KKKLLLLLKKK");
  EXPECT_EQ(roles("서울(Seoul)"), "KKKLLLLLK");
  EXPECT_EQ(roles("Seoul(서울)", "en"), "LLLLLLKKL");
  EXPECT_EQ(roles("서울“Seoul”,"), "KKKLLLLLKK");
  EXPECT_EQ(roles("(Seoul 2027) 서울"), "LLLLLLLLLLLLKKK") << "in a word without letters too";
}

TEST(Scripts, AWordWithoutLettersTakesTheHandOfBothItsNeighboursOrTheLanguages) {
  EXPECT_EQ(roles("서울, 2027"), "KKKKKKKK");
  EXPECT_EQ(roles("서울, 2027", "en"), "KKKKKKKK");
  EXPECT_EQ(roles("2027 Seoul"), "LLLLLLLLLL");
  EXPECT_EQ(roles("가 2027 a"), "KKKKKKKL");
  EXPECT_EQ(roles("가 2027 a", "en"), "KLLLLLLL");
  EXPECT_EQ(roles("2027"), "KKKK");
  EXPECT_EQ(roles("2027", "az"), "LLLL");
}

TEST(Scripts, ASpaceTakesTheHandOfBothItsNeighboursOrTheLanguages) {
  EXPECT_EQ(roles("가 나"), "KKK");
  EXPECT_EQ(roles("a b"), "LLL");
  EXPECT_EQ(roles("가 b"), "KKL");
  EXPECT_EQ(roles("가 b", "en"), "KLL");
  EXPECT_EQ(roles(" "), "K");
}

TEST(Scripts, CjkPunctuationIsKoreanEverywhere) {
  EXPECT_EQ(roles("a「b」c"), "LKLKL");
  EXPECT_EQ(roles("漢字 ひら カナ"), "KKKKKKKK");
}

TEST(Scripts, TheScriptOfALanguageIsUnicodes) {
  EXPECT_EQ(role_of(script_of_language("ko")), FontRole::hangul);
  EXPECT_EQ(role_of(script_of_language("ko-KR")), FontRole::hangul);
  EXPECT_EQ(role_of(script_of_language("ja")), FontRole::hangul);
  EXPECT_EQ(role_of(script_of_language("zh-TW")), FontRole::hangul);
  for (const char* language : {"en", "az", "ru", "el", "", "not a language", "xx-yy-zz"}) {
    EXPECT_EQ(role_of(script_of_language(language)), FontRole::latin) << language;
  }
}

}  // namespace
}  // namespace noseon
