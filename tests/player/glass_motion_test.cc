// What moves on the glass of the real noseon-player: a ticker, and the dimming of a display by
// night.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "tests/player/glass_rig.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using Pixels = std::vector<std::uint32_t>;

constexpr std::chrono::seconds kWatched{10};

constexpr const char* kTicker =
    "[[item]]\nid = \"line\"\nmotion = \"ticker\"\nseconds = 4\ntransition = \"cut\"\n"
    "text = { en = \"The next stop is the city hall, please hold on to the handle\" }\n";

class GlassMotion : public GlassRig {
 protected:
  // Every look at the glass that differs from the one before.
  std::vector<Pixels> frames_for(std::chrono::milliseconds time) const {
    std::vector<Pixels> frames;
    Pixels look;
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
      screen_->look(look);
      if (frames.empty() || frames.back() != look) frames.push_back(look);
      std::this_thread::sleep_for(2ms);
    }
    return frames;
  }
};

std::size_t number_after(const std::string& text, const std::string& word) {
  const auto at = text.find(word);
  return at == std::string::npos ? 0 : std::stoul(text.substr(at + word.size()));
}

bool is_machine_busy() {
  double load = 0;
  return ::getloadavg(&load, 1) == 1 && load > 1.5 * std::thread::hardware_concurrency();
}

// The columns of a frame whose rows of the band are not all the ground's: where letters stand.
struct Extent {
  int left = kScreen.width;
  int right = -1;
  [[nodiscard]] bool is_empty() const { return right < 0; }
};

Extent extent_of(const Pixels& frame) {
  const std::uint32_t ground = frame[0];
  Extent extent;
  for (int y = 0; y < kScreen.height; ++y) {
    for (int x = 0; x < kScreen.width; ++x) {
      if (frame[static_cast<std::size_t>(y * kScreen.width + x)] == ground) continue;
      extent.left = std::min(extent.left, x);
      extent.right = std::max(extent.right, x);
    }
  }
  return extent;
}

TEST_F(GlassMotion, ATickerEntersCrossesAndLeavesTheBandEmptyAtEachTurnsEnd) {
  write_items(kTicker);
  play({"--stats"});
  watch(20s, [&] { return glass() != kRoot; });
  const auto frames = frames_for(kWatched);
  int passes = 0;
  int left_before = kScreen.width;
  bool was_empty = true;
  for (const Pixels& frame : frames) {
    const Extent now = extent_of(frame);
    if (now.is_empty()) {
      was_empty = true;
      left_before = kScreen.width;
      continue;
    }
    if (was_empty) ++passes;
    // Letters come in at the right and go leftwards: what is leftmost never goes back until it
    // has left, when the next letter is leftmost.
    if (now.left > 0 && left_before > 12 && left_before < kScreen.width) {
      EXPECT_LE(now.left, left_before) << "it runs one way";
    }
    left_before = now.left;
    was_empty = false;
  }
  EXPECT_GE(passes, 2) << "between two passes stood the empty band";
  const std::string said = end();
  std::cout << frames.size() << " distinct frames in 10 s; "
            << said.substr(said.find("fades "),
                           said.find('\n', said.find("fades ")) - said.find("fades "))
            << "; " << dark_in(said) << '\n';
  EXPECT_TRUE(dark_in(said).starts_with("dark 0 ms; ")) << said;
  const std::size_t drawn = number_after(said, "frames ");
  const std::size_t dropped = number_after(said, "dropped ");
  ASSERT_GT(drawn, 0U);
  const bool is_smooth = dropped * 20 < drawn + dropped &&
                         frames.size() >= static_cast<std::size_t>(kWatched.count()) * 55;
  if (!is_smooth && is_machine_busy()) GTEST_SKIP() << "the machine is busy";
  EXPECT_TRUE(is_smooth) << "less than 5 % dropped, and 55 different frames a second to be seen";
}

TEST_F(GlassMotion, ATickerFadesInFromAPosterAndOutAgain) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 2") +
              std::string(kTicker).replace(std::string(kTicker).find("\"cut\""), 5, "\"fade\""));
  play();
  ASSERT_TRUE(comes_whole(kRed));
  // The corner is the ticker's ground: from red to it, never further, and back.
  const auto corner = [&] { return screen_->at(0, 0); };
  std::vector<Color> seen;
  int turns = 0;
  bool has_left = false;
  const auto end = std::chrono::steady_clock::now() + 30s;
  while (std::chrono::steady_clock::now() < end && turns < 1) {
    const Color now = corner();
    if (seen.empty() || seen.back() != now) seen.push_back(now);
    if (now != kRed) has_left = true;
    if (now == kRed && has_left) ++turns;
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_EQ(turns, 1) << "the poster is back";
  ASSERT_GE(seen.size(), 6U) << "there are frames between";
  const auto ground = std::ranges::min_element(seen, {}, [](Color c) { return c.red; });
  for (auto it = seen.begin() + 1; it <= ground; ++it) EXPECT_LE(it->red, (it - 1)->red);
  for (auto it = ground + 1; it < seen.end(); ++it) EXPECT_GE(it->red, (it - 1)->red);
  for (const Color each : seen) EXPECT_NE(each, kRoot);
}

TEST_F(GlassMotion, TheNightDimsTheGlassByAFadeAtItsInstant) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 3600"));
  const auto display = folder_.write("display.toml",
                                     "timezone = \"UTC\"\n"
                                     "night = { hours = \"20:00-06:00\", brightness = 0.5 }\n");
  play({"--display", display.string(), "--at", "2027-03-01 19:59:56"});
  const auto start = std::chrono::steady_clock::now();
  ASSERT_TRUE(comes_whole(kRed)) << "bright until the night begins";
  const auto seen = watch(8s, [] { return false; });
  ASSERT_GE(seen.size(), 4U) << "there are frames between";
  EXPECT_EQ(seen.front(), kRed);
  for (std::size_t i = 1; i < seen.size(); ++i) {
    EXPECT_LE(seen[i].red, seen[i - 1].red);
    EXPECT_GE(seen[i].red, 80) << "never through black";
  }
  EXPECT_LT(seen.back().red, kRed.red * 3 / 4);
  EXPECT_GT(std::chrono::steady_clock::now() - start, 8s);
}

}  // namespace
}  // namespace noseon
