#include "fleet/store/names.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

TEST(StoreNames, OfGenerationsHaveSixDigitsAndMoreWhereSixAreTooFew) {
  EXPECT_EQ(generation_name(42), "000042");
  EXPECT_EQ(generation_name(999'999), "999999");
  EXPECT_EQ(generation_name(1'000'000), "1000000");
}

TEST(StoreNames, OfGenerationsAreReadAsTheyAreWrittenAndInNoOtherWay) {
  for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{42}, std::uint64_t{999'999},
                                     std::uint64_t{1'000'000}, kGenerationNumberMax}) {
    EXPECT_EQ(generation_number(generation_name(number)), number);
  }
  for (const char* name :
       {"", "42", "0000042", "000000", "00004x", "x00042", "-00042", "+00042", " 00042", "000042 ",
        "000042/", ".new-000042", "01000000", "1000000000000000", "99999999999999999999999999"}) {
    EXPECT_FALSE(generation_number(name)) << name;
  }
}

TEST(StoreNames, OfPartsAreReadAsTheyAreWrittenAndInNoOtherWay) {
  const Sha256 hash = sha256("poster");
  EXPECT_EQ(part_hash(part_name(hash)), hash);
  EXPECT_FALSE(part_hash(to_hex(hash)));
  EXPECT_FALSE(part_hash(".part"));
  EXPECT_FALSE(part_hash(part_name(hash) + "x"));
  EXPECT_FALSE(part_hash("x" + part_name(hash)));
}

}  // namespace
}  // namespace noseon
