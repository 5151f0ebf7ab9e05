// Which way to the glass is taken, and the sockets that a console's screens are plugged into.
#include "player/way_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "player/connectors.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using ::testing::HasSubstr;

WayKind kind(std::string driver, std::vector<std::string> gpus = {},
             std::optional<WayKind> asked = {}) {
  return choose_way({std::move(driver), std::move(gpus), asked}).kind;
}

TEST(WayChoice, IsTheWindowSurfaceOnX11WithoutAGpuAndTexturesWithOne) {
  EXPECT_EQ(kind("x11"), WayKind::surface);
  EXPECT_EQ(kind("x11", {"i915"}), WayKind::textures);
}

TEST(WayChoice, IsTexturesWhereSdlHasNoSurfaceWhateverWasAsked) {
  for (const char* driver : {"KMSDRM", "kmsdrm", "wayland"}) {
    EXPECT_EQ(kind(driver), WayKind::textures);
    EXPECT_EQ(kind(driver, {}, WayKind::surface), WayKind::textures) << driver;
  }
}

TEST(WayChoice, IsTheSurfaceWhereNobodyLooks) {
  EXPECT_EQ(kind("offscreen", {"i915"}), WayKind::surface);
  EXPECT_EQ(kind("dummy", {"i915"}), WayKind::surface);
  EXPECT_EQ(kind("dummy", {}, WayKind::textures), WayKind::surface) << "it has no renderer";
}

TEST(WayChoice, IsWhatWasAskedWhereBothAreThere) {
  EXPECT_EQ(kind("x11", {}, WayKind::textures), WayKind::textures);
  EXPECT_EQ(kind("x11", {"v3d"}, WayKind::surface), WayKind::surface);
}

TEST(WayChoice, FallsBackOnlyFromAGpuThatWasFoundNotAskedFor) {
  EXPECT_TRUE(choose_way({"x11", {"virtio_gpu"}, {}}).may_fall_back);
  EXPECT_FALSE(choose_way({"x11", {"virtio_gpu"}, WayKind::textures}).may_fall_back);
  EXPECT_FALSE(choose_way({"KMSDRM", {}, {}}).may_fall_back);
}

TEST(WayChoice, GivesItsReason) {
  EXPECT_THAT(choose_way({"x11", {"i915", "amdgpu"}, {}}).reason, HasSubstr("i915, amdgpu"));
  EXPECT_THAT(choose_way({"x11", {}, {}}).reason, HasSubstr("no GPU"));
  EXPECT_THAT(choose_way({"KMSDRM", {}, {}}).reason, HasSubstr("KMSDRM"));
}

TEST(WayChoice, ReadsItsThreeWordsAndNoOther) {
  EXPECT_EQ(parse_way("auto").value(), std::nullopt);
  EXPECT_EQ(parse_way("surface").value(), WayKind::surface);
  EXPECT_EQ(parse_way("textures").value(), WayKind::textures);
  const auto wrong = parse_way("opengl");
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().message, HasSubstr("auto, surface or textures"));
}

// A /sys/class/drm.
class ConnectorsTest : public testing::Test {
 protected:
  void plug(const std::string& socket, const std::string& status) const {
    drm.write(socket + "/status", status + "\n");
  }
  [[nodiscard]] std::vector<Connector> all() const { return connectors(drm.path()); }

  TemporaryFolder drm;
};

TEST_F(ConnectorsTest, AreTheSocketsOfAllCardsByName) {
  plug("card0-HDMI-A-2", "connected");
  plug("card0-DSI-1", "disconnected");
  plug("card0-Writeback-1", "unknown");
  drm.write("card0/dev", "226:0");
  drm.write("renderD128/dev", "226:128");
  ASSERT_EQ(all().size(), 2u);
  EXPECT_EQ(all()[0].name, "DSI-1");
  EXPECT_FALSE(all()[0].is_connected);
  EXPECT_EQ(all()[1].name, "HDMI-A-2");
  EXPECT_TRUE(all()[1].is_connected);
}

TEST_F(ConnectorsTest, LackAScreenWhereNoneIsPluggedIn) {
  EXPECT_FALSE(lacks_screen(all())) << "without DRM nobody can say";
  plug("card0-HDMI-A-1", "disconnected");
  EXPECT_TRUE(lacks_screen(all()));
  plug("card1-VGA-1", "unknown");
  EXPECT_FALSE(lacks_screen(all())) << "a socket that cannot tell may have one";
}

TEST_F(ConnectorsTest, MatterWhereThePlayerDrawsOnTheConsole) {
  plug("card0-HDMI-A-1", "disconnected");
  EXPECT_TRUE(draws_on_console("KMSDRM", true, all()));
  EXPECT_TRUE(draws_on_console("", false, all()));
  EXPECT_FALSE(draws_on_console("", true, all())) << "there is a desktop";
  EXPECT_FALSE(draws_on_console("x11", false, all()));
  EXPECT_FALSE(draws_on_console("", false, {})) << "there is no console to draw on";
}

TEST(Connectors, AreNoneWithoutDrm) {
  EXPECT_TRUE(connectors("/nonexistent").empty());
}

}  // namespace
}  // namespace noseon
