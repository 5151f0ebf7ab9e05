#include "base/json.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace noseon {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

Error error_of(std::string_view text, JsonLimits limits = {}) {
  const auto result = parse_json(text, limits);
  EXPECT_FALSE(result) << text;
  return result ? Error{ErrorKind::crashed, "was accepted"} : result.error();
}

TEST(Json, IsReadIntoATree) {
  const auto tree =
      parse_json(R"({"name": "버스", "seats": [1, -2, 2.5, true, null], "more": {}})");
  ASSERT_TRUE(tree);
  EXPECT_EQ(tree->at("name"), "버스");
  EXPECT_EQ(tree->at("seats"), nlohmann::json({1, -2, 2.5, true, nullptr}));
  EXPECT_TRUE(tree->at("more").is_object());
}

TEST(Json, MayBeASingleValue) {
  EXPECT_EQ(parse_json(" 7 ").value(), 7);
  EXPECT_EQ(parse_json("\"a\"").value(), "a");
}

// ---- Caps ------------------------------------------------------------------------------------

TEST(Json, IsReadAtExactlyTheCapOnBytesAndRefusedAtOneMore) {
  const std::string text = "\"" + std::string(98, 'x') + "\"";
  EXPECT_TRUE(parse_json(text, {.bytes_max = 100}));
  EXPECT_EQ(error_of(text, {.bytes_max = 99}).kind, ErrorKind::too_large);
}

TEST(Json, IsReadAtExactlyTheCapOnDepthAndRefusedAtOneMore) {
  EXPECT_TRUE(parse_json(nested(32, "[", "]")));
  EXPECT_EQ(error_of(nested(33, "[", "]")).kind, ErrorKind::too_large);
  const std::string mixed = R"([{"a": [{}]}])";
  EXPECT_TRUE(parse_json(mixed, {.depth_max = 4}));
  EXPECT_EQ(error_of(mixed, {.depth_max = 3}).kind, ErrorKind::too_large);
}

TEST(Json, DepthIsWhatIsOpenAtOnce) {
  EXPECT_TRUE(parse_json("[[],[],{},{\"a\":1}]", {.depth_max = 2}));
}

TEST(Json, ABombOfBracketsIsRefusedByDepth) {
  EXPECT_EQ(error_of(std::string(1'000'000, '[')).kind, ErrorKind::too_large);
}

// ---- Refusals --------------------------------------------------------------------------------

TEST(Json, ANameMayStandOnceInAnObject) {
  const Error error = error_of("{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2}}");
  EXPECT_EQ(error.kind, ErrorKind::bad_format);
  EXPECT_THAT(error.message, HasSubstr("\"c\""));
  EXPECT_THAT(error.message, StartsWith("line 2, column "));
}

TEST(Json, ANameIsTheSameHoweverItIsWritten) {
  EXPECT_EQ(error_of(R"({"a": 1, "\u0061": 2})").kind, ErrorKind::bad_format);
}

TEST(Json, ANameMayStandOnceInEachObject) {
  EXPECT_TRUE(parse_json(R"({"a": {"a": 1}, "b": {"a": [{"a": 1}, {"a": 2}]}})"));
}

TEST(Json, ThatIsBrokenIsRefusedWithItsPlaceSaidOnce) {
  const Error error = error_of("{\n  \"a\": tru\n}");
  EXPECT_EQ(error.kind, ErrorKind::bad_format);
  EXPECT_THAT(error.message, StartsWith("line 2, column "));
  EXPECT_THAT(error.message, testing::Not(HasSubstr("json.exception")));
}

TEST(Json, ThatIsEmptyIsRefused) {
  for (const char* text : {"", " ", "\n"}) EXPECT_EQ(error_of(text).kind, ErrorKind::bad_format);
}

TEST(Json, EndsWhereItEnds) {
  for (const std::string& text : std::vector<std::string>{
           "{} x", "{}{}", "[1],", std::string("{}\0", 3), std::string("{}\0{}", 5),
           std::string("\0{}", 3), "{} // why", "{} /* why */"}) {
    EXPECT_EQ(error_of(text).kind, ErrorKind::bad_format) << testing::PrintToString(text);
  }
}

TEST(Json, MustBeUtf8) {
  EXPECT_EQ(error_of("\"\xFF\"").kind, ErrorKind::bad_format);
  EXPECT_EQ(error_of("\"\xED\xA0\x80\"").kind, ErrorKind::bad_format);
  EXPECT_EQ(error_of("{\"\xC0\x80\": 1}").kind, ErrorKind::bad_format);
}

TEST(Json, ItsNumbersMustFitADouble) {
  EXPECT_EQ(error_of("1e999").kind, ErrorKind::bad_format);
  EXPECT_TRUE(parse_json("1e308"));
}

}  // namespace
}  // namespace noseon
