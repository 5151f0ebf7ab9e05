// Drafts on the glass of the real noseon-player: in a preview of originals that nobody has
// prepared, and nowhere else.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "media/decoder.h"
#include "tests/player/glass_rig.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// Black and white column by column, twice the screen's size: a draft, which is a mean of values, is
// darker than the picture, which is a mean of light.
constexpr Color kDraft{128, 128, 128};
constexpr Color kExact{188, 188, 188};

std::string striped_jpeg() {
  const Size size{2 * kScreen.width, 2 * kScreen.height};
  testing::Pixels pixels(static_cast<std::size_t>(size.width) *
                         static_cast<std::size_t>(size.height));
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = i % 2 == 0 ? 0xFF000000U : ~0U;
  return testing::jpeg_file(size, pixels, {.colors = testing::JpegColors::grey});
}

bool is_near(Color a, Color b) {
  return std::abs(a.red - b.red) < 12 && std::abs(a.green - b.green) < 12 &&
         std::abs(a.blue - b.blue) < 12;
}

class GlassDrafts : public GlassRig {
 protected:
  void SetUp() override {
    GlassRig::SetUp();
    write("striped.jpeg", striped_jpeg());
    write_items(
        "[[item]]\nid = \"striped\"\nposter = \"striped.jpeg\"\nseconds = 60\n"
        "transition = \"cut\"\n");
  }

  std::vector<std::string> cold(std::vector<std::string> environment) const {
    environment.push_back("NOSEON_PREPARED_CACHE=" + (folder_ / "prepared").string());
    return environment;
  }
  void preview(std::vector<std::string> environment = {}) {
    if (!screen_) screen_.emplace(kScreen);
    environment = cold(std::move(environment));
    environment.push_back(screen_->display());
    environment.emplace_back("SDL_VIDEODRIVER=x11");
    std::ofstream(folder_ / "leaks") << "leak:libdbus\n";
    environment.push_back("LSAN_OPTIONS=suppressions=" + (folder_ / "leaks").string());
    player_.emplace(std::vector<std::string>{NOSEON_BIN_DIR "/noseon-player", "--preview",
                                             campaign().string(), "--size", "320x180"},
                    environment, folder_ / "log");
  }
  // What the glass comes to show until it shows the picture itself, in words.
  std::vector<std::string> seen() const {
    std::vector<std::string> words;
    for (const Color color : watch(20s, [&] { return is_near(glass(), kExact); })) {
      const char* const word = color == kRoot           ? "nothing"
                               : is_near(color, kDraft) ? "draft"
                               : is_near(color, kExact) ? "picture"
                                                        : "something else";
      if (words.empty() || words.back() != word) words.emplace_back(word);
    }
    return words;
  }
};

TEST_F(GlassDrafts, APreviewShowsADraftAndThenThePictureInItsPlace) {
  preview();
  EXPECT_THAT(seen(), ElementsAre("nothing", "draft", "picture"));
}

TEST_F(GlassDrafts, TheNextPreviewHasThePictureAndNeedsNone) {
  preview();
  ASSERT_THAT(seen(), ElementsAre("nothing", "draft", "picture"));
  end();
  screen_.reset();
  preview({"NOSEON_PREPARE=/nonexistent"});
  EXPECT_THAT(seen(), ElementsAre("nothing", "picture"));
}

TEST_F(GlassDrafts, ABusShowsNone) {
  play({}, cold({}));
  EXPECT_THAT(seen(), ElementsAre("nothing", "picture"));
}

TEST_F(GlassDrafts, WithoutTheDrafterThePictureComesAllTheSame) {
  preview({"NOSEON_DRAFT=/nonexistent"});
  EXPECT_THAT(seen(), ElementsAre("nothing", "picture"));
  EXPECT_THAT(player_->said(), Not(HasSubstr("is set aside")));
}

TEST_F(GlassDrafts, ADraftOfWhatCannotBePreparedDoesNotStay) {
  preview({"NOSEON_PREPARE=/nonexistent"});
  watch(20s, [&] { return player_->said().find("is set aside") != std::string::npos; });
  watch(5s, [&] { return !is_near(glass(), kDraft) && glass() != kRoot; });
  EXPECT_FALSE(is_near(glass(), kDraft));
  EXPECT_THAT(player_->said(), HasSubstr("NOSEON_PREPARE"));
}

TEST_F(GlassDrafts, RenderNeverUsesOne) {
  const fs::path out = folder_ / "out.png";
  Program render({NOSEON_BIN_DIR "/noseon", "render", campaign().string(), "--size", "320x180",
                  "--at", "2027-03-01 08:00", "-o", out.string()},
                 cold({}), folder_ / "render");
  ASSERT_EQ(render.wait_for_end(30'000), 0) << render.said();
  const auto picture = Decoder(find_decode_program(), 60s).decode({out, kScreen, Fit::fit, {}});
  ASSERT_TRUE(picture) << picture.error().message;
  const std::uint32_t middle = (*picture)->pixels()[90 * 320 + 160];
  EXPECT_NEAR(middle & 0xFFU, kExact.blue, 12);
}

}  // namespace
}  // namespace noseon
