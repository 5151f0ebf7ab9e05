// The start of the real noseon-player from the frames it kept the last time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/player/glass_rig.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class GlassCache : public GlassRig {
 protected:
  void SetUp() override {
    GlassRig::SetUp();
    write("red.png", plain_png(kRed));
    write_items(poster("red", "seconds = 60"));
  }
  [[nodiscard]] std::vector<fs::path> kept() const {
    std::vector<fs::path> files;
    std::error_code none;
    for (const auto& entry : fs::recursive_directory_iterator(frames(), none))
      if (entry.is_regular_file()) files.push_back(entry.path());
    return files;
  }
  // A run that ends once its frame is kept.
  void fill() {
    play();
    ASSERT_TRUE(comes_whole(kRed));
    watch(10s, [&] { return !kept().empty(); });
    end();
    ASSERT_FALSE(kept().empty());
    screen_.reset();
  }
  // A run that has no decoder; what its glass came to show.
  Color shown_without_decoder() {
    play({}, {"NOSEON_DECODE=/nonexistent", "NOSEON_PREPARE=/nonexistent"});
    watch(20s, [&] { return glass() != kRoot; });
    return glass();
  }
};

TEST_F(GlassCache, TheSecondStartNeedsNoDecoder) {
  fill();
  EXPECT_EQ(shown_without_decoder(), kRed);
  EXPECT_THAT(player_->said(), Not(HasSubstr("is set aside")));
}

TEST_F(GlassCache, WithoutWhatWasKeptThereIsNothingToShowInstead) {
  EXPECT_NE(shown_without_decoder(), kRed);
  EXPECT_THAT(player_->said(), HasSubstr("is set aside"));
}

TEST_F(GlassCache, OneWrongByteInAFrameIsFoundAndTheOriginalIsDecoded) {
  fill();
  for (const fs::path& file : kept()) {
    std::fstream bytes(file, std::ios::binary | std::ios::in | std::ios::out);
    const auto middle = static_cast<std::streamoff>(fs::file_size(file) / 2);
    bytes.seekg(middle);
    const int old = bytes.get();
    bytes.seekp(middle);
    bytes.put(static_cast<char>(old ^ 1));
  }
  EXPECT_NE(shown_without_decoder(), kRed) << "it is not shown as it is";
  player_.reset();
  screen_.reset();
  play();
  EXPECT_TRUE(comes_whole(kRed)) << "with the decoder back, it is made anew";
}

TEST_F(GlassCache, APlaceThatCannotBeWrittenChangesNothing) {
  // Nobody, not even root, makes a folder in a file.
  const auto file = folder_.write("file", "x");
  const std::vector<std::string> places{(file / "frames").string(), "/proc/frames", ""};
  for (const std::string& place : places) {
    play({"--cache", place});
    EXPECT_TRUE(comes_whole(kRed)) << place;
    end();
    screen_.reset();
  }
}

}  // namespace
}  // namespace noseon
