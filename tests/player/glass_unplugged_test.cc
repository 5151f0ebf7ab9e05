// A compositor that has no screen yet: the player waits for one, as it does on the console
// (tests/kms). The real player under a service manager, and the real cage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "tests/player/compositor.h"
#include "tests/player/supervised_rig.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kWaits = "no screen is plugged in; waiting for one";

class GlassUnplugged : public SupervisedRig {
 protected:
  void SetUp() override {
    StoreRig::SetUp();
    if (const auto why = Compositor::missing()) GTEST_SKIP() << *why;
    set_posters({{"red", kRed}}, 3600);
    store_.publish(repository_);
  }
  void TearDown() override {
    SupervisedRig::TearDown();
    compositor_.reset();
  }

  // What the player takes for its compositor is from now on one with that many screens. A plug, as
  // the player sees it: cage's headless screens are there from its start or never.
  std::unique_ptr<Compositor> change_compositor(int screens) {
    auto before = std::exchange(compositor_, std::make_unique<Compositor>(screens));
    EXPECT_TRUE(becomes([&] { return socket().has_value(); }, 10s)) << compositor_->said();
    fs::remove(folder_ / "next");
    fs::create_symlink(socket().value_or("none"), folder_ / "next");
    fs::rename(folder_ / "next", folder_ / "compositor");
    return before;
  }
  void wait_without_a_screen() {
    std::ignore = change_compositor(0);
    supervise_on({"XDG_RUNTIME_DIR=" + folder_.path().string(),
                  "WAYLAND_DISPLAY=" + (folder_ / "compositor").string(),
                  "DISPLAY=", "SDL_VIDEODRIVER=wayland"});
    ASSERT_TRUE(becomes([&] { return service().count(status()) == 1; }, 20s)) << service().said();
  }
  [[nodiscard]] static std::string status() { return std::string("STATUS=") + kWaits; }

  std::unique_ptr<Compositor> compositor_;

 private:
  [[nodiscard]] std::optional<fs::path> socket() const {
    const auto environment = compositor_->environment();
    if (!environment) return std::nullopt;
    const auto value = [&](std::size_t i) {
      return environment->at(i).substr(environment->at(i).find('=') + 1);
    };
    return fs::path(value(0)) / value(1);
  }
};

TEST_F(GlassUnplugged, UnderACompositorItWaitsAndSaysSoOnceAndGoesOnWhenThereIsAScreen) {
  ASSERT_NO_FATAL_FAILURE(wait_without_a_screen());
  std::this_thread::sleep_for(3500ms);
  EXPECT_EQ(service().runs(), 1U);
  EXPECT_EQ(service().count(status()), 1U);
  EXPECT_GE(service().count("EXTEND_TIMEOUT_USEC=20000000"), 3U) << "its start is waited for";
  EXPECT_FALSE(is_ready());
  const auto bare = change_compositor(1);
  EXPECT_TRUE(becomes([&] { return is_ready(); }, 10s)) << service().said();
  EXPECT_EQ(service().runs(), 1U);
  EXPECT_THAT(service().said(), HasSubstr("stage: wayland"));
  EXPECT_EQ(service().count("STATUS=spring/red stands"), 1U);
}

TEST_F(GlassUnplugged, ItEndsInOrderWhileItWaits) {
  ASSERT_NO_FATAL_FAILURE(wait_without_a_screen());
  EXPECT_EQ(service().end(), 0);
  EXPECT_FALSE(fs::exists(folder_ / "state/crashes.json"));
}

TEST_F(GlassUnplugged, WhereTheCompositorIsGoneItDoesNotWaitForEver) {
  ASSERT_NO_FATAL_FAILURE(wait_without_a_screen());
  compositor_.reset();
  ASSERT_TRUE(becomes([&] { return !service().ends().empty(); }, 10s)) << service().said();
  EXPECT_EQ(service().ends().at(0).code, 1);
  EXPECT_THAT(service().said_in_all(), HasSubstr("no display"));
}

}  // namespace
}  // namespace noseon
