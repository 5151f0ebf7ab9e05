// Never dark: whatever is gone or broken, there is a frame within three seconds, and where
// something right can be shown it is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iostream>

#include "tests/player/store_rig.h"
#include "tests/support/long_run.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class GlassNeverDark : public StoreRig {
 protected:
  void SetUp() override {
    StoreRig::SetUp();
    set_posters({{"red", kRed}}, 3600);
    store_.publish(repository_);
    screen_.emplace(kScreen);
  }
  // What is on the glass first, and that it comes in time.
  Color first_frame() {
    watch(3s, [&] { return glass() != kRoot; });
    EXPECT_NE(glass(), kRoot) << player_->said();
    return glass();
  }
  [[nodiscard]] Color card() {
    Display display;
    display.size = kScreen;
    const std::uint32_t word = builtin_card(display)->pixels()[static_cast<std::size_t>(
        kScreen.height / 2 * kScreen.width + kScreen.width / 2)];
    return {static_cast<std::uint8_t>(word >> 16U), static_cast<std::uint8_t>(word >> 8U),
            static_cast<std::uint8_t>(word)};
  }
};

TEST_F(GlassNeverDark, WithAllOfVarAndRunGoneTheBuiltInCardStands) {
  start({"--store", "/proc/none/store", "--root", (folder_ / "root.json").string(), "--state",
         "/proc/none/state", "--run", "/proc/none/run", "--journal", "/proc/none/journal",
         "--cache", "/proc/none/cache"});
  EXPECT_EQ(first_frame(), card());
  EXPECT_TRUE(player_->is_running());
}

TEST_F(GlassNeverDark, WithStateRunAndCacheGoneThePosterStands) {
  start({"--store", store_.path().string(), "--root", (folder_ / "root.json").string(), "--state",
         "/proc/none/state", "--run", "/proc/none/run", "--cache", "/proc/none/cache"});
  EXPECT_EQ(first_frame(), kRed);
  EXPECT_TRUE(says("what the player is at when it crashes is not known"));
}

TEST_F(GlassNeverDark, ABrokenDisplayTomlCostsWhatItSaysAlone) {
  play_store({"--display", folder_.write("display.toml", "format = [").string()});
  EXPECT_EQ(first_frame(), kRed);
}

TEST_F(GlassNeverDark, WithoutADecoderTheOperatorsCardCannotBeHadEitherAndTheBuiltInOneStands) {
  const fs::path toml = folder_.write("display.toml",
                                      "id = \"d\"\n"
                                      "size = [320, 180]\nfallback = \"card.png\"\n");
  folder_.write("card.png", plain_png(kGreen));
  play_store({"--display", toml.string()}, {"NOSEON_DECODE=/proc/none/noseon-decode"});
  EXPECT_EQ(first_frame(), card());
}

TEST_F(GlassNeverDark, AStoreOf2500BlobsIsVerifiedAndItsPosterStandsWithinThreeSeconds) {
  if (!is_long_run()) GTEST_SKIP() << "takes a while to sign";
  for (int agency = 0; agency < 50; ++agency) {
    std::string items;
    std::map<std::string, std::string> pictures;
    for (int item = 0; item < 50; ++item) {
      const std::string id = fmt::format("p{}", item);
      items += poster(id, "seconds = 3600");
      pictures[id + ".png"] = plain_png(
          {static_cast<std::uint8_t>(100 + agency), static_cast<std::uint8_t>(item), 200});
    }
    repository_.set_campaign(fmt::format("agency-{}", agency), "all", items, pictures);
  }
  repository_.remove_campaign("seoul", "spring");
  store_.publish(repository_);
  for (const char* const what : {"without a kept frame", "with it"}) {
    const auto begin = Clock::now();
    play_store();
    const Color first = first_frame();
    std::cout << fmt::format("  2,500 blobs, {}: {} ms to the first frame\n", what,
                             std::chrono::floor<Millis>(Clock::now() - begin).count());
    EXPECT_EQ(first.blue, 200) << "a poster, no card";
    std::this_thread::sleep_for(500ms);
    end();
    screen_.emplace(kScreen);
  }
}

TEST_F(GlassNeverDark, WhereNothingIsToBeShownTheOperatorsCardStands) {
  const fs::path toml = folder_.write("display.toml",
                                      "id = \"d\"\n"
                                      "size = [320, 180]\nfallback = \"card.png\"\n");
  folder_.write("card.png", plain_png(kGreen));
  fs::remove_all(store_.path());
  play_store({"--display", toml.string()});
  first_frame();
  EXPECT_TRUE(comes(kGreen, 3s));
}

}  // namespace
}  // namespace noseon
