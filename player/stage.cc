#include "player/stage.h"

#include <SDL2/SDL.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/handle.h"
#include "base/say.h"
#include "player/blend.h"
#include "player/connection.h"
#include "player/scale.h"

namespace noseon {
namespace {

using Window = Handle<SDL_Window, SDL_DestroyWindow>;

struct VideoEnd {
  VideoEnd() = default;
  VideoEnd(const VideoEnd&) = delete;
  VideoEnd& operator=(const VideoEnd&) = delete;
  ~VideoEnd() { SDL_Quit(); }
};

std::string display_remedy() {
  return say(
      "start it in a desktop, under cage, or on a free console; SDL_VIDEODRIVER=offscreen plays "
      "without one");
}

bool is_unseen_driver(std::string_view driver) {
  return driver == "offscreen" || driver == "dummy";
}

bool is_software_driver(std::string_view driver) {
  return driver == "x11" || driver == "offscreen" || driver == "dummy";
}

Failure sdl_failure(std::string_view what, std::string_view remedy) {
  return fail(ErrorKind::unavailable, fmt::format("{}: {} ({})", what, SDL_GetError(), remedy));
}

Size desktop_size() {
  SDL_Rect bounds{};
  if (SDL_GetDisplayBounds(0, &bounds) != 0 || bounds.w <= 0 || bounds.h <= 0) return {1920, 1080};
  return {bounds.w, bounds.h};
}

// On X11 a borderless window of the screen's size is there 100 ms sooner than full screen by the
// window manager's leave; elsewhere full screen is what fills the screen.
Window create_window(const StageOptions& options, std::string_view driver) {
  Uint32 flags = SDL_WINDOW_HIDDEN;
  Size size = options.size;
  int place = SDL_WINDOWPOS_CENTERED;
  if (options.shape == StageShape::windowed) {
    flags |= SDL_WINDOW_RESIZABLE;
  } else if (is_software_driver(driver)) {
    flags |= SDL_WINDOW_BORDERLESS;
    if (driver == "x11") size = desktop_size();
    place = 0;
  } else {
    flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
  }
  return Window(
      SDL_CreateWindow(options.title.c_str(), place, place, size.width, size.height, flags));
}

std::optional<KeyPressed> key_of(const SDL_KeyboardEvent& event) {
  const SDL_Keycode key = event.keysym.sym;
  switch (key) {
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return KeyPressed{Key::enter};
    case SDLK_ESCAPE:
      return KeyPressed{Key::escape};
    case SDLK_BACKSPACE:
      return KeyPressed{Key::backspace};
    case SDLK_LEFT:
      return KeyPressed{Key::left};
    case SDLK_RIGHT:
      return KeyPressed{Key::right};
    case SDLK_UP:
      return KeyPressed{Key::up};
    case SDLK_DOWN:
      return KeyPressed{Key::down};
    case SDLK_KP_PLUS:
      return KeyPressed{Key::character, '+'};
    case SDLK_KP_MINUS:
      return KeyPressed{Key::character, '-'};
    default:
      break;
  }
  if ((event.keysym.mod & (KMOD_CTRL | KMOD_ALT | KMOD_GUI)) != 0) return std::nullopt;
  if (key < 0x20 || key > 0x7e) return std::nullopt;
  // The plus of most keyboards is the shifted equals sign.
  return KeyPressed{Key::character, key == SDLK_EQUALS ? '+' : static_cast<char>(key)};
}

std::optional<StageEvent> event_of(const SDL_Event& event) {
  switch (event.type) {
    case SDL_QUIT:
      return CloseAsked{};
    case SDL_TEXTINPUT:
      return TextTyped{event.text.text};
    case SDL_KEYDOWN: {
      const auto key = key_of(event.key);
      // A key held down repeats what steps, not what switches.
      if (!key || (event.key.repeat != 0 && key->key == Key::character)) return std::nullopt;
      return *key;
    }
    case SDL_WINDOWEVENT:
      if (event.window.event == SDL_WINDOWEVENT_EXPOSED ||
          event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED)
        return GlassChanged{};
      return std::nullopt;
    case SDL_RENDER_TARGETS_RESET:
    case SDL_RENDER_DEVICE_RESET:
      return GlassChanged{};
    default:
      return std::nullopt;
  }
}

}  // namespace

struct Stage::Impl {
  VideoEnd video;
  std::string driver;
  Window window;
  int connection = -1;
  bool is_shown = false;
  bool is_full_screen = false;

  // Pictures of another size than the glass, fitted once: the two of a fade.
  struct Fitted {
    PicturePtr picture;
    PicturePtr fitted;
  };
  std::array<Fitted, 2> fitted;
  std::size_t fitted_next = 0;
  std::vector<std::uint32_t> converted;  // one frame, where the surface is not ours in layout

  PicturePtr fit(const PicturePtr& picture, Size glass) {
    if (picture->size() == glass) return picture;
    for (const Fitted& known : fitted)
      if (known.picture == picture && known.fitted->size() == glass) return known.fitted;
    Fitted& place = fitted[fitted_next];
    fitted_next = (fitted_next + 1) % fitted.size();
    place = {picture, fit_to(picture, glass)};
    return place.fitted;
  }

  void show_window() {
    if (is_shown) return;
    SDL_ShowWindow(window.get());
    is_shown = true;
  }

  // Lets `draw` fill the rows of one frame, in our layout, and hands it to the glass.
  template <class Draw>
  Status put(Draw draw) {
    show_window();
    SDL_Surface* const surface = SDL_GetWindowSurface(window.get());
    if (surface == nullptr)
      return sdl_failure(say("the window has no surface"), say("is the display gone?"));
    const Size glass{surface->w, surface->h};
    const Uint32 format = surface->format->format;
    if (SDL_MUSTLOCK(surface)) SDL_LockSurface(surface);
    if (format == SDL_PIXELFORMAT_RGB888 || format == SDL_PIXELFORMAT_ARGB8888) {
      draw(glass, static_cast<std::uint8_t*>(surface->pixels),
           static_cast<std::size_t>(surface->pitch));
    } else {
      const auto pitch = static_cast<std::size_t>(glass.width) * 4;
      converted.resize(static_cast<std::size_t>(glass.width) *
                       static_cast<std::size_t>(glass.height));
      draw(glass, reinterpret_cast<std::uint8_t*>(converted.data()), pitch);
      SDL_ConvertPixels(glass.width, glass.height, SDL_PIXELFORMAT_RGB888, converted.data(),
                        static_cast<int>(pitch), format, surface->pixels, surface->pitch);
    }
    if (SDL_MUSTLOCK(surface)) SDL_UnlockSurface(surface);
    if (SDL_UpdateWindowSurface(window.get()) != 0)
      return sdl_failure(say("the frame did not reach the glass"), say("is the display gone?"));
    return {};
  }
};

Stage::Stage(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Stage::Stage(Stage&&) noexcept = default;
Stage::~Stage() = default;

Result<Stage> Stage::open(const StageOptions& options) {
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
  SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
  // Where a compositor draws no frames around windows (cage), SDL takes the window away again to
  // let libdecor draw them, and without libdecor's plugins never gives it back: a black screen. A
  // whole screen has no frame.
  if (options.shape == StageShape::full_screen)
    SDL_SetHint(SDL_HINT_VIDEO_WAYLAND_ALLOW_LIBDECOR, "0");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return sdl_failure(say("no display"), display_remedy());
  auto impl = std::make_unique<Impl>();
  impl->driver = SDL_GetCurrentVideoDriver();
  // Where SDL finds no display it would play unseen; that has to be asked for.
  const char* const asked = SDL_GetHint(SDL_HINT_VIDEODRIVER);
  if (is_unseen_driver(impl->driver) && (asked == nullptr || *asked == '\0'))
    return fail(ErrorKind::unavailable, say("no display ({})", display_remedy()));
  if (is_software_driver(impl->driver)) SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  // SDL would take its renderer for desktop OpenGL, also where there is only OpenGL ES (no
  // libGL.so.1): that one says no word and draws black.
  if (impl->driver == "KMSDRM") SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "opengles2");
  SDL_StopTextInput();  // keys are commands until someone asks for text
  SDL_DisableScreenSaver();
  impl->is_full_screen = options.shape == StageShape::full_screen;
  if (impl->is_full_screen) SDL_ShowCursor(SDL_DISABLE);
  impl->window = create_window(options, impl->driver);
  if (impl->window == nullptr)
    return sdl_failure(say("no window"), say("is another program holding the display?"));
  impl->connection = connection_of(impl->window.get());
  return Stage(std::move(impl));
}

Status Stage::present(const PicturePtr& picture) {
  return impl_->put([&](Size glass, std::uint8_t* out, std::size_t pitch) {
    const PicturePtr frame = impl_->fit(picture, glass);
    const auto row = static_cast<std::size_t>(glass.width);
    const std::uint32_t* source = frame->pixels().data();
    if (pitch == row * 4) {
      std::memcpy(out, source, row * static_cast<std::size_t>(glass.height) * 4);
      return;
    }
    for (int y = 0; y < glass.height; ++y, source += row, out += pitch)
      std::memcpy(out, source, row * 4);
  });
}

Status Stage::present_blend(const PicturePtr& from, const PicturePtr& to, int alpha) {
  return impl_->put([&](Size glass, std::uint8_t* out, std::size_t pitch) {
    const PicturePtr first = impl_->fit(from, glass);
    const PicturePtr second = impl_->fit(to, glass);
    const auto row = static_cast<std::size_t>(glass.width);
    for (std::size_t y = 0; y < static_cast<std::size_t>(glass.height); ++y)
      blend(first->pixels().subspan(y * row, row), second->pixels().subspan(y * row, row),
            std::span(reinterpret_cast<std::uint32_t*>(out + y * pitch), row), alpha);
  });
}

std::vector<StageEvent> Stage::take_events() {
  std::vector<StageEvent> events;
  SDL_PumpEvents();
  SDL_Event event;
  // SDL_PollEvent pumps again once the queue is empty: it ends when nothing is left anywhere.
  while (SDL_PollEvent(&event) != 0)
    if (auto known = event_of(event)) events.push_back(std::move(*known));
  return events;
}

int Stage::connection_fd() const {
  return impl_->connection;
}

Size Stage::size() const {
  Size size;
  SDL_GetWindowSizeInPixels(impl_->window.get(), &size.width, &size.height);
  return size;
}

Size Stage::room() const {
  SDL_Rect bounds{};
  if (SDL_GetDisplayUsableBounds(0, &bounds) != 0 || bounds.w <= 0 || bounds.h <= 0)
    return desktop_size();
  return {bounds.w, bounds.h};
}

std::chrono::nanoseconds Stage::frame_length() const {
  SDL_DisplayMode mode{};
  int rate = 0;
  if (SDL_GetWindowDisplayMode(impl_->window.get(), &mode) == 0) rate = mode.refresh_rate;
  if (rate == 0) rate = 60;  // offscreen and virtual displays have none
  return std::chrono::nanoseconds{1'000'000'000} / std::clamp(rate, 24, 240);
}

std::string Stage::driver() const {
  return impl_->driver;
}

void Stage::set_title(const std::string& title) {
  SDL_SetWindowTitle(impl_->window.get(), title.c_str());
}

void Stage::set_size(Size size) {
  if (impl_->is_full_screen) return;
  SDL_SetWindowSize(impl_->window.get(), size.width, size.height);
  SDL_SetWindowPosition(impl_->window.get(), SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED);
}

void Stage::set_full_screen(bool on) {
  impl_->is_full_screen = on;
  SDL_SetWindowFullscreen(impl_->window.get(), on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

void Stage::ask_for_text(bool on) {
  on ? SDL_StartTextInput() : SDL_StopTextInput();
}

}  // namespace noseon
