// A way to the glass: how finished pictures get from memory into an SDL window. There are two, and
// which one is taken is decided at the start by what drives the display (way_choice.h):
// - the window surface: SDL's own pixels of the window, shared with the X server where it can be.
//   Everything is drawn by the CPU, and what did not change is neither copied nor sent.
// - textures: a GPU (or on KMSDRM whatever stands in for one) lays one picture over the other.
// Private to the stage.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "base/geometry.h"
#include "base/result.h"
#include "media/picture.h"

struct SDL_Window;

namespace noseon {

/// Part of the glass with pixels of its own: `pixels` has area.width * area.height words.
struct Patch {
  Rect area;
  std::span<const std::uint32_t> pixels;
};

/// One thread, that of the window, which must outlive it. Every picture has the size of the glass.
class Way {
 public:
  virtual ~Way() = default;

  /// For people: "window surface", "textures (opengles2 on V3D 4.2)".
  [[nodiscard]] virtual std::string name() const = 0;
  /// What it draws with is no GPU but the CPU at a GPU's work, which cannot hold 60 Hz.
  [[nodiscard]] virtual bool is_slow() const { return false; }
  /// Of the glass, in pixels, now. unavailable: the display is gone.
  [[nodiscard]] virtual Result<Size> size() = 0;

  /// The picture. The same one again is brought whole once more; of another, what differs.
  [[nodiscard]] virtual Status show(const PicturePtr& picture) = 0;
  /// `alpha` of kAlphaFull (player/blend.h) parts of `to` over `from`.
  [[nodiscard]] virtual Status show_blend(const PicturePtr& from, const PicturePtr& to,
                                          int alpha) = 0;
  /// The picture with another part. REQUIRES: the area lies inside of the glass.
  [[nodiscard]] virtual Status show_patched(const PicturePtr& picture, const Patch& patch) = 0;

  /// Reads back what the glass was handed: is it that picture, in every pixel, as near as the
  /// glass's own depth of colour allows? Where it cannot be read otherwise, the picture is brought
  /// once more.
  [[nodiscard]] virtual Result<bool> holds(const PicturePtr& picture) = 0;

  /// Nothing of what was brought can be relied on: the display was lost, or the window is another.
  virtual void forget() = 0;
};

/// Both: unavailable where SDL or the driver cannot.
[[nodiscard]] Result<std::unique_ptr<Way>> open_surface_way(SDL_Window* window);
[[nodiscard]] Result<std::unique_ptr<Way>> open_texture_way(SDL_Window* window);

}  // namespace noseon
