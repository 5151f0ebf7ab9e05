// Both ways to the glass under every driver that this machine has, each held against the picture
// that was painted: what a bus shows is what `noseon render` writes, whatever stands between.
#include <SDL2/SDL.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <thread>

#include "player/stage.h"
#include "tests/fonts/setting.h"
#include "tests/player/golden_frames.h"
#include "tests/player/pictures.h"
#include "tests/player/virtual_screen.h"

#if defined(NOSEON_SANITIZED)
// Mesa keeps what it allocated and is unloaded before leaks are looked for, so nothing can name it.
// The stage's own memory is watched by stage_test.cc.
extern "C" const char* __asan_default_options();   // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __asan_default_options() {  // NOLINT(bugprone-reserved-identifier)
  return "detect_leaks=0";
}
#endif

namespace noseon {
namespace {

using namespace std::chrono_literals;

constexpr Size kGlass{640, 360};
constexpr Color kRed{200, 10, 20};
constexpr Color kBlue{10, 20, 200};
constexpr Color kScribble{1, 254, 3};

struct Route {
  std::string driver;
  WayKind way;
};

std::string name_of(const Route& route) {
  return route.driver + (route.way == WayKind::surface ? "_surface" : "_textures");
}
void PrintTo(const Route& route, std::ostream* out) {
  *out << name_of(route);
}

// How far two pictures are apart: pixels that differ, and the most in a channel.
struct Distance {
  std::size_t pixels = 0;
  int most = 0;
};

Distance distance(const Picture& a, const Picture& b) {
  if (a.size() != b.size()) return {a.pixels().size(), 256};
  Distance found;
  for (std::size_t i = 0; i < a.pixels().size(); ++i) {
    int most = 0;
    for (const unsigned shift : {0U, 8U, 16U}) {
      const auto one = static_cast<int>(a.pixels()[i] >> shift & 255U);
      const auto two = static_cast<int>(b.pixels()[i] >> shift & 255U);
      most = std::max(most, std::abs(one - two));
    }
    if (most > 0) ++found.pixels;
    found.most = std::max(found.most, most);
  }
  return found;
}

class WaysTest : public testing::TestWithParam<Route> {
 protected:
  void SetUp() override {
    const Route& route = GetParam();
    if (route.driver == "x11") {
      if (const auto why = VirtualScreen::missing()) GTEST_SKIP() << *why;
      screen_.emplace(kGlass);
      const std::string display = screen_->display();
      ::setenv("DISPLAY", display.substr(display.find('=') + 1).c_str(), 1);
    }
    ::setenv("SDL_VIDEODRIVER", route.driver.c_str(), 1);
    const StageShape shape = route.driver == "x11" ? StageShape::full_screen : StageShape::windowed;
    Result<Stage> stage =
        Stage::open({.title = "test", .shape = shape, .size = kGlass, .way = route.way});
    if (!stage && route.way == WayKind::textures) {
      GTEST_SKIP() << "no OpenGL here: " << stage.error().message;
    }
    ASSERT_TRUE(stage) << stage.error().message;
    stage_.emplace(*std::move(stage));
    const std::string way = route.way == WayKind::surface ? "window surface" : "textures (";
    ASSERT_NE(stage_->description().find(way), std::string::npos) << stage_->description();
  }

  void TearDown() override {
    stage_.reset();
    screen_.reset();
    ::unsetenv("SDL_VIDEODRIVER");
    ::unsetenv("DISPLAY");
  }

  [[nodiscard]] static bool is_surface() { return GetParam().way == WayKind::surface; }

  static SDL_Window* window() {
    for (Uint32 id = 1; id < 1000; ++id)
      if (SDL_Window* const found = SDL_GetWindowFromID(id)) return found;
    return nullptr;
  }

  // What the glass has now: of X11 what a monitor would show, else what was handed to SDL.
  [[nodiscard]] PicturePtr glass() const {
    if (screen_) return screen_->picture();
    std::vector<std::uint32_t> pixels(static_cast<std::size_t>(kGlass.width * kGlass.height));
    if (is_surface()) {
      const SDL_Surface* const surface = SDL_GetWindowSurface(window());
      for (int y = 0; y < kGlass.height; ++y) {
        std::memcpy(pixels.data() + y * kGlass.width,
                    static_cast<const char*>(surface->pixels) + y * surface->pitch,
                    static_cast<std::size_t>(kGlass.width) * 4);
      }
    } else {
      const SDL_Rect all{0, 0, kGlass.width, kGlass.height};
      EXPECT_EQ(SDL_RenderReadPixels(SDL_GetRenderer(window()), &all, SDL_PIXELFORMAT_ARGB8888,
                                     pixels.data(), kGlass.width * 4),
                0);
    }
    return make_picture(kGlass, std::move(pixels));
  }

  // The X server takes a frame in its own time.
  [[nodiscard]] Distance glass_against(const Picture& picture, int most = 0) const {
    const auto end = std::chrono::steady_clock::now() + 10s;
    for (;;) {
      const Distance found = distance(*glass(), picture);
      if (found.most <= most || !screen_ || std::chrono::steady_clock::now() > end) return found;
      std::this_thread::sleep_for(5ms);
    }
  }

  void expect_glass(const Picture& picture, const std::string& what = {}, int most = 0) const {
    const Distance found = glass_against(picture, most);
    EXPECT_LE(found.most, most) << name_of(GetParam()) << ' ' << what << ": " << found.pixels
                                << " pixels differ";
  }

  // Draws behind the stage's back into what it shares with SDL.
  static void scribble(Point at) {
    SDL_Surface* const surface = SDL_GetWindowSurface(window());
    const std::uint32_t word = to_word(kScribble);
    std::memcpy(static_cast<char*>(surface->pixels) + at.y * surface->pitch + at.x * 4, &word, 4);
  }
  // Of the surface, whatever is on the glass.
  static bool is_scribbled(Point at) {
    const SDL_Surface* const surface = SDL_GetWindowSurface(window());
    std::uint32_t word = 0;
    std::memcpy(&word, static_cast<const char*>(surface->pixels) + at.y * surface->pitch + at.x * 4,
                4);
    return ((word ^ to_word(kScribble)) & 0xffffffU) == 0;
  }

  // The picture with another colour in an area.
  static PicturePtr with(const PicturePtr& picture, const Rect& area, Color color) {
    std::vector<std::uint32_t> pixels = words(*picture);
    for (int y = area.y; y < area.y + area.height; ++y)
      for (int x = area.x; x < area.x + area.width; ++x)
        pixels[static_cast<std::size_t>(y * kGlass.width + x)] = to_word(color);
    return make_picture(picture->size(), std::move(pixels));
  }

  // As a GPU that was reset: its textures are gone, with SDL none the wiser.
  static void lose_textures() {
    using DeleteTextures = void (*)(int count, const unsigned* names);
    const auto delete_textures =
        reinterpret_cast<DeleteTextures>(SDL_GL_GetProcAddress("glDeleteTextures"));
    ASSERT_NE(delete_textures, nullptr);
    for (unsigned name = 1; name < 64; ++name) delete_textures(1, &name);
  }

  static void push(Uint32 type) {
    SDL_Event event{};
    event.type = type;
    SDL_PushEvent(&event);
  }

  std::optional<VirtualScreen> screen_;
  std::optional<Stage> stage_;
};

// Of the window surface alone: a GPU draws all of a frame, and only what it is asked to draw can be
// read.
class SurfaceTest : public WaysTest {};

INSTANTIATE_TEST_SUITE_P(Routes, SurfaceTest,
                         testing::Values(Route{"offscreen", WayKind::surface},
                                         Route{"dummy", WayKind::surface},
                                         Route{"x11", WayKind::surface}),
                         [](const auto& route) { return name_of(route.param); });
INSTANTIATE_TEST_SUITE_P(Routes, WaysTest,
                         testing::Values(Route{"offscreen", WayKind::surface},
                                         Route{"offscreen", WayKind::textures},
                                         Route{"dummy", WayKind::surface},
                                         Route{"x11", WayKind::surface},
                                         Route{"x11", WayKind::textures}),
                         [](const auto& route) { return name_of(route.param); });

TEST_P(WaysTest, EveryLayoutIsOnTheGlassPixelForPixel) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  FrameMaker maker;
  for (const NamedFrame& frame : maker.frames(kGlass)) {
    ASSERT_TRUE(stage_->present(frame.picture));
    expect_glass(*frame.picture, frame.name);
    EXPECT_TRUE(stage_->holds(frame.picture).value()) << frame.name;
    expect_glass(*frame.picture, frame.name + ", after it was read back");
  }
}

TEST_P(WaysTest, AFrameOfAFadeIsTheBlendOfBoth) {
  const int most = is_surface() ? 0 : 1;  // a GPU rounds as it likes
  const PicturePtr from = coordinates(kGlass);
  const PicturePtr to = with(solid(kGlass, kBlue), {100, 50, 300, 200}, {255, 255, 255});
  for (const int alpha : {0, 1, 64, 128, 200, 255, kAlphaFull}) {
    Shot shot;
    shot.scene.picture = to;
    shot.from = from;
    shot.alpha = alpha;
    ASSERT_TRUE(stage_->present_blend(from, to, alpha));
    expect_glass(*flatten(shot), fmt::format("at {} of 256", alpha), most);
  }
  ASSERT_TRUE(stage_->present(to));
  expect_glass(*to, "after the fade");
}

TEST_P(WaysTest, ATickerIsOnTheGlassPixelForPixelWhereverItIs) {
  FrameMaker maker;
  for (const int degrees : {0, 90, 180, 270}) {
    Display display = FrameMaker::display(kGlass);
    display.rotation = degrees;
    Shot shot = maker.ticker("ticker", display);
    const Ticker& ticker = *shot.scene.ticker;
    const Rect area = area_of(ticker);
    TickerPainter painter;
    std::vector<std::uint32_t> band(static_cast<std::size_t>(area.width * area.height));
    for (const std::int64_t travel : {std::int64_t{0}, std::int64_t{1}, shot.travel,
                                      shot.travel + 300, 256 * pass_length(ticker) - 1}) {
      shot.travel = travel;
      paint_ticker(shot.scene, travel, painter, band);
      ASSERT_TRUE(stage_->present_patched(shot.scene.picture, area, band));
      expect_glass(*flatten(shot), fmt::format("turned {}, at {}", degrees, travel));
    }
  }
}

TEST_P(WaysTest, APatchElsewhereLeavesNothingOfTheOneBefore) {
  const PicturePtr ground = coordinates(kGlass);
  const std::vector<std::uint32_t> patch(30 * 20, to_word(kRed));
  const Rect here{10, 10, 30, 20};
  const Rect there{300, 200, 30, 20};
  ASSERT_TRUE(stage_->present_patched(ground, here, patch));
  expect_glass(*with(ground, here, kRed), "here");
  ASSERT_TRUE(stage_->present_patched(ground, there, patch));
  expect_glass(*with(ground, there, kRed), "there");
  ASSERT_TRUE(stage_->present(with(ground, {500, 300, 4, 4}, kBlue)));
  expect_glass(*with(ground, {500, 300, 4, 4}, kBlue), "another picture after a patch");
}

TEST_P(SurfaceTest, APictureIsHeldUntilSomethingElseIsDrawnBehindTheStagesBack) {
  const PicturePtr picture = coordinates(kGlass);
  ASSERT_TRUE(stage_->present(picture));
  EXPECT_TRUE(stage_->holds(picture).value());
  EXPECT_FALSE(stage_->holds(solid(kGlass, kRed)).value()) << "another picture";
  for (const Point corner : {Point{0, 0}, Point{kGlass.width - 1, kGlass.height - 1}}) {
    scribble(corner);
    EXPECT_FALSE(stage_->holds(picture).value()) << "one pixel, at " << corner.x;
    ASSERT_TRUE(stage_->present(picture));
    EXPECT_TRUE(stage_->holds(picture).value()) << "the same again is sent whole";
  }
}

TEST_P(SurfaceTest, OfAPictureThatFollowsOnlyWhatDiffersIsSent) {
  constexpr Point kOutside{600, 20};
  constexpr Rect kChange{40, 100, 60, 30};
  // The corners of the change, inside, and their neighbours outside.
  const Point inside[] = {{40, 100}, {99, 129}};
  const Point beside[] = {{39, 100}, {40, 99}, {100, 129}, {99, 130}};
  const PicturePtr before = coordinates(kGlass);
  const PicturePtr after = with(before, kChange, kRed);
  ASSERT_TRUE(stage_->present(before));
  expect_glass(*before);
  for (const Point at : {kOutside, inside[0], inside[1]}) scribble(at);
  for (const Point at : beside) scribble(at);
  ASSERT_TRUE(stage_->present(after));
  EXPECT_TRUE(is_scribbled(kOutside)) << "not drawn";
  for (const Point at : beside) EXPECT_TRUE(is_scribbled(at)) << at.x << ',' << at.y;
  for (const Point at : inside) EXPECT_FALSE(is_scribbled(at)) << at.x << ',' << at.y;
  if (screen_) expect_glass(*after, "what was scribbled did not reach the glass");

  stage_->forget();
  ASSERT_TRUE(stage_->present(after));
  EXPECT_FALSE(is_scribbled(kOutside)) << "whole again";
  expect_glass(*after);
}

TEST_P(SurfaceTest, AnEqualPictureThatIsAnotherOneIsNotSentAtAll) {
  ASSERT_TRUE(stage_->present(coordinates(kGlass)));
  scribble({0, 0});
  ASSERT_TRUE(stage_->present(coordinates(kGlass)));
  EXPECT_TRUE(is_scribbled({0, 0}));
}

TEST_P(WaysTest, WhatTheGpuLostIsSentAgain) {
  const PicturePtr before = coordinates(kGlass);
  const PicturePtr after = with(before, {40, 100, 60, 30}, kRed);
  for (const Uint32 loss : {SDL_RENDER_TARGETS_RESET, SDL_RENDER_DEVICE_RESET}) {
    ASSERT_TRUE(stage_->present(before));
    static_cast<void>(stage_->take_events());
    is_surface() ? scribble({600, 20}) : lose_textures();
    push(loss);
    const std::vector<StageEvent> events = stage_->take_events();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(std::holds_alternative<GlassChanged>(events[0]));
    const PicturePtr next = is_surface() ? after : before;  // the one that seems to be there
    ASSERT_TRUE(stage_->present(next));
    expect_glass(*next, "after the loss, whole");
    ASSERT_TRUE(stage_->present(after));
    expect_glass(*after, "and the next one");
    EXPECT_TRUE(stage_->holds(after).value());
  }
}

}  // namespace
}  // namespace noseon
