// What goes onto the glass at a moment: cuts, fades, tickers.
#include "player/projection.h"

#include <gtest/gtest.h>

#include "tests/player/pictures.h"

namespace noseon {
namespace {

constexpr Size kSize{8, 4};
constexpr Color kRed{200, 10, 20};
constexpr Color kBlue{10, 20, 200};
const Steady kStart{std::chrono::hours{1}};

Scene still(Color color) {
  return {solid(kSize, color), nullptr, nullptr};
}

Scene running(Color color) {
  auto ticker = std::make_shared<Ticker>();
  ticker->strip = solid({4, 2}, {255, 255, 255});
  ticker->band = {0, 1, 8, 2};
  ticker->frame = kSize;
  ticker->ground = color;
  ticker->pass = Millis{12'000};
  return {solid(kSize, color), ticker, nullptr};
}

class ProjectionTest : public testing::Test {
 protected:
  bool show(const Scene& scene, Transition transition, std::uint64_t turn, Millis at = {},
            Pace pace = {kStart}) {
    return projection.show(scene, pace, transition, turn, kFadeLength, kStart + at);
  }
  [[nodiscard]] PicturePtr glass(Millis at) const { return flatten(projection.shot(kStart + at)); }
  [[nodiscard]] Color color(Millis at, int x = 0, int y = 0) const {
    return color_at(*glass(at), x, y);
  }

  Projection projection;
};

TEST_F(ProjectionTest, HasNothingAtFirst) {
  EXPECT_TRUE(projection.is_empty());
  EXPECT_FALSE(projection.is_moving(kStart));
}

TEST_F(ProjectionTest, CutsAtOnceAndLeavesWhatStandsAlone) {
  const Scene red = still(kRed);
  EXPECT_TRUE(show(red, Transition::cut, 1));
  EXPECT_FALSE(show(red, Transition::cut, 2, Millis{10})) << "it is there already";
  EXPECT_EQ(glass(Millis{10}), red.picture) << "not a copy";
  EXPECT_TRUE(show(still(kBlue), Transition::cut, 3, Millis{20}));
  EXPECT_EQ(color(Millis{20}), kBlue);
}

TEST_F(ProjectionTest, FadesFromTheOneToTheOtherOverItsLengthExactly) {
  show(still(kRed), Transition::fade, 1);
  EXPECT_EQ(color(Millis{0}), kRed) << "the first has nothing to fade from";
  const Scene blue = still(kBlue);
  EXPECT_FALSE(show(blue, Transition::fade, 2, Millis{1000})) << "the frames' timer brings it";
  EXPECT_EQ(color(Millis{1000}), kRed);
  EXPECT_EQ(color(Millis{1250}), (Color{105, 15, 110}));
  EXPECT_TRUE(projection.is_moving(kStart + Millis{1499}));
  EXPECT_FALSE(projection.is_moving(kStart + Millis{1500}));
  EXPECT_EQ(glass(Millis{1500}), blue.picture);
}

TEST_F(ProjectionTest, EndsAFadeWithItsTurn) {
  const Scene blue = still(kBlue);
  show(still(kRed), Transition::cut, 1);
  show(blue, Transition::fade, 2);
  EXPECT_FALSE(show(blue, Transition::cut, 2, Millis{100}));
  EXPECT_TRUE(projection.is_fading(kStart + Millis{100})) << "asked again in the same turn";
  EXPECT_TRUE(show(blue, Transition::cut, 3, Millis{200})) << "what fades out must not outlive it";
  EXPECT_FALSE(projection.is_fading(kStart + Millis{200}));
  EXPECT_EQ(color(Millis{200}), kBlue);
}

TEST_F(ProjectionTest, LetsGoOfWhatFadedOut) {
  PicturePtr red = solid(kSize, kRed);
  const std::weak_ptr<const Picture> held = red;
  show({std::move(red), nullptr, nullptr}, Transition::cut, 1);
  show(still(kBlue), Transition::fade, 2);
  projection.settle(kStart + Millis{499});
  EXPECT_FALSE(held.expired());
  projection.settle(kStart + Millis{500});
  EXPECT_TRUE(held.expired());
}

TEST_F(ProjectionTest, RunsATickerByThePaceOfItsTurn) {
  show(running(kRed), Transition::cut, 1);
  EXPECT_TRUE(projection.is_moving(kStart));
  EXPECT_EQ(color(Millis{1000}, 7, 1), (Color{255, 255, 255})) << "a pixel a second";
  EXPECT_EQ(color(Millis{1000}, 6, 1), kRed);
  EXPECT_EQ(color(Millis{1000}, 7, 0), kRed) << "above the band";
  EXPECT_EQ(color(Millis{1000}, 7, 3), kRed) << "below it";
}

TEST_F(ProjectionTest, StandsStillWhereTimeDoes) {
  const Scene scene = running(kRed);
  show(scene, Transition::cut, 1, {}, {kStart, Millis{3000}, 0});
  EXPECT_FALSE(projection.is_moving(kStart));
  EXPECT_EQ(color(Millis{0}, 5, 1), (Color{255, 255, 255}));
  EXPECT_EQ(words(*glass(Millis{0})), words(*glass(Millis{60'000})));
  EXPECT_TRUE(show(scene, Transition::cut, 1, Millis{10}, {kStart + Millis{10}, Millis{3010}, 1}))
      << "it goes on";
  EXPECT_TRUE(projection.is_moving(kStart + Millis{10}));
}

TEST_F(ProjectionTest, KeepsItsSmoothTimeWhenAskedAgainToTheMillisecond) {
  const Scene scene = running(kRed);
  show(scene, Transition::cut, 1, {}, {kStart, std::chrono::microseconds{1500}, 1});
  const std::int64_t before = projection.shot(kStart + Millis{500}).travel;
  EXPECT_FALSE(
      show(scene, Transition::cut, 1, Millis{500}, {kStart + Millis{500}, Millis{501}, 1}));
  EXPECT_EQ(projection.shot(kStart + Millis{500}).travel, before);
  EXPECT_TRUE(show(scene, Transition::cut, 1, Millis{500}, {kStart + Millis{500}, Millis{504}, 1}))
      << "a jump is a jump";
}

TEST_F(ProjectionTest, FadesATickerOutAsItStood) {
  show(running(kRed), Transition::cut, 1);
  show(still(kBlue), Transition::fade, 2, Millis{2000});
  EXPECT_EQ(color(Millis{2000}, 6, 1), (Color{255, 255, 255}));
  EXPECT_EQ(color(Millis{2000}, 5, 1), kRed);
  EXPECT_EQ(color(Millis{2250}, 6, 1), (Color{133, 138, 228})) << "half of it";
}

TEST_F(ProjectionTest, RunsATickerBeneathThePanelsOfAPreview) {
  Scene scene = running(kRed);
  scene.plain = scene.picture;
  std::vector<std::uint32_t> with_panel = words(*scene.picture);
  with_panel[1 * 8 + 6] = to_word(kBlue);
  scene.picture = make_picture(kSize, with_panel);
  show(scene, Transition::cut, 1);
  EXPECT_EQ(color(Millis{3000}, 5, 1), (Color{255, 255, 255}));
  EXPECT_EQ(color(Millis{3000}, 6, 1), kBlue);
  EXPECT_EQ(color(Millis{3000}, 7, 1), (Color{255, 255, 255}));
}

TEST(FadeLength, IsAThirdOfWhatStandsAndNoMoreThanUsual) {
  EXPECT_EQ(fade_length(Millis{8000}), kFadeLength);
  EXPECT_EQ(fade_length(Millis{1500}), kFadeLength);
  EXPECT_EQ(fade_length(Millis{1497}), Millis{499});
  EXPECT_EQ(fade_length(Millis{-5}), Millis{0});
}

}  // namespace
}  // namespace noseon
