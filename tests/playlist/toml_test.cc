#include "playlist/toml.h"

#include <gtest/gtest.h>

#include "playlist/toml_scan.h"

namespace noseon {
namespace {

std::string code_of(std::string_view text, std::size_t bytes_max = 1U << 20U) {
  const ParsedToml parsed = parse_toml(text, "f.toml", bytes_max);
  if (parsed.is_good) return "good";
  EXPECT_EQ(parsed.findings.size(), 1U);
  return parsed.findings.front().code;
}

std::string keys(int parts) {
  std::string key = "a";
  for (int i = 1; i < parts; ++i) key += ".a";
  return key + " = 1\n";
}

TEST(Toml, KeepsThePlaceOfKeysAndValues) {
  const ParsedToml parsed = parse_toml("# 노선\nid = \"x\"\n[a]\n  b = 1\n", "f.toml", 100);
  ASSERT_TRUE(parsed.is_good);
  ASSERT_EQ(parsed.table.size(), 2U);
  EXPECT_EQ(parsed.table[0].key, "id");
  EXPECT_EQ(parsed.table[0].value.place.line, 2U);
  EXPECT_EQ(parsed.table[0].value.place.column, 6U);
  EXPECT_EQ((*parsed.table[1].value.table())[0].key_place.line, 4U);
  EXPECT_EQ((*parsed.table[1].value.table())[0].key_place.column, 3U);
}

TEST(Toml, KeepsTheOrderOfTheFile) {
  const ParsedToml parsed = parse_toml("t = { ko = \"a\", en = \"b\", az = \"c\" }", "f.toml", 100);
  std::string order;
  for (const TomlMember& member : *parsed.table[0].value.table()) order += member.key + " ";
  EXPECT_EQ(order, "ko en az ");
}

TEST(Toml, TakesKeysOfThirtyTwoPartsAndNotOneMore) {
  EXPECT_EQ(code_of(keys(32)), "good");
  EXPECT_EQ(code_of(keys(33)), "too-deep");
}

TEST(Toml, RefusesAKeyOfHalfAMillionPartsBeforeItIsParsed) {
  EXPECT_EQ(code_of(keys(500'000), 10U << 20U), "too-deep");
}

TEST(Toml, TakesSixteenBracketsAndNotOneMore) {
  const auto nested = [](int n) {
    return "a = " + std::string(static_cast<std::size_t>(n), '[') +
           std::string(static_cast<std::size_t>(n), ']');
  };
  EXPECT_EQ(code_of(nested(16)), "good");
  EXPECT_EQ(code_of(nested(17)), "too-deep");
}

TEST(Toml, DotsAndBracketsInStringsAndCommentsAreNoStructure) {
  const std::string many(100, '.');
  const std::string open(100, '[');
  EXPECT_EQ(code_of("a = \"" + many + open + "\"\n"), "good");
  EXPECT_EQ(code_of("a = '" + many + open + "'\n"), "good");
  EXPECT_EQ(code_of("a = \"\"\"\n" + many + "\n\\\"\"\" " + open + "\"\"\"\n"), "good");
  EXPECT_EQ(code_of("# " + many + open + "\na = 1\n"), "good");
}

TEST(Toml, ReadsExactlyTheMostBytes) {
  EXPECT_EQ(code_of("a = 1\n", 6), "good");
  EXPECT_EQ(code_of("a = 1\n", 5), "too-large");
}

TEST(Toml, SaysWhereABrokenByteStands) {
  const ParsedToml parsed = parse_toml("a = 1\nb = \"가\xED\xA0\"\n", "f.toml", 100);
  ASSERT_EQ(parsed.findings.size(), 1U);
  EXPECT_EQ(to_string(parsed.findings[0]),
            "f.toml:2:7: error: the byte 0xed here is not UTF-8; save the file with the encoding "
            "UTF-8 [bad-utf8]");
}

TEST(Toml, SaysWhereItIsNotToml) {
  const ParsedToml parsed = parse_toml("a = 1\nb = = 2\n", "f.toml", 100);
  ASSERT_EQ(parsed.findings.size(), 1U);
  EXPECT_EQ(parsed.findings[0].code, "syntax");
  EXPECT_EQ(parsed.findings[0].place.line, 2U);
}

TEST(Toml, RefusesADayThatDoesNotExist) {
  EXPECT_EQ(code_of("a = 2027-02-28"), "good");
  EXPECT_EQ(code_of("a = 2027-02-29"), "syntax");
  EXPECT_EQ(code_of("a = 2028-02-29"), "good");
  EXPECT_EQ(code_of("a = 2027-02-30"), "syntax");
}

}  // namespace
}  // namespace noseon
