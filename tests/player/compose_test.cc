#include "player/compose.h"

#include <gtest/gtest.h>

#include "tests/player/pictures.h"

namespace noseon {
namespace {

TEST(ComposePoster, StandsInTheMiddleOverItsEdgeColour) {
  const Frame frame = compose_poster(solid({1440, 1080}, {20, 30, 40}), "khojaly/p", {1920, 1080});
  EXPECT_EQ(to_string(frame),
            "frame 1920x1080\n"
            "fill 0,0 1920x1080 #141e28\n"
            "picture \"khojaly/p\" 0,0 1440x1080 at 240,0\n");
}

TEST(ComposePoster, OneThatIsLargerIsCutEvenly) {
  const Frame frame = compose_poster(solid({120, 100}, {1, 1, 1}), "p", {100, 60});
  EXPECT_EQ(to_string(frame),
            "frame 100x60\n"
            "picture \"p\" 0,0 120x100 at -10,-20\n");
}

TEST(BestVariant, IsTheOneOfTheNearestAspect) {
  const std::vector<Size> poster_and_bar{{1920, 1080}, {1920, 540}};
  EXPECT_EQ(best_variant(poster_and_bar, {1920, 1080}), 0U);
  EXPECT_EQ(best_variant(poster_and_bar, {1280, 720}), 0U) << "size does not matter";
  EXPECT_EQ(best_variant(poster_and_bar, {1920, 540}), 1U);
  EXPECT_EQ(best_variant(poster_and_bar, {3840, 600}), 1U);
  EXPECT_EQ(best_variant(poster_and_bar, {1080, 1920}), 0U);
}

TEST(BestVariant, IsJudgedByRatioNotByDifference) {
  // A square box: 2:1 is as far away as 1:2; 3:1 is further than 1:2 though both differ by less
  // than two when written as one number.
  EXPECT_EQ(best_variant({{3, 1}, {1, 2}}, {1, 1}), 1U);
  // 16:9 lies between 4:3 and 21:9. By ratio it is nearer to 21:9 (1.3125) than to 4:3 (1.3333),
  // by difference the other way round.
  EXPECT_EQ(best_variant({{4, 3}, {21, 9}}, {16, 9}), 1U);
}

TEST(BestVariant, TiesGoToTheFirst) {
  EXPECT_EQ(best_variant({{2, 1}, {1, 2}}, {1, 1}), 0U);
  EXPECT_EQ(best_variant({{1, 2}, {2, 1}}, {1, 1}), 0U);
  EXPECT_EQ(best_variant({{1920, 1080}, {3840, 2160}}, {1920, 1080}), 0U);
}

TEST(BestVariant, ComparesExactlyAtTheLargestSizes) {
  constexpr int kMax = 2'147'483'647;
  EXPECT_EQ(best_variant({{kMax, kMax - 1}, {kMax, kMax}}, {kMax, kMax}), 1U);
  EXPECT_EQ(best_variant({{kMax, kMax - 2}, {kMax, kMax - 1}}, {kMax, kMax}), 1U);
  EXPECT_EQ(best_variant({{1, kMax}, {kMax, 1}}, {kMax, 1}), 1U);
}

TEST(LegibleSize, IsTwentyArcMinutesOfHangulInk) {
  // 24 inches of 1920x1080 are 3,613.7 pixels a metre; 20' at 2.5 m are 14.54 mm, 52.56 pixels of
  // ink; 58.4 an em.
  Display display;
  EXPECT_EQ(legible_size(display), 59);
  display.distance_m = 5.0;
  EXPECT_EQ(legible_size(display), 117) << "twice as far, twice as large";
  display.distance_m = 2.5;
  display.diagonal_inch = 48.0;
  EXPECT_EQ(legible_size(display), 30) << "twice the panel, half the pixels";
}

TEST(LegibleSize, StaysWithinWhatCanBeSet) {
  Display display;
  display.distance_m = 0.01;
  EXPECT_EQ(legible_size(display), 8);
  display.distance_m = 1000;
  EXPECT_EQ(legible_size(display), 1024);
}

TEST(HeadlineSize, LooksLikeAPosterOnEveryShape) {
  EXPECT_EQ(headline_size({1920, 1080}), 238);  // 0.22 of the height
  EXPECT_EQ(headline_size({1080, 1920}), 238);
  EXPECT_EQ(headline_size({1920, 540}), 238);  // 0.44 of the height
  EXPECT_EQ(headline_size({1920, 360}), 180);  // half of the height, no more
  EXPECT_EQ(headline_size({1000, 1000}), 220);
  EXPECT_EQ(headline_size({10, 10}), 8);
  EXPECT_EQ(headline_size({8192, 8192}), 1024);
}

TEST(StyleOf, IsTheItemsOrTheDefault) {
  Campaign campaign;
  campaign.styles.emplace_back().name = "plain";
  campaign.styles.emplace_back().name = "remembrance";
  Item item;
  EXPECT_EQ(style_of(campaign, item).name, "");
  item.style = 1;
  EXPECT_EQ(style_of(campaign, item).name, "remembrance");
}

}  // namespace
}  // namespace noseon
