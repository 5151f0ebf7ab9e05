// The stage: one finished picture at a time to the glass, pixel for pixel, through SDL2's window
// surface. No renderer, no scaling where the sizes agree.
//
// Ways to the glass, chosen by the driver SDL picked:
// - x11, offscreen, dummy: SDL's software window surface (XShm where there is one).
//   SDL_HINT_FRAMEBUFFER_ACCELERATION is set to 0 there; left alone SDL silently puts OpenGL, and
//   without a GPU llvmpipe, between the surface and the glass.
// - Wayland, KMSDRM: these have no software surface in SDL; SDL's own texture framebuffer stands
//   in for it, behind the same calls. Tried under cage without a GPU: natively (llvmpipe, 13 ms of
//   work a frame at 720p, 59 frames/s) and through XWayland (SDL_VIDEODRIVER=x11: 3 ms, 60), which
//   is the better choice there; with a GPU native is.
// One thread, the one that opened it. One stage at a time.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "media/picture.h"

namespace noseon {

enum class StageShape {
  full_screen,  ///< the whole screen; no cursor
  windowed,
};

struct StageOptions {
  std::string title = "Noseon";
  StageShape shape = StageShape::full_screen;
  Size size{1920, 1080};  ///< of the window, where it is not the whole screen
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
/// The glass lost what was on it or has another size: present again.
struct GlassChanged {};
struct CloseAsked {};
using StageEvent = std::variant<KeyPressed, TextTyped, GlassChanged, CloseAsked>;

class Stage {
 public:
  /// Opens the window, hidden until the first present(), so that nothing black is ever shown.
  /// unavailable where there is no display, with what to do about it.
  [[nodiscard]] static Result<Stage> open(const StageOptions& options);
  Stage(Stage&&) noexcept;
  Stage& operator=(Stage&&) = delete;
  ~Stage();

  /// Puts the picture on the glass. One of another size is fitted, margins in its edge colour.
  [[nodiscard]] Status present(const PicturePtr& picture);
  /// A frame of a fade: `alpha` of kAlphaFull (player/blend.h) parts of `to` over `from`.
  [[nodiscard]] Status present_blend(const PicturePtr& from, const PicturePtr& to, int alpha);

  /// Everything that has happened since the last call, in order. Leaves nothing unread, neither in
  /// the connection nor in the library that reads it, so that after it one may poll() on
  /// connection_fd(). Also to be called after each present.
  [[nodiscard]] std::vector<StageEvent> take_events();
  /// The connection to the X server or compositor; -1 where there is none.
  [[nodiscard]] int connection_fd() const;

  [[nodiscard]] Size size() const;  ///< of the glass, in pixels
  [[nodiscard]] Size room() const;  ///< what the desktop leaves for a window
  [[nodiscard]] std::chrono::nanoseconds frame_length() const;  ///< of the display, 24 to 240 Hz
  [[nodiscard]] std::string driver() const;                     ///< SDL's name of it

  void set_title(const std::string& title);
  void set_size(Size size);  ///< of a window, which goes to the middle of the screen
  void set_full_screen(bool on);
  void ask_for_text(bool on);

 private:
  struct Impl;
  explicit Stage(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
