#include "base/recent.h"

#include <gtest/gtest.h>

#include <string>

namespace noseon {
namespace {

// What one entry takes besides the bytes that are said.
std::size_t entry_bytes() {
  Recent<int, std::string> one(0);
  one.put(0, "", 0);
  return one.bytes();
}

TEST(Recent, KeepsWhatFitsExactlyAndLetsTheLeastRecentlyUsedGo) {
  Recent<int, std::string> kept(3 * (entry_bytes() + 10));
  for (const int key : {1, 2, 3}) kept.put(key, std::to_string(key), 10);
  EXPECT_EQ(kept.count(), 3U);
  EXPECT_EQ(*kept.find(1), "1");
  kept.put(4, "4", 10);
  EXPECT_EQ(kept.find(2), nullptr) << "1 was asked for since";
  for (const int key : {1, 3, 4}) EXPECT_EQ(*kept.find(key), std::to_string(key));
  EXPECT_EQ(kept.bytes(), 3 * (entry_bytes() + 10));
  kept.put(5, "5", 11);
  EXPECT_EQ(kept.count(), 2U) << "one byte too many for three";
}

TEST(Recent, KeepsTheLastHoweverLarge) {
  Recent<int, std::string> kept(1);
  EXPECT_EQ(kept.put(1, "large", 1'000'000), "large");
  EXPECT_EQ(kept.count(), 1U);
  kept.put(2, "small", 1);
  EXPECT_EQ(kept.find(1), nullptr);
  EXPECT_EQ(kept.count(), 1U);
  EXPECT_EQ(kept.bytes(), entry_bytes() + 1);
}

TEST(Recent, TakesAsMuchAsItSaysAndAKeyCountsToo) {
  Recent<std::string, int> kept(1'000'000);
  EXPECT_EQ(kept.bytes(), 0U);
  kept.put("a", 1, 7);
  kept.put("b", 2, 9);
  const std::size_t both = kept.bytes();
  EXPECT_GT(both, 16 + 2 * (2 * sizeof(std::string)));
  EXPECT_EQ(kept.find("c"), nullptr);
  EXPECT_EQ(kept.bytes(), both) << "asking keeps nothing";
}

TEST(Recent, ClearedIsAsNew) {
  Recent<int, std::string> kept(entry_bytes() + 10);
  kept.put(1, "one", 3);
  kept.clear();
  EXPECT_EQ(kept.find(1), nullptr);
  EXPECT_EQ(kept.count(), 0U);
  EXPECT_EQ(kept.bytes(), 0U);
  kept.put(1, "again", 3);
  EXPECT_EQ(*kept.find(1), "again");
}

}  // namespace
}  // namespace noseon
