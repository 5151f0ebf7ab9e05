// The real noseon-player and the screen it finds: which one, in what mode, by which way.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <sstream>

#include "tests/player/glass_rig.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class GlassScreen : public GlassRig {
 protected:
  // All that was said in lines that begin so.
  [[nodiscard]] std::vector<std::string> lines(const std::string& begin) const {
    std::vector<std::string> found;
    std::istringstream said(player_->said());
    for (std::string line; std::getline(said, line);)
      if (line.starts_with(begin)) found.push_back(line);
    return found;
  }
  [[nodiscard]] std::string stage_line() const {
    const auto found = lines("stage: ");
    EXPECT_EQ(found.size(), 1U) << player_->said();
    return found.empty() ? "" : found[0];
  }
  void play_red(std::vector<std::string> more = {}, std::vector<std::string> environment = {}) {
    write("red.png", plain_png(kRed));
    write_items(poster("red", "seconds = 60"));
    play(std::move(more), std::move(environment));
    ASSERT_TRUE(comes_whole(kRed));
  }
};

// A picture whose edge is green and whose middle is red: a third of each side is the middle.
std::string framed_png() {
  std::vector<std::uint32_t> pixels;
  for (int y = 0; y < kScreen.height; ++y) {
    for (int x = 0; x < kScreen.width; ++x) {
      const bool is_middle = x >= kScreen.width / 3 && x < kScreen.width * 2 / 3 &&
                             y >= kScreen.height / 3 && y < kScreen.height * 2 / 3;
      pixels.push_back(to_word(is_middle ? kRed : kGreen));
    }
  }
  return testing::rgba_png(kScreen, pixels);
}

TEST_F(GlassScreen, AnotherModeIsFilledWithinASecondAndBackAgain) {
  if (const auto why = VirtualScreen::missing_modes()) GTEST_SKIP() << *why;
  screen_.emplace(Size{640, 400});
  write("framed.png", framed_png());
  write_items(poster("framed", "seconds = 600"));
  play();
  // The middle is red, the corners green, and nothing is as nobody drew it.
  const auto fills = [&] {
    const PicturePtr whole = screen_->picture();
    const Size size = whole->size();
    const auto corner = [&](int x, int y) { return screen_->at(x, y) == kGreen; };
    return screen_->at(size.width / 2, size.height / 2) == kRed && corner(0, 0) &&
           corner(size.width - 1, 0) && corner(0, size.height - 1) &&
           corner(size.width - 1, size.height - 1) &&
           std::ranges::count(whole->pixels(), to_word(kRoot)) == 0;
  };
  watch(20s, fills);
  ASSERT_TRUE(fills());
  // Wider, higher, and the first again; the last two are larger than what stood.
  for (const Size mode : {Size{320, 200}, Size{320, 100}, Size{160, 400}, Size{640, 400}}) {
    ASSERT_TRUE(screen_->set_mode(mode));
    const auto start = std::chrono::steady_clock::now();
    watch(5s, fills);
    const auto took = std::chrono::steady_clock::now() - start;
    std::cout << mode.width << " x " << mode.height << " filled after "
              << std::chrono::floor<Millis>(took).count() << " ms\n";
    EXPECT_TRUE(fills()) << mode.width << " x " << mode.height;
    EXPECT_LT(took, 1s) << mode.width << " x " << mode.height;
    watch(500ms, [&] { return !fills(); });
    EXPECT_TRUE(fills()) << "and it stays";
  }
}

TEST_F(GlassScreen, OneThatIsNotThereIsSaidAndTheFirstIsTaken) {
  play_red({"--screen", "7"});
  EXPECT_THAT(stage_line(), HasSubstr("there is no screen 7"));
  EXPECT_THAT(stage_line(), HasSubstr("1: "));
  EXPECT_THAT(stage_line(), HasSubstr("320 × 180"));
}

TEST_F(GlassScreen, OneThatIsNotThereInTheDisplaysDescriptionToo) {
  const auto file = folder_.write("display.toml", "screen = 7\n");
  play_red({"--display", file.string()});
  EXPECT_THAT(stage_line(), HasSubstr("there is no screen 7"));
  EXPECT_THAT(stage_line(), HasSubstr("320 × 180"));
}

TEST_F(GlassScreen, TheFirstByItsNumberNeedsNoRemark) {
  play_red({"--screen", "1"});
  EXPECT_THAT(stage_line(), Not(HasSubstr("no screen")));
}

TEST_F(GlassScreen, OneLineAtTheStartSaysWhatItDrawsOnAndWhy) {
  play_red();
  const std::string line = stage_line();
  for (const char* const part : {"x11", "320 × 180", "60 Hz", "window surface: "})
    EXPECT_THAT(line, HasSubstr(part));
  EXPECT_GT(line.size(), line.find("surface: ") + 15) << "and why: " << line;
}

TEST_F(GlassScreen, BothWaysShowTheSamePictureInEveryPixel) {
  write("many.png", testing::rgba_png(kScreen, words(*coordinates(kScreen))));
  write_items(poster("many", "seconds = 600"));
  std::vector<PicturePtr> shown;
  for (const char* const way : {"surface", "textures"}) {
    play({"--stage", way});
    const auto is_there = [&] {
      return screen_->at(0, 0) != kRoot &&
             screen_->at(kScreen.width - 1, kScreen.height - 1) != kRoot;
    };
    watch(20s, [&] { return is_there() || !player_->is_running(); });
    if (!player_->is_running()) GTEST_SKIP() << "no textures here: " << player_->said();
    std::this_thread::sleep_for(300ms);
    EXPECT_THAT(stage_line(), HasSubstr(way));
    shown.push_back(screen_->picture());
    player_.reset();
    screen_.reset();
  }
  const auto pixels = shown[0]->pixels();
  EXPECT_GT(std::set<std::uint32_t>(pixels.begin(), pixels.end()).size(), 10'000U) << "colours";
  EXPECT_EQ(hash(*shown[0]), hash(*shown[1]));
}

}  // namespace
}  // namespace noseon
