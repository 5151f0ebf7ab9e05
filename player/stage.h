// The stage: one finished picture at a time to the glass, pixel for pixel. The window, its screen
// and its events are here; how pixels get into it is a Way (way.h): the window surface, or
// textures.
//
// Traps of SDL 2.26 that are stepped around here:
// - SDL_HINT_FRAMEBUFFER_ACCELERATION left alone puts OpenGL, and without a GPU llvmpipe, between
// the
//   window surface and the glass: it is set to 0.
// - Full screen by the window manager's leave comes 100 ms later on X11 than a borderless window of
//   the screen's size.
// - Wayland: SDL drops a window to let libdecor decorate it (see open()). With XWayland there, SDL
//   takes X11 first, which without a GPU is the better way: 3 ms of work a frame at 720p, not 13.
// One thread, the one that opened it. One stage at a time.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "media/picture.h"
#include "player/way_choice.h"

namespace noseon {

enum class StageShape {
  full_screen,  ///< the whole screen; no cursor
  windowed,
};

struct StageOptions {
  std::string title = "Noseon";
  StageShape shape = StageShape::full_screen;
  Size size{1920, 1080};  ///< of the window, where it is not the whole screen
  /// From 1. One that is not there: the first, and description() says so.
  std::optional<int> screen{};
  std::optional<WayKind> way{};  ///< instead of the one that is chosen
};

enum class Key { character, enter, escape, backspace, left, right, up, down };

struct KeyPressed {
  Key key = Key::character;
  char character = 0;  ///< printable ASCII as on the key, lower case; of Key::character
  friend bool operator==(const KeyPressed&, const KeyPressed&) = default;
};
struct TextTyped {
  std::string text;  ///< UTF-8; only between ask_for_text(true) and (false)
};
/// The glass lost what was on it, or has another size: present again.
struct GlassChanged {};
struct CloseAsked {};
using StageEvent = std::variant<KeyPressed, TextTyped, GlassChanged, CloseAsked>;

class Stage {
 public:
  /// Opens the window, not seen before the first present(), so that nothing black is ever shown.
  /// unavailable where there is no display, with what to do about it; not_found where there is a
  /// compositor that answers and has no screen yet.
  [[nodiscard]] static Result<Stage> open(const StageOptions& options);
  Stage(Stage&&) noexcept;
  Stage& operator=(Stage&&) = delete;
  ~Stage();

  /// Puts the picture on the glass. One of another size is fitted, margins in its edge colour. Of
  /// a picture that follows another, only what differs is sent; the same again is sent whole.
  /// unavailable, here and below: the display is gone.
  [[nodiscard]] Status present(const PicturePtr& picture);
  /// A frame of a fade: `alpha` of kAlphaFull (player/blend.h) parts of `to` over `from`.
  [[nodiscard]] Status present_blend(const PicturePtr& from, const PicturePtr& to, int alpha);
  /// The picture with `pixels` (row by row) at `area`. REQUIRES: the picture has the glass's size,
  /// and the area lies inside of it.
  [[nodiscard]] Status present_patched(const PicturePtr& picture, const Rect& area,
                                       std::span<const std::uint32_t> pixels);
  /// Reads back what the glass is given: is it the picture, in every pixel? To be asked while the
  /// picture stands; costs a frame.
  [[nodiscard]] Result<bool> holds(const PicturePtr& picture);
  /// Waits until the X server or the compositor has taken all that it was sent, and answered; for
  /// ever, where it hangs. At once where there is none: on a console each frame waits for the
  /// screen. After it take_events() is to be called, as after each present.
  [[nodiscard]] Status answered();
  /// What was presented cannot be relied on: the next picture is sent whole.
  void forget();

  /// Everything that has happened since the last call, in order. Leaves nothing unread, neither in
  /// the connection nor in the library that reads it, so that after it one may poll() on
  /// connection_fd(). Also to be called after each present.
  [[nodiscard]] std::vector<StageEvent> take_events();
  /// The connection to the X server or compositor; -1 where there is none.
  [[nodiscard]] int connection_fd() const;

  [[nodiscard]] Size size() const;  ///< of the glass, in pixels
  [[nodiscard]] Size room() const;  ///< what the desktop leaves for a window, in pixels
  [[nodiscard]] std::chrono::nanoseconds frame_length() const;  ///< of the display, 24 to 240 Hz
  [[nodiscard]] std::string driver() const;                     ///< SDL's name of it
  /// For the one line at the start: driver, screen, size and way, and why this way.
  [[nodiscard]] std::string description() const;

  void set_title(const std::string& title);
  /// Of a window, in pixels: on a screen of high density it takes fewer of the desktop's units. It
  /// goes to the middle of the screen.
  void set_size(Size size);
  void set_full_screen(bool on);
  void ask_for_text(bool on);

 private:
  struct Impl;
  explicit Stage(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
