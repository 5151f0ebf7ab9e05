// The way to the glass, without one: SDL's offscreen and dummy drivers, whose window surface holds
// what was handed over.
#include "player/stage.h"

#include <SDL2/SDL.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <cstring>
#include <thread>

#include "player/blend.h"
#include "player/projector.h"
#include "tests/player/pictures.h"

#if defined(NOSEON_SANITIZED)
// SDL asks D-Bus for its desktop's settings, and libdbus keeps what it read.
extern "C" const char* __lsan_default_suppressions();   // NOLINT(bugprone-reserved-identifier)
extern "C" const char* __lsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
  return "leak:libdbus";
}
#endif

namespace noseon {
namespace {

constexpr Size kGlass{64, 36};
constexpr Color kRed{200, 10, 20};
constexpr Color kBlue{10, 20, 200};

class StageTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override { ::setenv("SDL_VIDEODRIVER", GetParam(), 1); }
  void TearDown() override { ::unsetenv("SDL_VIDEODRIVER"); }

  static Stage open() {
    return Stage::open({.title = "test", .shape = StageShape::windowed, .size = kGlass}).value();
  }

  static SDL_Window* window() {
    for (Uint32 id = 1; id < 1000; ++id)
      if (SDL_Window* const found = SDL_GetWindowFromID(id)) return found;
    return nullptr;
  }

  // What was handed over at a place.
  static Color glass_at(int x, int y) {
    const SDL_Surface* const surface = SDL_GetWindowSurface(window());
    Uint32 pixel = 0;
    std::memcpy(&pixel, static_cast<const char*>(surface->pixels) + y * surface->pitch + x * 4, 4);
    return {static_cast<std::uint8_t>(pixel >> 16U), static_cast<std::uint8_t>(pixel >> 8U),
            static_cast<std::uint8_t>(pixel)};
  }
};

INSTANTIATE_TEST_SUITE_P(Drivers, StageTest, testing::Values("offscreen", "dummy"));

TEST_P(StageTest, PutsAPictureOnTheGlassPixelForPixel) {
  Stage stage = open();
  EXPECT_EQ(stage.driver(), GetParam());
  EXPECT_EQ(stage.size(), kGlass);
  const PicturePtr picture = coordinates(kGlass);
  ASSERT_TRUE(stage.present(picture));
  for (int y = 0; y < kGlass.height; ++y)
    for (int x = 0; x < kGlass.width; ++x) ASSERT_EQ(glass_at(x, y), color_at(*picture, x, y));
}

TEST_P(StageTest, IsHiddenUntilThereIsSomethingToShow) {
  Stage stage = open();
  EXPECT_NE(SDL_GetWindowFlags(window()) & SDL_WINDOW_HIDDEN, 0u);
  ASSERT_TRUE(stage.present(solid(kGlass, kRed)));
  EXPECT_EQ(SDL_GetWindowFlags(window()) & SDL_WINDOW_HIDDEN, 0u);
}

TEST_P(StageTest, FitsAPictureOfAnotherSizeWithMarginsInItsEdgeColour) {
  Stage stage = open();
  ASSERT_TRUE(stage.present(solid({30, 30}, kRed)));
  EXPECT_EQ(glass_at(0, 0), kRed);
  EXPECT_EQ(glass_at(32, 18), kRed);
  EXPECT_EQ(glass_at(63, 35), kRed);
}

TEST_P(StageTest, BlendsTwoPictures) {
  Stage stage = open();
  ASSERT_TRUE(stage.present_blend(solid(kGlass, kRed), solid({128, 72}, kBlue), kAlphaFull / 2));
  EXPECT_EQ(glass_at(10, 10), (Color{105, 15, 110}));
}

TEST_P(StageTest, HasNoConnectionToWaitFor) {
  EXPECT_EQ(open().connection_fd(), -1);
}

TEST_P(StageTest, ReadsKeysAsTheyAreOnTheKeyboard) {
  Stage stage = open();
  static_cast<void>(stage.take_events());
  const auto press = [](SDL_Keycode key, Uint16 modifiers = 0) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.keysym.sym = key;
    event.key.keysym.mod = modifiers;
    SDL_PushEvent(&event);
  };
  press(SDLK_g);
  press(SDLK_LEFTBRACKET);
  press(SDLK_EQUALS, KMOD_SHIFT);
  press(SDLK_KP_MINUS);
  press(SDLK_LEFT);
  press(SDLK_q, KMOD_CTRL);
  press(SDLK_F5);
  std::vector<StageEvent> keys = stage.take_events();
  std::erase_if(keys, [](const StageEvent& e) { return !std::holds_alternative<KeyPressed>(e); });
  ASSERT_EQ(keys.size(), 5u) << "no control keys, no function keys";
  EXPECT_EQ(std::get<KeyPressed>(keys[0]), (KeyPressed{Key::character, 'g'}));
  EXPECT_EQ(std::get<KeyPressed>(keys[1]), (KeyPressed{Key::character, '['}));
  EXPECT_EQ(std::get<KeyPressed>(keys[2]), (KeyPressed{Key::character, '+'}));
  EXPECT_EQ(std::get<KeyPressed>(keys[3]), (KeyPressed{Key::character, '-'}));
  EXPECT_EQ(std::get<KeyPressed>(keys[4]), (KeyPressed{Key::left, 0}));
  EXPECT_TRUE(stage.take_events().empty());
}

TEST(Stage, SaysWhatToDoWhereThereIsNoDisplay) {
  ::setenv("SDL_VIDEODRIVER", "x11", 1);
  ::setenv("DISPLAY", ":999999", 1);
  const auto stage = Stage::open({});
  ::unsetenv("SDL_VIDEODRIVER");
  ::unsetenv("DISPLAY");
  ASSERT_FALSE(stage);
  EXPECT_EQ(stage.error().kind, ErrorKind::unavailable);
  EXPECT_NE(stage.error().message.find("cage"), std::string::npos) << stage.error().message;
}

class ProjectorTest : public StageTest {
 protected:
  static Scene still(PicturePtr picture) { return {std::move(picture), nullptr, nullptr}; }

  // Lets the loop run for a while, with a look at the glass before each wait.
  void run_for(
      Millis time, const std::function<void()>& look = [] {}) {
    PollLoop& loop = loop_;
    Timer end;
    end.set(std::chrono::steady_clock::now() + time);
    loop.watch(end.fd(), [&] { loop.stop(); });
    loop.before_wait(look);
    ASSERT_TRUE(loop.run());
  }

  PollLoop loop_;
};

INSTANTIATE_TEST_SUITE_P(Drivers, ProjectorTest, testing::Values("offscreen"));

TEST_P(ProjectorTest, CutsAtOnce) {
  Stage stage = open();
  Projector projector(stage, loop_);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  EXPECT_EQ(glass_at(0, 0), kRed);
  projector.show(still(solid(kGlass, kBlue)), Pace{}, Transition::cut, 2);
  EXPECT_EQ(glass_at(0, 0), kBlue);
  EXPECT_EQ(projector.presents(), 2u);
}

TEST_P(ProjectorTest, LeavesTheGlassAloneWhileAPictureStands) {
  Stage stage = open();
  Projector projector(stage, loop_);
  const PicturePtr red = solid(kGlass, kRed);
  for (std::uint64_t turn = 1; turn < 10; ++turn)
    projector.show(still(red), Pace{}, Transition::fade, turn);
  EXPECT_EQ(projector.presents(), 1u);
}

// ---- Read back ---------------------------------------------------------------------------------

constexpr ReadBack kReadBack{.after = Millis{100}, .every = Millis{400}};

TEST_P(ProjectorTest, ReadsTheGlassBackInEachTurnAlsoWhereTheSamePictureStandsOn) {
  Stage stage = open();
  Projector projector(stage, loop_, kReadBack);
  const PicturePtr red = solid(kGlass, kRed);
  for (std::uint64_t turn = 1; turn <= 3; ++turn) {
    projector.show(still(red), Pace{}, Transition::cut, turn);
    // Within a turn, whatever it is asked for again: once.
    projector.show(still(red), Pace{}, Transition::cut, turn);
    run_for(Millis{150});
    EXPECT_EQ(projector.dark_time().reads(), turn);
  }
}

TEST_P(ProjectorTest, ReadsTheGlassBackEachSoOftenWhereAPictureStands) {
  Stage stage = open();
  Projector projector(stage, loop_, kReadBack);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  run_for(Millis{300});
  EXPECT_EQ(projector.dark_time().reads(), 1U) << "at 100";
  run_for(Millis{700});
  EXPECT_EQ(projector.dark_time().reads(), 3U) << "and at 500 and 900";
}

TEST_P(ProjectorTest, ReadsTheGlassBackHoweverShortTheTurnsAre) {
  Stage stage = open();
  Projector projector(stage, loop_, kReadBack);
  const PicturePtr pictures[] = {solid(kGlass, kRed), solid(kGlass, kBlue)};
  for (std::uint64_t turn = 1; turn <= 20; ++turn) {
    projector.show(still(pictures[turn % 2]), Pace{}, Transition::cut, turn);
    run_for(Millis{50});
  }
  EXPECT_GE(projector.dark_time().reads(), 2U) << "in a second, each 400 ms";
  EXPECT_EQ(projector.dark_time().wrong(), 0U);
}

TEST_P(ProjectorTest, ReadsTheGlassBackOnceAFadeIsOver) {
  Stage stage = open();
  Projector projector(stage, loop_, kReadBack);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  projector.show(still(solid(kGlass, kBlue)), Pace{}, Transition::fade, 2, Millis{250});
  run_for(Millis{220});
  EXPECT_EQ(projector.dark_time().reads(), 0U);
  run_for(Millis{180});
  EXPECT_EQ(projector.dark_time().reads(), 1U) << "at 300, when it is over";
}

TEST_P(ProjectorTest, PresentsOnceAndRests) {
  Stage stage = open();
  Projector projector(stage, loop_);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  run_for(Millis{600});
  EXPECT_EQ(projector.presents(), 1u);
}

TEST_P(ProjectorTest, FadesSteadilyAndEndsOnThePictureItself) {
  Stage stage = open();
  Projector projector(stage, loop_);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  projector.show(still(solid(kGlass, kBlue)), Pace{}, Transition::fade, 2, Millis{200});
  std::vector<Color> seen;
  run_for(Millis{500}, [&] { seen.push_back(glass_at(5, 5)); });
  EXPECT_EQ(seen.front(), kRed);
  EXPECT_EQ(seen.back(), kBlue);
  for (std::size_t i = 1; i < seen.size(); ++i) {
    ASSERT_LE(seen[i].red, seen[i - 1].red);
    ASSERT_GE(seen[i].blue, seen[i - 1].blue);
    ASSERT_GE(seen[i].red + seen[i].blue, 200) << "never through black";
  }
  EXPECT_FALSE(projector.is_fading());
  const FrameTimes& times = projector.frame_times();
  EXPECT_GE(times.frames(), 3u);
  EXPECT_LE(times.frames() + times.dropped(), 15u) << "60 a second for 200 ms";
}

TEST_P(ProjectorTest, DrawsAFadesLastFrameAlsoWhereItIsAskedAgainJustBefore) {
  Stage stage = open();
  Projector projector(stage, loop_);
  const PicturePtr blue = solid(kGlass, kBlue);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  projector.show(still(blue), Pace{}, Transition::fade, 2, Millis{20});
  std::this_thread::sleep_for(Millis{30});  // the loop is held up, and its timer is due
  projector.show(still(blue), Pace{}, Transition::cut, 2);
  EXPECT_EQ(glass_at(0, 0), kBlue);
  run_for(Millis{100});
  EXPECT_EQ(glass_at(0, 0), kBlue);
}

TEST_P(ProjectorTest, EndsAFadeWithItsTurn) {
  Stage stage = open();
  Projector projector(stage, loop_);
  const PicturePtr blue = solid(kGlass, kBlue);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  projector.show(still(blue), Pace{}, Transition::fade, 2);
  EXPECT_EQ(glass_at(0, 0), kRed);
  projector.show(still(blue), Pace{}, Transition::cut, 2);
  EXPECT_TRUE(projector.is_fading()) << "asked again in the same turn, it goes on";
  projector.show(still(blue), Pace{}, Transition::cut, 3);
  EXPECT_FALSE(projector.is_fading());
  EXPECT_EQ(glass_at(0, 0), kBlue);
}

TEST_P(ProjectorTest, LetsACutEndAFade) {
  Stage stage = open();
  Projector projector(stage, loop_);
  projector.show(still(solid(kGlass, kRed)), Pace{}, Transition::cut, 1);
  projector.show(still(solid(kGlass, kBlue)), Pace{}, Transition::fade, 2);
  projector.show(still(solid(kGlass, {1, 2, 3})), Pace{}, Transition::cut, 3);
  EXPECT_EQ(glass_at(0, 0), (Color{1, 2, 3}));
  EXPECT_FALSE(projector.is_fading());
}

}  // namespace
}  // namespace noseon
