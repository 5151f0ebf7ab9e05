#include "media/decode/load.h"

#include <SDL_image.h>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/handle.h"

namespace noseon {
namespace {

using Surface = Handle<SDL_Surface, SDL_FreeSurface>;

// IMG_LoadTyped_RW asks every loader it knows in turn; these are asked alone.
Surface load_surface(std::string_view bytes, PictureFormat format) {
  SDL_RWops* const stream = SDL_RWFromConstMem(bytes.data(), static_cast<int>(bytes.size()));
  if (stream == nullptr) return nullptr;
  const Handle<SDL_RWops, SDL_FreeRW> owned(stream);
  switch (format) {
    case PictureFormat::png:
      return Surface(IMG_LoadPNG_RW(stream));
    case PictureFormat::jpeg:
      return Surface(IMG_LoadJPG_RW(stream));
    case PictureFormat::webp:
      return Surface(IMG_LoadWEBP_RW(stream));
  }
  return nullptr;
}

// In sRGB values, as browsers and drawing programs do: what staff saw is what is shown.
std::uint32_t compose(std::uint32_t red, std::uint32_t green, std::uint32_t blue,
                      std::uint32_t alpha, Color under) {
  if (alpha == 255) return 0xFF000000U | red << 16U | green << 8U | blue;
  const auto mix = [alpha](std::uint32_t over, std::uint32_t below) {
    return (over * alpha + below * (255 - alpha) + 127) / 255;
  };
  return 0xFF000000U | mix(red, under.red) << 16U | mix(green, under.green) << 8U |
         mix(blue, under.blue);
}

// How a surface's bytes become one pixel. A template, so that the loop over a row has no branch.
struct Indexed {
  static constexpr std::ptrdiff_t kBytes = 1;
  std::array<std::uint32_t, 256> colors{};
  std::uint32_t operator()(const std::uint8_t* at) const { return colors[*at]; }
};

// SDL2_image leaves grey with a transparent grey value as pairs of grey and alpha, in a surface
// that claims to be something else.
struct GreyAlpha {
  static constexpr std::ptrdiff_t kBytes = 2;
  Color background;
  std::uint32_t operator()(const std::uint8_t* at) const {
    return compose(at[0], at[0], at[0], at[1], background);
  }
};

// What prepared posters are: nothing to compose.
struct OpaqueRgb {
  static constexpr std::ptrdiff_t kBytes = 3;
  std::size_t red = 0, green = 1, blue = 2;  // which byte is which
  std::uint32_t operator()(const std::uint8_t* at) const {
    return 0xFF000000U | std::uint32_t{at[red]} << 16U | std::uint32_t{at[green]} << 8U | at[blue];
  }
};

struct Rgb {
  static constexpr std::ptrdiff_t kBytes = 3;
  std::size_t red = 0, green = 1, blue = 2;
  std::optional<std::uint32_t> transparent;  // a pixel that stands for "nothing here"
  Color background;
  std::uint32_t operator()(const std::uint8_t* at) const {
    const std::uint32_t raw = at[0] | std::uint32_t{at[1]} << 8U | std::uint32_t{at[2]} << 16U;
    const std::uint32_t alpha = transparent && raw == *transparent ? 0 : 255;
    return compose(at[red], at[green], at[blue], alpha, background);
  }
};

struct Rgba {
  static constexpr std::ptrdiff_t kBytes = 4;
  std::size_t red = 0, green = 1, blue = 2;
  std::optional<std::size_t> alpha;
  Color background;
  std::uint32_t operator()(const std::uint8_t* at) const {
    return compose(at[red], at[green], at[blue], alpha ? at[*alpha] : 255U, background);
  }
};

// The pixels of a surface seen through one of the eight orientations: a start and two strides.
template <class Pixel>
class Upright final : public LoadedPicture {
 public:
  Upright(Surface surface, Pixel pixel, int orientation)
      : surface_(std::move(surface)), pixel_(pixel) {
    const std::ptrdiff_t right = Pixel::kBytes;
    const std::ptrdiff_t down = surface_->pitch;
    const std::ptrdiff_t last_column = (surface_->w - 1) * right;
    const std::ptrdiff_t last_row = (surface_->h - 1) * down;
    const bool starts_at_right =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool starts_at_bottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    start_ = (starts_at_right ? last_column : 0) + (starts_at_bottom ? last_row : 0);
    const std::ptrdiff_t along_row = starts_at_right ? -right : right;
    const std::ptrdiff_t along_column = starts_at_bottom ? -down : down;
    step_x_ = swaps_sides(orientation) ? along_column : along_row;
    step_y_ = swaps_sides(orientation) ? along_row : along_column;
    size_ =
        swaps_sides(orientation) ? Size{surface_->h, surface_->w} : Size{surface_->w, surface_->h};
  }

  [[nodiscard]] Size size() const override { return size_; }

  void read_row(int y, std::span<std::uint32_t> row) const override {
    CHECK(y >= 0 && y < size_.height && row.size() == static_cast<std::size_t>(size_.width));
    const auto* const pixels =
        static_cast<const std::uint8_t*>(surface_->pixels) + start_ + y * step_y_;
    for (std::ptrdiff_t x = 0; x < size_.width; ++x) {
      row[static_cast<std::size_t>(x)] = pixel_(pixels + x * step_x_);
    }
  }

 private:
  Surface surface_;
  Pixel pixel_;
  Size size_;
  std::ptrdiff_t start_ = 0;
  std::ptrdiff_t step_x_ = 0;
  std::ptrdiff_t step_y_ = 0;
};

std::size_t byte_of(std::uint32_t shift) {
  return SDL_BYTEORDER == SDL_LIL_ENDIAN ? shift / 8 : 3 - shift / 8;
}

std::optional<std::uint32_t> color_key(SDL_Surface& surface) {
  Uint32 key = 0;
  if (SDL_GetColorKey(&surface, &key) != 0) return std::nullopt;
  return key;
}

Indexed indexed_pixels(SDL_Surface& surface, Color background) {
  Indexed pixel;
  pixel.colors.fill(0xFF000000U);  // an index past the palette is black
  const SDL_Palette& palette = *surface.format->palette;
  const std::optional<std::uint32_t> key = color_key(surface);
  for (std::size_t i = 0; i < pixel.colors.size() && i < static_cast<std::size_t>(palette.ncolors);
       ++i) {
    const SDL_Color& color = palette.colors[i];
    const std::uint32_t alpha = key == i ? 0 : color.a;
    pixel.colors[i] = compose(color.r, color.g, color.b, alpha, background);
  }
  return pixel;
}

template <class Pixel>
std::unique_ptr<LoadedPicture> upright(Surface surface, Pixel pixel, int orientation) {
  return std::make_unique<Upright<Pixel>>(std::move(surface), pixel, orientation);
}

std::unique_ptr<LoadedPicture> interpret(Surface surface, Color background, int orientation) {
  const SDL_PixelFormat& format = *surface->format;
  const std::size_t red = byte_of(format.Rshift);
  const std::size_t green = byte_of(format.Gshift);
  const std::size_t blue = byte_of(format.Bshift);
  switch (format.BytesPerPixel) {
    case 1: {
      if (format.palette == nullptr) return nullptr;
      const Indexed pixel = indexed_pixels(*surface, background);
      return upright(std::move(surface), pixel, orientation);
    }
    case 2:
      return upright(std::move(surface), GreyAlpha{background}, orientation);
    case 3: {
      const std::optional<std::uint32_t> transparent = color_key(*surface);
      if (!transparent)
        return upright(std::move(surface), OpaqueRgb{red, green, blue}, orientation);
      const Rgb pixel{red, green, blue, transparent, background};
      return upright(std::move(surface), pixel, orientation);
    }
    case 4: {
      const bool has_alpha = format.Amask != 0;
      const Rgba pixel{red, green, blue,
                       has_alpha ? std::optional(byte_of(format.Ashift)) : std::nullopt,
                       background};
      return upright(std::move(surface), pixel, orientation);
    }
    default:
      return nullptr;
  }
}

}  // namespace

Result<std::unique_ptr<LoadedPicture>> load_picture(std::string_view bytes,
                                                    const PictureFacts& facts, Color background) {
  const auto refuse = [&facts](std::string_view why) {
    return fail(ErrorKind::bad_format,
                fmt::format("this {} file cannot be decoded: {}; save it again in the program that "
                            "made it",
                            name_of(facts.format), why));
  };
  Surface surface = load_surface(bytes, facts.format);
  if (!surface) return refuse(SDL_GetError());
  if (surface->w != facts.stored.width || surface->h != facts.stored.height) {
    return refuse(fmt::format("its header says {} x {} pixels, its data {} x {}",
                              facts.stored.width, facts.stored.height, surface->w, surface->h));
  }
  auto picture = interpret(std::move(surface), background, facts.orientation);
  if (!picture) return refuse("its pixels are of a kind that is not known here");
  return picture;
}

}  // namespace noseon
