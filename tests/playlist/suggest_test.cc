#include "playlist/suggest.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

TEST(Suggest, FindsSlipsOfTheFinger) {
  const std::vector<std::string> keys = {"poster", "text", "weight", "seconds", "dayparts"};
  EXPECT_EQ(nearest("wieght", keys), "weight");
  EXPECT_EQ(nearest("second", keys), "seconds");
  EXPECT_EQ(nearest("Poster", keys), "poster");
  EXPECT_EQ(nearest("txt", keys), "text");
  EXPECT_EQ(nearest("colour", keys), "");
}

TEST(Suggest, FindsTheZoneThatWasMeant) {
  EXPECT_EQ(nearest("Asia/Seol", {"Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai"}), "Asia/Seoul");
}

TEST(Suggest, KnowsAZoneByItsCityAndKoreasAbbreviation) {
  const std::vector<std::string> zones = {"Asia/Tokyo", "EST", "Asia/Seoul"};
  EXPECT_EQ(zone_suggestion("KST", zones), "did you mean \"Asia/Seoul\"?");
  EXPECT_EQ(zone_suggestion("seoul", zones), "did you mean \"Asia/Seoul\"?");
  EXPECT_EQ(zone_suggestion("Asia/Seol", zones), "did you mean \"Asia/Seoul\"?");
  EXPECT_EQ(zone_suggestion("", std::vector<std::string>(100, "A/B")),
            "write for example \"Asia/Seoul\"");
}

TEST(Suggest, ListsAFewCandidatesWhereNoneIsNear) {
  EXPECT_EQ(suggestion("xyzzy", {"cut", "fade"}, "see there"), "one of: cut, fade");
  EXPECT_EQ(suggestion("xyzzy", std::vector<std::string>(100, "candidate"), "see there"),
            "see there");
  EXPECT_EQ(suggestion("fadee", {"cut", "fade"}, ""), "did you mean \"fade\"?");
}

TEST(Suggest, TakesALongWordWithoutHarm) {
  EXPECT_EQ(nearest(std::string(100'000, 'x'), {"weight"}), "");
}

}  // namespace
}  // namespace noseon
