#include "fonts/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "fonts/face.h"
#include "tests/fonts/setting.h"

namespace noseon {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Chain, TheLibraryCarriesTheFileOfTheRepository) {
  std::ifstream file(NOSEON_SOURCE_DIR "/fonts/fonts.toml");
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(fonts_toml, text);
}

TEST(Chain, HasALatinAndAHangulFontForEachFamilyAndWeightOneArabicAWeightAndOneOfEmoji) {
  const std::vector<ChainFont> chain = shipped_chain().value();
  EXPECT_EQ(chain.size(), 11u);
  for (const ChainFont& font : chain) {
    EXPECT_EQ(font.sha256.size(), 64u);
    EXPECT_EQ(font.file.face_index, font.role == FontRole::hangul ? 1 : 0) << font.file.path;
  }
}

TEST(Chain, RefusesWhatIsIncompleteOrUnreadableAndNamesTheLine) {
  struct Case {
    std::string text;
    std::string message;
  };
  for (const auto& [text, message] : std::vector<Case>{
           {"", "0 fonts are sans regular latin"},
           {std::string(fonts_toml) + fonts_toml, "2 fonts are sans regular latin"},
           {replaced(fonts_toml, "\"bold\"", "\"heavy\""), "weight cannot be \"heavy\""},
           {replaced(fonts_toml, "face_index = 1", "face_index = -1"), "face_index"},
           {replaced(fonts_toml, "licence", "license"), "licence is not given"},
           {"[[font]\n", "line 1"},
           {"font = [1]\n", "line 1"},
       }) {
    const Result<std::vector<ChainFont>> chain = parse_chain(text);
    ASSERT_FALSE(chain) << message;
    EXPECT_EQ(chain.error().kind, ErrorKind::bad_format);
    EXPECT_THAT(chain.error().message, AllOf(HasSubstr("fonts.toml"), HasSubstr(message)));
  }
}

TEST(Chain, AMissingFontNamesTheFileAndThePackageThatHasIt) {
  const Result<Face> face =
      Face::open({.path = "/nowhere/NotoSans.ttf", .face_index = 0, .package = "fonts-noto-core"});
  ASSERT_FALSE(face);
  EXPECT_EQ(face.error().kind, ErrorKind::not_found);
  EXPECT_THAT(face.error().message,
              AllOf(HasSubstr("/nowhere/NotoSans.ttf"), HasSubstr("fonts-noto-core")));
}

TEST(Chain, AFileThatIsNoFontOrHasTooFewFacesIsBad) {
  const FontFile text{
      .path = NOSEON_SOURCE_DIR "/fonts/fonts.toml", .face_index = 0, .package = "fonts-noto-core"};
  EXPECT_EQ(Face::open(text).error().kind, ErrorKind::bad_format);
  FontFile latin = shipped_chain().value()[0].file;
  latin.face_index = 1;
  EXPECT_EQ(Face::open(latin).error().kind, ErrorKind::bad_format);
}

TEST(Chain, ChecksumsTellAnotherFileFromTheShippedOne) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  ChainFont font = shipped_chain().value()[0];
  EXPECT_TRUE(is_the_shipped_file(font).value());
  font.sha256[0] = font.sha256[0] == '0' ? '1' : '0';
  EXPECT_FALSE(is_the_shipped_file(font).value());
  font.file.path = "/nowhere";
  EXPECT_EQ(is_the_shipped_file(font).error().kind, ErrorKind::not_found);
}

TEST(Chain, TheTypesetterListsItsFontsInTheChainsOrder) {
  const std::vector<ChainFont> chain = shipped_chain().value();
  ASSERT_EQ(typesetter().fonts().size(), chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    EXPECT_EQ(typesetter().fonts()[i].path, chain[i].file.path);
  }
}

}  // namespace
}  // namespace noseon
