// The real noseon-player under the Wayland compositor cage, photographed by grim: an outside
// oracle, beside the X server of glass_test.cc.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "media/decoder.h"
#include "tests/media/picture_files.h"
#include "tests/player/pictures.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr Size kScreen{1280, 720};  // what in-cage makes
constexpr Color kRed{200, 16, 32};
constexpr Color kBlue{16, 32, 200};

const fs::path kPlayer = NOSEON_BIN_DIR "/noseon-player";

// Why no player can be seen under cage here, where it cannot.
std::optional<std::string> missing() {
  for (const char* program : {"cage", "grim", "Xwayland"}) {
    if (::access((fs::path("/usr/bin") / program).c_str(), X_OK) != 0)
      return std::string("there is no ") + program + " here (deploy/packages-oracles.txt)";
  }
  // Root runs cage as nobody, who must get at the player.
  const std::string as_nobody = "setpriv --reuid nobody --regid nogroup --clear-groups test -x ";
  if (::geteuid() == 0 && std::system((as_nobody + kPlayer.string()).c_str()) != 0)
    return "nobody but root can run " + kPlayer.string();
  return std::nullopt;
}

class CageTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (const auto why = missing()) GTEST_SKIP() << *why;
    fs::permissions(folder_.path(), fs::perms::others_read | fs::perms::others_exec,
                    fs::perm_options::add);
    write_poster("red", kRed);
    write_poster("blue", kBlue);
    folder_.write("campaign/campaign.toml",
                  "format = \"noseon.campaign/1\"\nid = \"c\"\ntitle = { en = \"c\" }\n"
                  "timezone = \"UTC\"\n"
                  "[[item]]\nid = \"red\"\nposter = \"red.png\"\nhours = \"06:00-09:00\"\n"
                  "[[item]]\nid = \"blue\"\nposter = \"blue.png\"\nhours = \"09:00-12:00\"\n");
  }

  void write_poster(const std::string& name, Color color) const {
    folder_.write("campaign/" + name + ".png",
                  testing::rgba_png(kScreen, words(*solid(kScreen, color))));
  }

  // What is on the glass three seconds after a start at that simulated time.
  PicturePtr look(const std::string& at) const {
    const fs::path file = folder_ / "look.png";
    // Mesa and libwayland keep what they have until the process ends.
    const std::string command =
        std::string("SDL_VIDEODRIVER=") + GetParam() +
        " LSAN_OPTIONS=detect_leaks=0 " NOSEON_SOURCE_DIR "/tests/player/in-cage 3 " +
        kPlayer.string() + " --playlist " + (folder_ / "campaign").string() + " --at '" + at +
        "' --size 1280x720 >" + file.string() + " 2>" + (folder_ / "log").string();
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    const Decoder decoder(find_decode_program());
    auto seen = decoder.decode({.file = file, .box = kScreen, .fit = Fit::fit, .background = {}});
    if (!seen) ADD_FAILURE() << seen.error().message;
    return seen ? *seen : solid({1, 1}, {});
  }

  TemporaryFolder folder_;
};

TEST_P(CageTest, ThePosterFillsTheGlass) {
  EXPECT_EQ(words(*look("2027-03-01 07:00")), words(*solid(kScreen, kRed)));
}

TEST_P(CageTest, TheNextOneReplacesItAtTheEdge) {
  EXPECT_EQ(words(*look("2027-03-01 08:59:59")), words(*solid(kScreen, kBlue)));
}

INSTANTIATE_TEST_SUITE_P(Drivers, CageTest, ::testing::Values("x11", "wayland"),
                         [](const auto& driver) { return std::string(driver.param); });

}  // namespace
}  // namespace noseon
