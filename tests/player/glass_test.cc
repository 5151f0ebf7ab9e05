// The real noseon-player, looked at from outside: what is on the glass of a virtual screen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <iostream>
#include <limits>
#include <set>
#include <thread>

#include "media/decode_answer.h"
#include "tests/media/hostile_pictures.h"
#include "tests/media/picture_files.h"
#include "tests/player/glass_rig.h"
#include "tests/player/pictures.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class GlassTest : public GlassRig {};

std::uint64_t wake_ups(pid_t pid) {
  std::uint64_t sum = 0;
  for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
    std::ifstream status(thread.path() / "status");
    for (std::string line; std::getline(status, line);)
      if (line.starts_with("voluntary_ctxt_switches:")) sum += std::stoull(line.substr(24));
  }
  return sum;
}

// The decoders and preparers that the player has at work on the file of that name.
std::set<pid_t> decoders_of(pid_t player, const std::string& file) {
  std::set<pid_t> found;
  for (const auto& thread : fs::directory_iterator("/proc/" + std::to_string(player) + "/task")) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) {
      std::error_code gone;
      const fs::path opened = fs::read_symlink(
          "/proc/" + std::to_string(child) + "/fd/" + std::to_string(kPictureFd), gone);
      // A copy in memory under the file's name: "/memfd:red.png (deleted)".
      if (!gone && opened.string().find(":" + file + " ") != std::string::npos) found.insert(child);
    }
  }
  return found;
}

TEST_F(GlassTest, TheFirstThingOnTheGlassIsTheRightPoster) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  play();
  const auto seen = watch(20s, [&] { return glass() != kRoot; });
  EXPECT_EQ(seen, (std::vector{kRoot, kRed}));
  EXPECT_TRUE(comes_whole(kRed));
}

TEST_F(GlassTest, OnePosterFollowsTheOtherAtTheEdgeWithNothingBetween) {
  write("red.png", plain_png(kRed));
  write("blue.png", plain_png(kBlue));
  write_items(poster("red", "seconds = 8\nhours = \"06:00-09:00\"") +
              poster("blue", "seconds = 8\nhours = \"09:00-12:00\""));
  play({"--at", "2027-03-01 08:59:57"});
  const auto seen = watch(30s, [&] { return glass() == kBlue; });
  EXPECT_EQ(seen, (std::vector{kRoot, kRed, kBlue}));
}

TEST_F(GlassTest, AFadeGoesFromOneToTheOtherAndNeverThroughBlack) {
  write("red.png", plain_png(kRed));
  write("blue.png", plain_png(kBlue));
  write_items(poster("red", "seconds = 2") + poster("blue", "seconds = 2"));
  play({"--stats"});
  ASSERT_TRUE(comes(kRed));
  const auto seen = watch(10s, [&] { return glass() == kBlue; });
  ASSERT_GE(seen.size(), 4u) << "there are frames between";
  EXPECT_EQ(seen.back(), kBlue);
  for (std::size_t i = 1; i < seen.size(); ++i) {
    EXPECT_LE(seen[i].red, seen[i - 1].red);
    EXPECT_GE(seen[i].blue, seen[i - 1].blue);
  }
  player_->signal(SIGTERM);
  EXPECT_EQ(player_->wait_for_end(10'000), 0);
  EXPECT_THAT(player_->said(), HasSubstr("frames/s"));
}

TEST_F(GlassTest, AnEmptyPlaceShowsTheBuiltInCardAndIsWatched) {
  play();
  ASSERT_TRUE(!watch(20s, [&] { return glass() != kRoot; }).empty());
  EXPECT_NE(glass(), kRoot);
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  EXPECT_TRUE(comes(kRed));
}

TEST_F(GlassTest, AFolderThatIsNotThereShowsTheBuiltInCardToo) {
  fs::remove(campaign());
  play();
  watch(20s, [&] { return glass() != kRoot; });
  EXPECT_NE(glass(), kRoot);
  EXPECT_TRUE(player_->is_running());
}

TEST_F(GlassTest, ASavedFileIsOnTheGlassAndABrokenOneLeavesTheLastGoodState) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  play();
  ASSERT_TRUE(comes(kRed));
  write_items("[[item]\n");
  const auto seen = watch(1500ms, [] { return false; });
  EXPECT_EQ(seen, std::vector{kRed});
  EXPECT_THAT(player_->said(), HasSubstr("campaign.toml:5:"));
  EXPECT_THAT(player_->said(), HasSubstr("last good state"));
  write("green.png", plain_png(kGreen));
  write_items(poster("green", "seconds = 60"));
  EXPECT_EQ(watch(20s, [&] { return glass() == kGreen; }), (std::vector{kRed, kGreen}));
}

TEST_F(GlassTest, HostilePicturesCostTheirOwnTurnsAlone) {
  write("red.png", plain_png(kRed));
  std::string items = poster("red", "seconds = 1\nweight = 100\ntransition = \"cut\"");
  int number = 0;
  for (const auto& [name, bytes] : testing::hostile_pictures(1)) {
    const std::string id = "hostile-" + std::to_string(number++);
    write(id + ".png", bytes);
    items += poster(id, "seconds = 1\ntransition = \"cut\"");
  }
  ASSERT_GE(number, 200);
  write_items(items);
  play();
  ASSERT_TRUE(comes(kRed));
  for (int second = 0; second < 12; ++second) {
    watch(1s, [] { return false; });
    ASSERT_TRUE(player_->is_running()) << player_->said();
  }
  EXPECT_TRUE(comes(kRed, 60s)) << "the good one still has its turns";
  EXPECT_THAT(player_->said(), HasSubstr("is set aside"));
  player_->signal(SIGTERM);
  EXPECT_EQ(player_->wait_for_end(20'000), 0) << player_->said();
}

// A decoder is at work for some tenths of a second: a machine that stops this test for as long lets
// one through, and then the fault did not happen. So there are a few rounds, and one has to count.
TEST_F(GlassTest, ADecoderKilledInMidDecodeLeavesTheScreenUndisturbed) {
  write("red.png", plain_png(kRed));
  write("large.png", testing::rgba_png({4000, 4000}, words(*solid({4000, 4000}, kBlue))));
  // The large one comes three seconds after the start: a slow machine, too, has begun with the red.
  write_items(poster("red", "seconds = 4\ntransition = \"cut\"") +
              poster("large", "seconds = 4\ntransition = \"cut\"\nhours = \"09:00-12:00\""));
  std::set<pid_t> killed;
  const auto kill_decoders = [&] {
    for (const pid_t decoder : decoders_of(player_->pid(), "large.png")) {
      ::kill(decoder, SIGKILL);
      killed.insert(decoder);
    }
    return player_->said().find("c/large is set aside") != std::string::npos;
  };
  std::vector<Color> seen;
  for (int round = 0; round < 5 && killed.size() != 3; ++round) {
    killed.clear();
    player_.reset();
    screen_.reset();
    play({"--at", "2027-03-01 08:59:57"});
    seen = watch(40s, [&] { return (kill_decoders() && glass() == kRed) || glass() == kBlue; });
  }
  ASSERT_EQ(killed.size(), 3u) << "each one that was tried was killed in its work";
  EXPECT_EQ(seen, (std::vector{kRoot, kRed}));
  EXPECT_EQ(watch(6s, [] { return false; }), std::vector{kRed})
      << "the only one left has every turn";
  EXPECT_TRUE(player_->is_running());
}

// The quietest of a few looks: a clock that is set from outside, or a neighbour on the same X
// server, may wake it once; a tick of its own would show in every one.
std::uint64_t fewest_wake_ups(pid_t pid, int looks, std::chrono::milliseconds each) {
  std::uint64_t fewest = std::numeric_limits<std::uint64_t>::max();
  for (int look = 0; look < looks && fewest > 0; ++look) {
    const std::uint64_t before = wake_ups(pid);
    std::this_thread::sleep_for(each);
    fewest = std::min(fewest, wake_ups(pid) - before);
  }
  return fewest;
}

TEST_F(GlassTest, NothingWakesWhileAPosterStands) {
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 600"));
  for (const char* driver : {"x11", "offscreen", "dummy"}) {
    play({}, {std::string("SDL_VIDEODRIVER=") + driver});
    std::this_thread::sleep_for(3s);
    EXPECT_EQ(fewest_wake_ups(player_->pid(), 3, 3s), 0u) << driver;
    EXPECT_TRUE(player_->is_running());
    player_->signal(SIGINT);
    EXPECT_EQ(player_->wait_for_end(10'000), 0);
  }
}

// Who opened a font, by the kernel's word: lines such as "4711 openat(AT_FDCWD, "/usr/...", ...".
TEST_F(GlassTest, TheThreadThatDrawsOpensNoFont) {
  if (::access("/usr/bin/strace", X_OK) != 0) GTEST_SKIP() << "there is no strace here";
  write_items(
      "[[item]]\nid = \"a\"\nseconds = 2\ntext = { ko = \"가나 다라\" }\n"
      "[[item]]\nid = \"b\"\nseconds = 2\ntext = { ko = \"마바 사아\" }\n");
  screen_.emplace(kScreen);
  const std::string trace = (folder_ / "trace").string();
  // -D: the player is our child, and strace watches from beside.
  player_.emplace(
      std::vector<std::string>{"strace", "-D", "-f", "-e", "trace=open,openat", "-o", trace,
                               NOSEON_BIN_DIR "/noseon-player", "--playlist", campaign().string(),
                               "--size", "320x180", "--stats", "--cache", ""},
      std::vector<std::string>{screen_->display(), "SDL_VIDEODRIVER=x11",
                               "ASAN_OPTIONS=detect_leaks=0"},
      folder_ / "log");
  std::this_thread::sleep_for(7s);
  player_->signal(SIGTERM);
  ASSERT_EQ(player_->wait_for_end(20'000), 0) << player_->said();
  EXPECT_THAT(player_->said(), Not(HasSubstr("fades 0,"))) << "it has drawn";
  std::set<std::string> openers;
  std::size_t opened = 0;
  std::ifstream lines(trace);
  for (std::string line; std::getline(lines, line);) {
    if (line.find("\"/usr/share/fonts/") == std::string::npos) continue;
    ++opened;
    openers.insert(line.substr(0, line.find(' ')));
  }
  if (opened == 0 && fs::file_size(trace) == 0) GTEST_SKIP() << "strace may trace nothing here";
  EXPECT_GT(opened, 0U) << "the worker does";
  EXPECT_FALSE(openers.contains(std::to_string(player_->pid())));
}

TEST_F(GlassTest, AScreenOf16BitsShowsItsNearestColours) {
  screen_.emplace(kScreen, 16);
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  play();
  watch(20s, [&] { return glass() != kRoot; });
  EXPECT_NEAR(glass().red, kRed.red, 8);
  EXPECT_NEAR(glass().green, kRed.green, 8);
  EXPECT_NEAR(glass().blue, kRed.blue, 8);
}

TEST_F(GlassTest, AScreenOfAnotherShapeHasMarginsInThePostersEdgeColour) {
  screen_.emplace(Size{320, 320});
  write("red.png", plain_png(kRed));
  write_items(poster("red", "seconds = 60"));
  play();
  EXPECT_TRUE(comes_whole(kRed));
}

TEST_F(GlassTest, WithoutADisplayItSaysWhatToDo) {
  Program player({NOSEON_BIN_DIR "/noseon-player", "--playlist", campaign().string()},
                 {"SDL_VIDEODRIVER=x11", "DISPLAY=:999999"}, folder_ / "log");
  EXPECT_EQ(player.wait_for_end(10'000), 1);
  EXPECT_THAT(player.said(), HasSubstr("cage"));
}

TEST_F(GlassTest, WhereSdlFindsNoDisplayItDoesNotPlayUnseen) {
  for (const std::string mode : {"--playlist", "--preview"}) {
    Program player({NOSEON_BIN_DIR "/noseon-player", mode, campaign().string()},
                   {"SDL_VIDEODRIVER=", "DISPLAY=:999999", "WAYLAND_DISPLAY=none"},
                   folder_ / "log");
    EXPECT_EQ(player.wait_for_end(10'000), 1) << mode;
    EXPECT_THAT(player.said(), HasSubstr("no display")) << mode;
  }
}

TEST_F(GlassTest, ATimeThatIsNoneIsRefusedWithWhatCanBeWritten) {
  Program player(
      {NOSEON_BIN_DIR "/noseon-player", "--playlist", campaign().string(), "--at", "soon"}, {},
      folder_ / "log");
  EXPECT_EQ(player.wait_for_end(10'000), 1);
  EXPECT_THAT(player.said(), HasSubstr("2027-02-25 08:00"));
}

}  // namespace
}  // namespace noseon
