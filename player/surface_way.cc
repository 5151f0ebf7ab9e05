// The way through SDL's window surface.
#include <SDL2/SDL.h>
#include <fmt/format.h>

#include <cstring>
#include <vector>

#include "base/check.h"
#include "base/say.h"
#include "player/blend.h"
#include "player/pixels.h"
#include "player/way.h"

namespace noseon {
namespace {

Failure gone(std::string_view what) {
  return fail(ErrorKind::unavailable,
              fmt::format("{}: {} ({})", what, SDL_GetError(), say("is the display gone?")));
}

Rect around(const Rect& a, const Rect& b) {
  if (a.width == 0 || a.height == 0) return b;
  if (b.width == 0 || b.height == 0) return a;
  const int left = std::min(a.x, b.x);
  const int top = std::min(a.y, b.y);
  return {left, top, std::max(a.x + a.width, b.x + b.width) - left,
          std::max(a.y + a.height, b.y + b.height) - top};
}

Rect all_of(Size size) {
  return {0, 0, size.width, size.height};
}

class Locked {
 public:
  explicit Locked(SDL_Surface* surface) : surface_(surface) {
    if (SDL_MUSTLOCK(surface_)) SDL_LockSurface(surface_);
  }
  ~Locked() {
    if (SDL_MUSTLOCK(surface_)) SDL_UnlockSurface(surface_);
  }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  SDL_Surface* surface_;
};

class SurfaceWay final : public Way {
 public:
  explicit SurfaceWay(SDL_Window* window) : window_(window) {}

  // The kernel finds memory for each page of a new surface as it is first written, which takes
  // longer than the frame itself: done while the first picture is being made.
  [[nodiscard]] Status warm_up() {
    SDL_Surface* const surface = find_surface();
    if (surface == nullptr) return gone(say("the window has no surface"));
    const Locked lock(surface);
    std::memset(surface->pixels, 0,
                static_cast<std::size_t>(surface->pitch) * static_cast<std::size_t>(surface->h));
    return {};
  }

  [[nodiscard]] std::string name() const override { return say("window surface"); }

  [[nodiscard]] Result<Size> size() override {
    SDL_Surface* const surface = find_surface();
    if (surface == nullptr) return gone(say("the window has no surface"));
    return Size{surface->w, surface->h};
  }

  [[nodiscard]] Status show(const PicturePtr& picture) override {
    const Rect all = all_of(picture->size());
    if (!shown_ || shown_ == picture || shown_->size() != picture->size()) {
      return bring(picture, all);
    }
    const Rect changed =
        around(changed_area(shown_->pixels(), picture->pixels(), picture->size()), patched_);
    return bring(picture, changed);
  }

  [[nodiscard]] Status show_blend(const PicturePtr& from, const PicturePtr& to,
                                  int alpha) override {
    const Size size = to->size();
    shown_.reset();
    return draw(all_of(size), size, [&](int y, std::uint32_t* out) {
      const auto row = static_cast<std::size_t>(size.width);
      const std::size_t first = static_cast<std::size_t>(y) * row;
      blend(from->pixels().subspan(first, row), to->pixels().subspan(first, row), {out, row},
            alpha);
    });
  }

  [[nodiscard]] Status show_patched(const PicturePtr& picture, const Patch& patch) override {
    const auto row = static_cast<std::size_t>(patch.area.width);
    CHECK(patch.pixels.size() == row * static_cast<std::size_t>(patch.area.height));
    // Both at once, so that the picture is never seen without its patch.
    if (shown_ != picture || patched_ != patch.area) return bring_patched(picture, patch);
    return draw(patch.area, picture->size(), [&](int y, std::uint32_t* out) {
      std::memcpy(out, row_of(patch, y), row * sizeof(std::uint32_t));
    });
  }

  [[nodiscard]] Result<bool> holds(const PicturePtr& picture) override {
    SDL_Surface* const surface = find_surface();
    if (surface == nullptr) return gone(say("the window has no surface"));
    if (Size{surface->w, surface->h} != picture->size()) return false;
    const Locked lock(surface);
    return is_ours(*surface) ? has_rows_of(*surface, *picture)
                             : has_converted_rows_of(*surface, *picture);
  }

  void forget() override {
    shown_.reset();
    patched_ = {};
  }

 private:
  // SDL drops the surface when the window gets another size; what was on it is gone then.
  SDL_Surface* find_surface() {
    SDL_Surface* const surface = SDL_GetWindowSurface(window_);
    if (surface != surface_) forget();
    surface_ = surface;
    return surface;
  }

  static bool is_ours(const SDL_Surface& surface) {
    return surface.format->format == SDL_PIXELFORMAT_RGB888 ||
           surface.format->format == SDL_PIXELFORMAT_ARGB8888;
  }

  static std::uint8_t* row_of(const SDL_Surface& surface, int y) {
    return static_cast<std::uint8_t*>(surface.pixels) +
           static_cast<std::ptrdiff_t>(y) * surface.pitch;
  }

  Status bring(const PicturePtr& picture, const Rect& area) {
    const auto width = static_cast<std::size_t>(picture->size().width);
    Status status = draw(area, picture->size(), [&](int y, std::uint32_t* out) {
      const std::size_t from =
          static_cast<std::size_t>(y) * width + static_cast<std::size_t>(area.x);
      std::memcpy(out, picture->pixels().data() + from,
                  static_cast<std::size_t>(area.width) * sizeof(std::uint32_t));
    });
    shown_ = status ? picture : nullptr;
    patched_ = {};
    return status;
  }

  static const std::uint32_t* row_of(const Patch& patch, int y) {
    return patch.pixels.data() +
           static_cast<std::size_t>(y - patch.area.y) * static_cast<std::size_t>(patch.area.width);
  }

  Status bring_patched(const PicturePtr& picture, const Patch& patch) {
    const auto width = static_cast<std::size_t>(picture->size().width);
    const auto row = static_cast<std::size_t>(patch.area.width);
    const Rect all = all_of(picture->size());
    Status status = draw(all, picture->size(), [&](int y, std::uint32_t* out) {
      std::memcpy(out, picture->pixels().data() + static_cast<std::size_t>(y) * width,
                  width * sizeof(std::uint32_t));
      if (y < patch.area.y || y >= patch.area.y + patch.area.height) return;
      std::memcpy(out + patch.area.x, row_of(patch, y), row * sizeof(std::uint32_t));
    });
    shown_ = status ? picture : nullptr;
    patched_ = patch.area;
    return status;
  }

  // Lets `fill(y, out)` fill the area row by row, in our layout, and hands the area to the glass.
  template <class Fill>
  Status draw(const Rect& area, Size size, Fill fill) {
    SDL_Surface* const surface = find_surface();
    if (surface == nullptr) return gone(say("the window has no surface"));
    if (Size{surface->w, surface->h} != size) {
      return fail(ErrorKind::unavailable, say("the window changed its size in mid-frame"));
    }
    if (area.width == 0 || area.height == 0) return {};
    {
      const Locked lock(surface);
      const bool is_direct = is_ours(*surface);
      if (!is_direct) converted_.resize(static_cast<std::size_t>(area.width));
      for (int y = area.y; y < area.y + area.height; ++y) {
        std::uint8_t* const out = row_of(*surface, y) + static_cast<std::ptrdiff_t>(area.x) *
                                                            surface->format->BytesPerPixel;
        if (is_direct) {
          fill(y, reinterpret_cast<std::uint32_t*>(out));
          continue;
        }
        fill(y, converted_.data());
        SDL_ConvertPixels(area.width, 1, SDL_PIXELFORMAT_RGB888, converted_.data(), area.width * 4,
                          surface->format->format, out, surface->pitch);
      }
    }
    const SDL_Rect sent{area.x, area.y, area.width, area.height};
    if (SDL_UpdateWindowSurfaceRects(window_, &sent, 1) != 0) {
      forget();
      return gone(say("the frame did not reach the glass"));
    }
    return {};
  }

  static bool has_rows_of(const SDL_Surface& surface, const Picture& picture) {
    constexpr std::uint32_t kColours = 0x00ffffffU;
    const auto width = static_cast<std::size_t>(surface.w);
    std::uint32_t differs = 0;
    for (int y = 0; y < surface.h && differs == 0; ++y) {
      const auto* const is = reinterpret_cast<const std::uint32_t*>(row_of(surface, y));
      const std::uint32_t* const ought =
          picture.pixels().data() + static_cast<std::size_t>(y) * width;
      for (std::size_t x = 0; x < width; ++x) differs |= (is[x] ^ ought[x]) & kColours;
    }
    return differs == 0;
  }

  static bool has_converted_rows_of(const SDL_Surface& surface, const Picture& picture) {
    const auto width = static_cast<std::size_t>(surface.w);
    const std::size_t bytes = width * surface.format->BytesPerPixel;
    std::vector<std::uint8_t> ought(bytes);
    for (int y = 0; y < surface.h; ++y) {
      SDL_ConvertPixels(surface.w, 1, SDL_PIXELFORMAT_RGB888,
                        picture.pixels().data() + static_cast<std::size_t>(y) * width,
                        surface.w * 4, surface.format->format, ought.data(),
                        static_cast<int>(bytes));
      if (std::memcmp(row_of(surface, y), ought.data(), bytes) != 0) return false;
    }
    return true;
  }

  SDL_Window* window_;
  SDL_Surface* surface_ = nullptr;  // the window's; to notice another one
  PicturePtr shown_;                // what the surface holds, but for patched_; null: not known
  Rect patched_;
  std::vector<std::uint32_t> converted_;  // a row, where the surface is not ours in layout
};

}  // namespace

Result<std::unique_ptr<Way>> open_surface_way(SDL_Window* window) {
  auto way = std::make_unique<SurfaceWay>(window);
  TRY(way->warm_up());
  return way;
}

}  // namespace noseon
