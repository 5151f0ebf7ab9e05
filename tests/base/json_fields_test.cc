// Fields of what another program wrote: of the right kind, or as if they were missing.
#include "base/json_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace noseon {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const nlohmann::json kObject = nlohmann::json::parse(R"({
  "text": "seoul", "texts": ["a", 5, "b"], "zero": 0, "most": 9223372036854775807,
  "more": 9223372036854775808, "negative": -1, "half": 0.5, "huge": 1e300, "true": true, "one": 1,
  "time": "2027-02-25T10:00:00+09:00", "object": {}, "list": [], "null": null})");

TEST(JsonFields, WhatIsOfItsKindIsTaken) {
  const JsonFields fields(kObject);
  EXPECT_EQ(fields.text("text"), "seoul");
  EXPECT_THAT(fields.texts("texts"), ElementsAre("a", "b"));
  EXPECT_EQ(fields.number("zero"), 0U);
  EXPECT_EQ(fields.whole("most"), INT64_MAX);
  EXPECT_EQ(fields.count("most"), static_cast<std::uint64_t>(INT64_MAX));
  EXPECT_EQ(fields.decimal("half"), 0.5);
  EXPECT_EQ(fields.time("time"), parse_rfc3339("2027-02-25T01:00:00Z"));
  EXPECT_TRUE(fields.is_true("true"));
  EXPECT_NE(fields.object("object"), nullptr);
  EXPECT_NE(fields.list("list"), nullptr);
}

TEST(JsonFields, WhatIsMissingOrOfAnotherKindIsNothing) {
  const JsonFields fields(kObject);
  for (const char* const name : {"nowhere", "null", "object", "one"}) {
    EXPECT_EQ(fields.text(name), "") << name;
    EXPECT_THAT(fields.texts(name), IsEmpty()) << name;
    EXPECT_FALSE(fields.time(name)) << name;
    EXPECT_FALSE(fields.is_true(name)) << name;
    EXPECT_EQ(fields.list(name), nullptr) << name;
  }
  for (const char* const name : {"nowhere", "null", "text", "negative", "half", "true"}) {
    EXPECT_FALSE(fields.number(name)) << name;
    EXPECT_EQ(fields.whole(name), 0) << name;
    EXPECT_EQ(fields.millis(name), Millis{0}) << name;
    EXPECT_EQ(fields.object(name), nullptr) << name;
  }
  EXPECT_EQ(fields.whole("more"), 0);
  EXPECT_EQ(fields.number("more"), 9'223'372'036'854'775'808U);
  EXPECT_EQ(fields.decimal("text"), 0);
}

TEST(JsonFields, NumbersStayWhereTheyMeanSomething) {
  const JsonFields fields(kObject);
  EXPECT_EQ(fields.decimal("huge"), 1e6);
  EXPECT_EQ(fields.decimal("negative"), 0);
  EXPECT_EQ(fields.millis("most"), Millis{1'000'000'000'000'000});
}

TEST(JsonFields, NoTextIsACommandToATerminal) {
  const nlohmann::json object{{"text",
                               "\x1b[2J\x7f\n\xc2\x9b"
                               "1m"},
                              {"texts", {"\x1b]0;x\x07"}},
                              {"letters", "\xc2\xa0\xc3\x9b"}};
  const JsonFields fields(object);
  EXPECT_EQ(fields.text("text"), " [2J   1m");
  EXPECT_THAT(fields.texts("texts"), ElementsAre(" ]0;x "));
  EXPECT_EQ(fields.text("letters"), "\xc2\xa0\xc3\x9b") << "the first after C1, and another";
}

TEST(JsonFields, ATextIsCutAtItsCapAndStaysWellFormed) {
  const nlohmann::json object{{"four", "abcd"}, {"split", "abc한"}};
  EXPECT_EQ(JsonFields(object, 4).text("four"), "abcd");
  EXPECT_EQ(JsonFields(object, 3).text("four"), "abc");
  EXPECT_EQ(JsonFields(object, 5).text("split"), "abc\xef\xbf\xbd");
  EXPECT_EQ(JsonFields(object, 6).text("split"), "abc한");
}

}  // namespace
}  // namespace noseon
