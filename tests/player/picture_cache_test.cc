#include "player/picture_cache.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

PicturePtr picture(std::size_t bytes) {
  return make_picture({static_cast<int>(bytes / 4), 1}, std::vector<std::uint32_t>(bytes / 4));
}

Finished of_bytes(std::size_t bytes) {
  return {picture(bytes), nullptr};
}

TEST(PictureCache, LetsTheLeastRecentlyUsedGoFirst) {
  PictureCache cache(80);
  for (EntryIndex entry = 0; entry < 3; ++entry) cache.put({entry}, of_bytes(40));
  EXPECT_NE(cache.find({0}).picture, nullptr);
  cache.trim({});
  EXPECT_EQ(cache.bytes(), 80u);
  EXPECT_NE(cache.find({0}).picture, nullptr);
  EXPECT_EQ(cache.find({1}).picture, nullptr);
  EXPECT_NE(cache.find({2}).picture, nullptr);
}

TEST(PictureCache, KeepsWhatFitsExactly) {
  PictureCache cache(80);
  cache.put({0}, of_bytes(40));
  cache.put({1}, of_bytes(40));
  cache.trim({});
  EXPECT_EQ(cache.bytes(), 80u);
  cache.put({2}, of_bytes(4));
  cache.trim({});
  EXPECT_EQ(cache.bytes(), 44u);
}

TEST(PictureCache, KeepsWhatIsNeededBeyondItsBound) {
  PictureCache cache(0);
  cache.put({0}, of_bytes(40));
  cache.put({1}, of_bytes(40));
  cache.trim({{0}});
  EXPECT_NE(cache.find({0}).picture, nullptr);
  EXPECT_EQ(cache.find({1}).picture, nullptr);
}

TEST(PictureCache, MakesRoomForExactlyWhatComes) {
  for (const std::size_t coming : {20U, 21U}) {
    PictureCache cache(100);
    cache.put({0}, of_bytes(40));
    cache.put({1}, of_bytes(40));
    cache.trim({{1}}, coming);
    EXPECT_EQ(cache.find({0}).picture == nullptr, coming == 21) << coming;
    EXPECT_NE(cache.find({1}).picture, nullptr);
  }
}

TEST(PictureCache, CountsAPictureThatIsReplacedOnce) {
  PictureCache cache(1000);
  cache.put({0}, of_bytes(40));
  cache.put({0}, of_bytes(80));
  EXPECT_EQ(cache.bytes(), 80u);
}

TEST(PictureCache, KnowsThePagesOfAnItemApart) {
  PictureCache cache(0);
  const Finished second = of_bytes(40);
  cache.put({0, 0}, of_bytes(40));
  cache.put({0, 1}, second);
  EXPECT_EQ(cache.find({0, 1}).picture, second.picture);
  cache.trim({{0, 1}});
  EXPECT_EQ(cache.find({0, 0}).picture, nullptr);
  EXPECT_EQ(cache.find({0, 1}).picture, second.picture);
}

}  // namespace
}  // namespace noseon
