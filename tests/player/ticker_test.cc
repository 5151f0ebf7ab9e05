// A line on its way across the display: where it is, what its band looks like.
#include "player/ticker.h"

#include <gtest/gtest.h>

#include <random>

#include "player/blend.h"
#include "tests/player/pictures.h"

namespace noseon {
namespace {

constexpr Color kGround{10, 20, 30};
constexpr std::int64_t kPixel = kAlphaFull;

// A strip of three pixels, white, grey and black, in a band of five: a pass of eight.
Ticker short_ticker(Run run = Run::leftwards) {
  Ticker ticker;
  ticker.strip = make_picture({3, 1}, {0xffffffff, 0xff808080, 0xff000000});
  ticker.band = {0, 2, 5, 1};
  ticker.frame = {5, 4};
  ticker.ground = kGround;
  ticker.run = run;
  ticker.pass = Millis{8000};
  return ticker;
}

std::vector<std::uint32_t> band(const Ticker& ticker, std::int64_t travel) {
  const Rect area = area_of(ticker);
  std::vector<std::uint32_t> out(static_cast<std::size_t>(area.width * area.height));
  TickerPainter().paint(ticker, travel, out);
  return out;
}

// One letter a pixel: W G B of the strip, . for the ground, ? for anything else.
std::string letters(const Ticker& ticker, std::int64_t travel) {
  std::string text;
  for (const std::uint32_t pixel : band(ticker, travel)) {
    text += pixel == 0xffffffff         ? 'W'
            : pixel == 0xff808080       ? 'G'
            : pixel == 0xff000000       ? 'B'
            : pixel == to_word(kGround) ? '.'
                                        : '?';
  }
  return text;
}

TEST(Ticker, EntersAtTheRightAndLeavesAtTheLeftPixelByPixel) {
  const Ticker ticker = short_ticker();
  const std::vector<std::string> passes{".....", "....W", "...WG", "..WGB",
                                        ".WGB.", "WGB..", "GB...", "B...."};
  for (std::size_t at = 0; at < passes.size(); ++at)
    EXPECT_EQ(letters(ticker, static_cast<std::int64_t>(at) * kPixel), passes[at]) << at;
  EXPECT_EQ(pass_length(ticker), 8);
}

TEST(Ticker, EntersAtTheLeftWhereItIsReadFromTheRight) {
  const Ticker ticker = short_ticker(noseon::Run::rightwards);
  const std::vector<std::string> passes{".....", "B....", "GB...", "WGB..",
                                        ".WGB.", "..WGB", "...WG", "....W"};
  for (std::size_t at = 0; at < passes.size(); ++at)
    EXPECT_EQ(letters(ticker, static_cast<std::int64_t>(at) * kPixel), passes[at]) << at;
}

TEST(Ticker, BlendsTheTwoNeighboursBetweenPixels) {
  for (const auto run : {noseon::Run::leftwards, noseon::Run::rightwards}) {
    const Ticker ticker = short_ticker(run);
    for (std::int64_t at = 0; at < 7; ++at) {
      for (const int part : {1, 64, 128, 255}) {
        const auto before = band(ticker, at * kPixel);
        const auto after = band(ticker, (at + 1) * kPixel);
        std::vector<std::uint32_t> between(before.size());
        blend(before, after, between, part);
        EXPECT_EQ(band(ticker, at * kPixel + part), between) << at << " + " << part;
      }
    }
  }
}

TEST(Ticker, MovesAtOneSpeedThroughThePass) {
  const Ticker ticker = short_ticker();
  EXPECT_EQ(travel_at(ticker, Millis{0}), 0);
  EXPECT_EQ(travel_at(ticker, Millis{1000}), kPixel);
  EXPECT_EQ(travel_at(ticker, Millis{500}), kPixel / 2);
  EXPECT_EQ(travel_at(ticker, std::chrono::microseconds{7'999'999}), 8 * kPixel - 1);
  std::int64_t last = 0;
  for (int frame = 1; frame < 480; ++frame) {
    const auto travel = travel_at(ticker, std::chrono::nanoseconds{16'666'667LL * frame});
    ASSERT_GE(travel - last, 4) << frame << ": 256 a second in 60 frames";
    ASSERT_LE(travel - last, 5) << frame;
    last = travel;
  }
}

TEST(Ticker, BeginsAnewWithoutAJumpAndStandsStillBeforeItsTurn) {
  const Ticker ticker = short_ticker();
  EXPECT_EQ(travel_at(ticker, Millis{8000}), 0);
  EXPECT_EQ(travel_at(ticker, Millis{8000 * 5 + 1000}), kPixel);
  EXPECT_EQ(travel_at(ticker, Millis{-1}), 0);
  EXPECT_EQ(letters(ticker, 0), ".....") << "a pass begins and ends with the empty band";
}

TEST(Ticker, StaysExactOverTheLongestPass) {
  Ticker ticker = short_ticker();
  ticker.strip = solid({1 << 20, 1}, {1, 2, 3});
  ticker.pass = std::chrono::hours{1};
  EXPECT_EQ(travel_at(ticker, std::chrono::minutes{30}), pass_length(ticker) * kPixel / 2);
}

TEST(Ticker, TakesAsManyPassesAsFitItsTurnWithoutHaste) {
  EXPECT_EQ(pass_time(Millis{10'000}, Millis{10'000}), Millis{10'000});
  EXPECT_EQ(pass_time(Millis{19'999}, Millis{10'000}), Millis{19'999});
  EXPECT_EQ(pass_time(Millis{20'000}, Millis{10'000}), Millis{10'000});
  EXPECT_EQ(pass_time(Millis{6'000}, Millis{10'000}), Millis{6'000}) << "one at the least";
}

// The band turned as the finished picture is.
TEST(Ticker, IsTurnedWithItsDisplay) {
  Ticker upright = short_ticker();
  upright.strip = coordinates({3, 2});
  upright.band = {0, 1, 5, 2};
  const std::int64_t travel = 3 * kPixel + 77;
  const auto plain = band(upright, travel);
  for (const int rotation : {90, 180, 270}) {
    Ticker turned = upright;
    turned.rotation = rotation;
    std::vector<std::uint32_t> expected(plain.size());
    turn(plain.data(), 5, 2, rotation, expected.data());
    EXPECT_EQ(band(turned, travel), expected) << rotation;
  }
}

TEST(Ticker, LiesWhereItsBandLiesAfterTurning) {
  Ticker ticker = short_ticker();  // band 0,2 5x1 of 5x4
  EXPECT_EQ(area_of(ticker), (Rect{0, 2, 5, 1}));
  ticker.rotation = 90;
  EXPECT_EQ(area_of(ticker), (Rect{1, 0, 1, 5}));
  ticker.rotation = 180;
  EXPECT_EQ(area_of(ticker), (Rect{0, 1, 5, 1}));
  ticker.rotation = 270;
  EXPECT_EQ(area_of(ticker), (Rect{2, 0, 1, 5}));
}

TEST(Ticker, FitsAGlassOfAnotherSizeInsideOfIt) {
  auto ticker = std::make_shared<Ticker>();
  ticker->strip = solid({5000, 100}, {200, 0, 0});
  ticker->band = {0, 400, 1920, 100};
  ticker->frame = {1920, 1080};
  std::mt19937 random(7);
  for (int i = 0; i < 40; ++i) {
    const Size glass{16 + static_cast<int>(random() % 3000),
                     16 + static_cast<int>(random() % 3000)};
    for (const int rotation : {0, 90, 180, 270}) {
      ticker->rotation = rotation;
      const TickerPtr fit = fit_to(ticker, glass);
      const Rect area = area_of(*fit);
      EXPECT_GE(area.x, 0);
      EXPECT_GE(area.y, 0);
      EXPECT_LE(area.x + area.width, glass.width) << glass.width << 'x' << glass.height;
      EXPECT_LE(area.y + area.height, glass.height) << glass.width << 'x' << glass.height;
      ASSERT_EQ(fit->strip->size().height, fit->band.height);
    }
  }
  ticker->rotation = 0;
  EXPECT_EQ(fit_to(ticker, {1920, 1080}), ticker) << "not a copy";
}

}  // namespace
}  // namespace noseon
