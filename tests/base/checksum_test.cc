#include "base/checksum.h"

#include <gtest/gtest.h>

#include "base/sha256.h"

namespace noseon {
namespace {

std::string hex(const Checksum& sum) {
  Sha256 wide{};
  std::copy(sum.begin(), sum.end(), wide.begin());
  return to_hex(wide).substr(0, 32);
}

// From xxHash's own sanity checks: XXH3_128bits() of nothing, with seed 0.
TEST(Checksum, IsThatOfXxHash) {
  EXPECT_EQ(hex(checksum({})), "99aa06d3014798d86001c324468d497f");
}

TEST(Checksum, OfPartsIsThatOfThemOneBehindTheOther) {
  EXPECT_EQ(checksum({"ab", "", "c"}), checksum({"abc"}));
  EXPECT_NE(checksum({"abc"}), checksum({"abd"}));
  EXPECT_NE(checksum({std::string_view("a\0b", 3)}), checksum({std::string_view("a\0c", 3)}));
}

}  // namespace
}  // namespace noseon
