// The real noseon-player on a virtual screen, and the vocabulary of the tests that look at its
// glass.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "tests/media/picture_files.h"
#include "tests/player/pictures.h"
#include "tests/player/virtual_screen.h"

namespace noseon {

inline constexpr Size kScreen{320, 180};
inline constexpr Color kRoot{0, 0, 0};  // of a screen that nobody has drawn on
inline constexpr Color kRed{200, 16, 32};
inline constexpr Color kBlue{16, 32, 200};
inline constexpr Color kGreen{16, 160, 64};

inline std::string plain_png(Color color, Size size = kScreen) {
  const auto pixels = words(*solid(size, color));
  return testing::rgba_png(size, pixels);
}

/// A folder of one campaign in UTC, and the player on a screen of its own.
class Bus {
 public:
  Bus() { std::filesystem::create_directory(folder_ / "campaign"); }

  void write(const std::string& name, const std::string& bytes) const {
    // As an editor saves: whole, by renaming.
    std::ofstream(folder_ / "new", std::ios::binary) << bytes;
    std::filesystem::rename(folder_ / "new", campaign() / name);
  }
  void write_items(const std::string& items) const {
    write("campaign.toml",
          "format = \"noseon.campaign/1\"\nid = \"c\"\ntitle = { en = \"c\" }\n"
          "timezone = \"UTC\"\n" +
              items);
  }
  static std::string poster(const std::string& id, const std::string& more) {
    return "[[item]]\nid = \"" + id + "\"\nposter = \"" + id + ".png\"\n" + more + "\n";
  }
  [[nodiscard]] std::filesystem::path campaign() const { return folder_.path() / "campaign"; }
  // Where the player keeps its frames unless a test says otherwise: with the bus they are gone.
  [[nodiscard]] std::filesystem::path frames() const { return folder_.path() / "frames"; }

  Program& play(const std::vector<std::string>& more = {},
                const std::vector<std::string>& environment = {}) {
    std::vector<std::string> arguments{"--playlist", campaign().string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return start(std::move(arguments), environment);
  }
  // The player with these arguments, under another program where one is named.
  Program& start(std::vector<std::string> arguments, std::vector<std::string> environment = {},
                 std::vector<std::string> under = {}) {
    if (!screen_) screen_.emplace(kScreen);
    if (std::ranges::find(arguments, "--cache") == arguments.end())
      arguments.insert(arguments.end(), {"--cache", frames().string()});
    if (std::ranges::find(arguments, "--journal") == arguments.end())
      arguments.insert(arguments.end(), {"--journal", ""});
    under.insert(under.end(), {NOSEON_BIN_DIR "/noseon-player", "--size", "320x180"});
    under.insert(under.end(), arguments.begin(), arguments.end());
    environment.push_back(screen_->display());
    environment.emplace_back("SDL_VIDEODRIVER=x11");
    // In sanitized builds: SDL asks D-Bus for its desktop's settings, and libdbus keeps them.
    std::ofstream(folder_ / "leaks") << "leak:libdbus\n";
    environment.push_back("LSAN_OPTIONS=suppressions=" + (folder_ / "leaks").string());
    return player_.emplace(under, environment, folder_ / "log");
  }

  [[nodiscard]] Color glass() const { return screen_->at(kScreen.width / 2, kScreen.height / 2); }

  // Looks at the glass until `done`; what was seen, each change once.
  std::vector<Color> watch(std::chrono::milliseconds time,
                           const std::function<bool()>& done) const {
    std::vector<Color> seen;
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end) {
      const Color now = glass();
      if (seen.empty() || seen.back() != now) seen.push_back(now);
      if (done()) break;
      std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
    return seen;
  }
  bool comes(Color color, std::chrono::milliseconds time = std::chrono::seconds{20}) const {
    watch(time, [&] { return glass() == color; });
    return glass() == color;
  }
  // A frame reaches the glass row by row: the last one a moment after the middle.
  bool comes_whole(Color color) const {
    const auto is_whole = [&] {
      const PicturePtr whole = screen_->picture();
      return std::ranges::all_of(whole->pixels(),
                                 [&](std::uint32_t pixel) { return pixel == to_word(color); });
    };
    // The next one may be on its way already when that was seen.
    bool was_whole = false;
    watch(std::chrono::seconds{20}, [&] { return was_whole = is_whole(); });
    return was_whole;
  }

  // Ends it as an operator does; all that it said.
  std::string end() {
    player_->signal(SIGTERM);
    EXPECT_EQ(player_->wait_for_end(30'000), 0) << player_->said();
    return player_->said();
  }
  // "dark 3 ms; read back ..." of what a player that has ended said.
  static std::string dark_in(const std::string& said) {
    const auto at = said.rfind("dark ");
    return at == std::string::npos ? "" : said.substr(at, said.find('\n', at) - at);
  }

  TemporaryFolder folder_;
  std::optional<VirtualScreen> screen_;
  std::optional<Program> player_;
};

class GlassRig : public ::testing::Test, public Bus {
 protected:
  void SetUp() override {
    if (const auto why = VirtualScreen::missing()) GTEST_SKIP() << *why;
  }

  void TearDown() override {
    if (HasFailure() && player_) std::cerr << player_->said();
  }
};

}  // namespace noseon
