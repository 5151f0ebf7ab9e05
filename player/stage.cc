#include "player/stage.h"

#include <SDL2/SDL.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "base/handle.h"
#include "base/say.h"
#include "player/connection.h"
#include "player/scale.h"
#include "player/way.h"

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

Failure sdl_failure(std::string_view what, std::string_view remedy,
                    ErrorKind kind = ErrorKind::unavailable) {
  return fail(kind, fmt::format("{}: {} ({})", what, SDL_GetError(), remedy));
}

// SDL has no number for it: a compositor was there and answered, and had no output.
bool lacks_screens_alone(std::string_view sdl_error) {
  return sdl_error.find("did not add any displays") != std::string_view::npos;
}

Failure display_failure() {
  const ErrorKind kind =
      lacks_screens_alone(SDL_GetError()) ? ErrorKind::not_found : ErrorKind::unavailable;
  return sdl_failure(say("no display"), display_remedy(), kind);
}

Size scaled(Size size, double factor) {
  const auto side = [factor](int length) {
    return std::max(1, static_cast<int>(std::lround(length * factor)));
  };
  return {side(size.width), side(size.height)};
}

Rect bounds_of(int screen) {
  SDL_Rect bounds{};
  if (SDL_GetDisplayBounds(screen, &bounds) != 0 || bounds.w <= 0 || bounds.h <= 0)
    return {0, 0, 1920, 1080};
  return {bounds.x, bounds.y, bounds.w, bounds.h};
}

// SDL's number of the screen asked for, from 0.
int screen_of(const StageOptions& options) {
  const int index = options.screen.value_or(1) - 1;
  return index >= 0 && index < SDL_GetNumVideoDisplays() ? index : 0;
}

std::string screens_in_words() {
  std::string words;
  for (int screen = 0; screen < SDL_GetNumVideoDisplays(); ++screen) {
    const char* const name = SDL_GetDisplayName(screen);
    const Rect bounds = bounds_of(screen);
    words += fmt::format("{}{}: {} {} × {}", words.empty() ? "" : "; ", screen + 1,
                         name == nullptr ? "?" : name, bounds.width, bounds.height);
  }
  return words;
}

Window create_window(const StageOptions& options, std::string_view driver, int screen) {
  Uint32 flags = SDL_WINDOW_HIDDEN | SDL_WINDOW_ALLOW_HIGHDPI;
  Size size = options.size;
  Point place{static_cast<int>(SDL_WINDOWPOS_CENTERED_DISPLAY(static_cast<unsigned>(screen))),
              static_cast<int>(SDL_WINDOWPOS_CENTERED_DISPLAY(static_cast<unsigned>(screen)))};
  if (options.shape == StageShape::windowed) {
    flags |= SDL_WINDOW_RESIZABLE;
  } else if (driver == "x11" || is_unseen_driver(driver)) {
    flags |= SDL_WINDOW_BORDERLESS;
    const Rect bounds = bounds_of(screen);
    if (driver == "x11") size = {bounds.width, bounds.height};
    place = {bounds.x, bounds.y};
  } else {
    // As large as the screen from the start: KMSDRM loses the first frame of a window that it has
    // to make larger.
    flags |= SDL_WINDOW_FULLSCREEN_DESKTOP;
    const Rect bounds = bounds_of(screen);
    size = {bounds.width, bounds.height};
  }
  return Window(
      SDL_CreateWindow(options.title.c_str(), place.x, place.y, size.width, size.height, flags));
}

struct OpenWay {
  std::unique_ptr<Way> way;
  std::string reason;
};

Result<OpenWay> open_way(SDL_Window* window, const WayFacts& facts) {
  WayChoice choice = choose_way(facts);
  if (choice.kind == WayKind::textures) {
    auto way = open_texture_way(window);
    const bool is_good = way && !(*way)->is_slow();
    if (is_good || !choice.may_fall_back) {
      if (!way) return fail(std::move(way).error());
      return OpenWay{*std::move(way), std::move(choice.reason)};
    }
    choice.reason =
        say("the GPU does not draw here, and the CPU copies faster than it emulates one");
  }
  ASSIGN_OR_RETURN(auto way, open_surface_way(window));
  return OpenWay{std::move(way), std::move(choice.reason)};
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
          event.window.event == SDL_WINDOWEVENT_SIZE_CHANGED ||
          event.window.event == SDL_WINDOWEVENT_DISPLAY_CHANGED)
        return GlassChanged{};
      return std::nullopt;
    case SDL_DISPLAYEVENT:
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
  std::unique_ptr<Way> way;  // dies before its window
  std::string reason;        // of the way
  std::string remark;        // on the screen that was asked for
  int screen = 0;
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

  // Pixels for each of the desktop's units: 2 on a screen of high density.
  [[nodiscard]] double density() const {
    Size units;
    Size pixels;
    SDL_GetWindowSize(window.get(), &units.width, &units.height);
    SDL_GetWindowSizeInPixels(window.get(), &pixels.width, &pixels.height);
    return units.width > 0 && pixels.width > 0 ? 1.0 * pixels.width / units.width : 1.0;
  }

  // Does `act(size of the glass)`; once more where the glass got another size meanwhile.
  template <class Act>
  Status put(Act act) {
    show_window();
    ASSIGN_OR_RETURN(const Size before, way->size());
    Status status = act(before);
    if (status) return status;
    ASSIGN_OR_RETURN(const Size after, way->size());
    return after == before ? status : act(after);
  }

  // The screen got another mode: the window, which is as large as it, follows.
  void take_screen_size(Size size) {
    if (!is_full_screen || SDL_GetNumVideoDisplays() != 1) return;
    SDL_SetWindowPosition(window.get(), 0, 0);
    SDL_SetWindowSize(window.get(), size.width, size.height);
  }

  void take_loss(const SDL_Event& event) {
    if (event.type == SDL_RENDER_TARGETS_RESET || event.type == SDL_RENDER_DEVICE_RESET) {
      way->forget();
    }
    if (const auto size = new_screen_size(event, window.get())) take_screen_size(*size);
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
  if (SDL_Init(SDL_INIT_VIDEO) != 0) return display_failure();
  auto impl = std::make_unique<Impl>();
  impl->driver = SDL_GetCurrentVideoDriver();
  // Where SDL finds no display it would play unseen; that has to be asked for.
  const char* const asked = SDL_GetHint(SDL_HINT_VIDEODRIVER);
  if (is_unseen_driver(impl->driver) && (asked == nullptr || *asked == '\0'))
    return fail(ErrorKind::unavailable, say("no display ({})", display_remedy()));
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  // SDL would take desktop OpenGL, also where there is only OpenGL ES (no libGL.so.1): that one
  // says no word and draws black. A console always has OpenGL ES.
  if (impl->driver == "KMSDRM") SDL_SetHint(SDL_HINT_RENDER_DRIVER, "opengles2");
  SDL_StopTextInput();  // keys are commands until someone asks for text
  SDL_DisableScreenSaver();
  impl->is_full_screen = options.shape == StageShape::full_screen;
  if (impl->is_full_screen) SDL_ShowCursor(SDL_DISABLE);
  impl->screen = screen_of(options);
  if (impl->screen + 1 != options.screen.value_or(1)) {
    impl->remark = say("there is no screen {}, so it plays on the first of {}", *options.screen,
                       screens_in_words());
  }
  impl->window = create_window(options, impl->driver, impl->screen);
  if (impl->window == nullptr)
    return sdl_failure(say("no window"), say("is another program holding the display?"));
  ASSIGN_OR_RETURN(OpenWay way,
                   open_way(impl->window.get(), {impl->driver, gpu_drivers(), options.way}));
  impl->way = std::move(way.way);
  impl->reason = std::move(way.reason);
  impl->connection = connection_of(impl->window.get());
  if (impl->is_full_screen) watch_screen_size(impl->window.get());
  // An X server paints no ground for SDL's windows: what was there stays until the first picture.
  // Taking the window's place meanwhile saves the picture 3 ms; where somebody composes windows, it
  // would be seen.
  if (impl->is_full_screen && is_alone_on_screen(impl->window.get())) impl->show_window();
  return Stage(std::move(impl));
}

Status Stage::present(const PicturePtr& picture) {
  return impl_->put([&](Size glass) { return impl_->way->show(impl_->fit(picture, glass)); });
}

Status Stage::present_blend(const PicturePtr& from, const PicturePtr& to, int alpha) {
  return impl_->put([&](Size glass) {
    return impl_->way->show_blend(impl_->fit(from, glass), impl_->fit(to, glass), alpha);
  });
}

Status Stage::present_patched(const PicturePtr& picture, const Rect& area,
                              std::span<const std::uint32_t> pixels) {
  return impl_->put([&](Size glass) -> Status {
    // The glass changed while the patch was made for it; the next one will fit.
    if (picture->size() != glass) return impl_->way->show(impl_->fit(picture, glass));
    return impl_->way->show_patched(picture, {area, pixels});
  });
}

Result<bool> Stage::holds(const PicturePtr& picture) {
  ASSIGN_OR_RETURN(const Size glass, impl_->way->size());
  return impl_->way->holds(impl_->fit(picture, glass));
}

Status Stage::answered() {
  if (wait_for_answer(impl_->window.get())) return {};
  return fail(ErrorKind::unavailable, say("the display does not answer any more"));
}

void Stage::forget() {
  impl_->way->forget();
}

std::vector<StageEvent> Stage::take_events() {
  std::vector<StageEvent> events;
  // SDL_PollEvent ends at a mark that SDL_PumpEvents set behind what there was then. What we do
  // about an event may read more from the connection, and no poll() would tell of that: again,
  // until a pass finds nothing.
  for (bool has_more = true; has_more;) {
    has_more = false;
    SDL_PumpEvents();
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) {
      has_more = true;
      impl_->take_loss(event);
      if (auto known = event_of(event)) events.push_back(std::move(*known));
    }
  }
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
  if (SDL_GetDisplayUsableBounds(impl_->screen, &bounds) != 0 || bounds.w <= 0 || bounds.h <= 0) {
    const Rect whole = bounds_of(impl_->screen);
    bounds = {whole.x, whole.y, whole.width, whole.height};
  }
  return scaled({bounds.w, bounds.h}, impl_->density());
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

std::string Stage::description() const {
  const Size glass = size();
  const auto rate = std::chrono::nanoseconds{std::chrono::seconds{1}} / frame_length();
  std::string words = say("{}, {} × {}, {} Hz, {}: {}", impl_->driver, glass.width, glass.height,
                          rate, impl_->way->name(), impl_->reason);
  if (impl_->way->is_slow()) words += say("; without a GPU, fades may not be smooth");
  if (!impl_->remark.empty()) words += "; " + impl_->remark;
  return words;
}

void Stage::set_title(const std::string& title) {
  SDL_SetWindowTitle(impl_->window.get(), title.c_str());
}

void Stage::set_size(Size size) {
  if (impl_->is_full_screen) return;
  const Size units = scaled(size, 1 / impl_->density());
  SDL_SetWindowSize(impl_->window.get(), units.width, units.height);
  const auto middle =
      static_cast<int>(SDL_WINDOWPOS_CENTERED_DISPLAY(static_cast<unsigned>(impl_->screen)));
  SDL_SetWindowPosition(impl_->window.get(), middle, middle);
}

void Stage::set_full_screen(bool on) {
  impl_->is_full_screen = on;
  SDL_SetWindowFullscreen(impl_->window.get(), on ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

void Stage::ask_for_text(bool on) {
  on ? SDL_StartTextInput() : SDL_StopTextInput();
}

}  // namespace noseon
