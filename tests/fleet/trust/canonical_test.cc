#include "fleet/trust/canonical.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/json.h"

namespace noseon {
namespace {

std::string canonical(std::string_view text) {
  const auto bytes = canonical_json(parse_json(text).value());
  return bytes ? *bytes : "refused";
}

TEST(CanonicalJson, HasNoBlanksAndSortedNames) {
  EXPECT_EQ(canonical("{ \"b\" : [ 1 , 2 ],\n \"a\" : { } , \"B\": [] }"),
            R"({"B":[],"a":{},"b":[1,2]})");
}

TEST(CanonicalJson, SortsNamesByCodePoint) {
  // U+FFFD before U+1F68C, though UTF-16 has it the other way round; U+AC00 before both.
  EXPECT_EQ(canonical(R"({"🚌": 1, "�": 2, "가": 3, "z": 4})"), R"({"z":4,"가":3,"�":2,"🚌":1})");
}

TEST(CanonicalJson, EscapesQuoteAndBackslashAlone) {
  EXPECT_EQ(canonical(R"(["\"\\\/\b\n\t\u0001\u007f\uac00"])"), "[\"\\\"\\\\/\b\n\t\x01\x7f가\"]");
  EXPECT_EQ(canonical(R"({"a\nb\"": 1})"), "{\"a\nb\\\"\":1}");
  EXPECT_EQ(canonical(R"(["\u0000"])"), std::string("[\"\0\"]", 5));
}

TEST(CanonicalJson, HasWordsAndWholeNumbers) {
  EXPECT_EQ(canonical("[true, false, null, 0, -0, -7, 9223372036854775807, -9223372036854775808]"),
            "[true,false,null,0,0,-7,9223372036854775807,-9223372036854775808]");
  EXPECT_EQ(canonical("[18446744073709551615]"), "[18446744073709551615]");
}

TEST(CanonicalJson, HasNoOtherNumbers) {
  for (const char* text : {"1.0", "1e2", "-0.0", "0.5", "18446744073709551616",
                           "-9223372036854775809", "[[{\"a\": 1.5}]]"}) {
    EXPECT_EQ(canonical(text), "refused") << text;
  }
}

}  // namespace
}  // namespace noseon
