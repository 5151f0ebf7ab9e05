// The way through SDL's renderer: pictures are textures, a fade is one laid over the other.
#include <SDL2/SDL.h>
#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "base/handle.h"
#include "base/say.h"
#include "player/blend.h"
#include "player/way.h"

namespace noseon {
namespace {

using Renderer = Handle<SDL_Renderer, SDL_DestroyRenderer>;
using Texture = Handle<SDL_Texture, SDL_DestroyTexture>;

constexpr Uint32 kFormat = SDL_PIXELFORMAT_ARGB8888;

Failure gone(std::string_view what) {
  return fail(ErrorKind::unavailable,
              fmt::format("{}: {} ({})", what, SDL_GetError(), say("is the display gone?")));
}

// What OpenGL says it draws with; empty where it is not OpenGL. GL_RENDERER of the OpenGL 1.0
// specification, asked through SDL so that nothing of OpenGL is linked.
std::string device_name() {
  constexpr unsigned kGlRenderer = 0x1F01;
  using GetString = const unsigned char* (*)(unsigned);
  const auto get = reinterpret_cast<GetString>(SDL_GL_GetProcAddress("glGetString"));
  if (get == nullptr) return {};
  const auto* const name = reinterpret_cast<const char*>(get(kGlRenderer));
  return name == nullptr ? std::string() : std::string(name);
}

bool is_emulated(std::string_view device) {
  for (const std::string_view name : {"llvmpipe", "softpipe", "swrast", "Software Rasterizer"}) {
    if (device.find(name) != std::string_view::npos) return true;
  }
  return false;
}

class TextureWay final : public Way {
 public:
  explicit TextureWay(Renderer renderer) : renderer_(std::move(renderer)), device_(device_name()) {
    SDL_RendererInfo info{};
    SDL_GetRendererInfo(renderer_.get(), &info);
    name_ = device_.empty() ? say("textures ({})", info.name)
                            : say("textures ({} on {})", info.name, device_);
  }

  [[nodiscard]] std::string name() const override { return name_; }
  [[nodiscard]] bool is_slow() const override { return is_emulated(device_); }

  [[nodiscard]] Result<Size> size() override {
    Size size;
    if (SDL_GetRendererOutputSize(renderer_.get(), &size.width, &size.height) != 0 ||
        size.width <= 0 || size.height <= 0) {
      return gone(say("the display has no size"));
    }
    return size;
  }

  [[nodiscard]] Status show(const PicturePtr& picture) override {
    TRY(lay(picture, kAlphaFull));
    return present();
  }

  [[nodiscard]] Status show_blend(const PicturePtr& from, const PicturePtr& to,
                                  int alpha) override {
    TRY(lay(from, kAlphaFull));
    TRY(lay(to, alpha));
    return present();
  }

  [[nodiscard]] Status show_patched(const PicturePtr& picture, const Patch& patch) override {
    TRY(lay(picture, kAlphaFull));
    TRY(lay_patch(patch));
    return present();
  }

  [[nodiscard]] Result<bool> holds(const PicturePtr& picture) override {
    TRY(lay(picture, kAlphaFull));
    ASSIGN_OR_RETURN(const bool is_right, reads_as(*picture));
    TRY(present());
    return is_right;
  }

  void forget() override {
    for (Loaded& loaded : loaded_) loaded = Loaded{};
    patch_.reset();
    patch_size_ = {};
  }

 private:
  struct Loaded {
    std::weak_ptr<const Picture> picture;  // the GPU has its pixels: nobody else needs to keep them
    Size size;
    Texture texture;

    [[nodiscard]] bool is(const PicturePtr& other) const {
      return texture != nullptr && picture.lock() == other;
    }
  };

  Texture make_texture(Size size) {
    Texture texture(SDL_CreateTexture(renderer_.get(), kFormat, SDL_TEXTUREACCESS_STREAMING,
                                      size.width, size.height));
    if (texture) SDL_SetTextureScaleMode(texture.get(), SDL_ScaleModeNearest);
    return texture;
  }

  static int pitch_of(int width) { return width * static_cast<int>(sizeof(std::uint32_t)); }

  // The picture as a texture: the one it is already, else the one used longest ago.
  Result<SDL_Texture*> load(const PicturePtr& picture) {
    if (loaded_[0].is(picture)) return loaded_[0].texture.get();
    std::swap(loaded_[0], loaded_[1]);
    if (loaded_[0].is(picture)) return loaded_[0].texture.get();
    Loaded& place = loaded_[0];
    const Size size = picture->size();
    if (!place.texture || place.size != size) place = {{}, size, make_texture(size)};
    if (!place.texture) return gone(say("no texture for a picture"));
    if (SDL_UpdateTexture(place.texture.get(), nullptr, picture->pixels().data(),
                          pitch_of(size.width)) != 0) {
      return gone(say("a picture does not become a texture"));
    }
    place.picture = picture;
    return place.texture.get();
  }

  Status lay(const PicturePtr& picture, int alpha) {
    ASSIGN_OR_RETURN(SDL_Texture* const texture, load(picture));
    const bool is_whole = alpha == kAlphaFull;
    SDL_SetTextureBlendMode(texture, is_whole ? SDL_BLENDMODE_NONE : SDL_BLENDMODE_BLEND);
    SDL_SetTextureAlphaMod(texture,
                           static_cast<Uint8>(is_whole ? 255 : (alpha * 255 + 128) / kAlphaFull));
    const SDL_Rect all{0, 0, picture->size().width, picture->size().height};
    if (SDL_RenderCopy(renderer_.get(), texture, &all, &all) != 0)
      return gone(say("the frame could not be drawn"));
    return {};
  }

  Status lay_patch(const Patch& patch) {
    const Size size{patch.area.width, patch.area.height};
    CHECK(patch.pixels.size() ==
          static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height));
    if (!patch_ || patch_size_ != size) patch_ = make_texture(size);
    if (!patch_) return gone(say("no texture for a picture"));
    patch_size_ = size;
    const SDL_Rect area{patch.area.x, patch.area.y, size.width, size.height};
    SDL_SetTextureBlendMode(patch_.get(), SDL_BLENDMODE_NONE);
    if (SDL_UpdateTexture(patch_.get(), nullptr, patch.pixels.data(), pitch_of(size.width)) != 0 ||
        SDL_RenderCopy(renderer_.get(), patch_.get(), nullptr, &area) != 0) {
      return gone(say("the frame could not be drawn"));
    }
    return {};
  }

  Status present() {
    SDL_RenderPresent(renderer_.get());
    return {};
  }

  // Before the buffers are exchanged; afterwards what can be read is anything.
  Result<bool> reads_as(const Picture& picture) {
    const Size size = picture.size();
    std::vector<std::uint32_t> read(picture.pixels().size());
    const SDL_Rect all{0, 0, size.width, size.height};
    if (SDL_RenderReadPixels(renderer_.get(), &all, kFormat, read.data(), pitch_of(size.width)) !=
        0) {
      return gone(say("the frame could not be read back"));
    }
    constexpr std::uint32_t kColours = 0x00ffffffU;
    std::uint32_t differs = 0;
    for (std::size_t i = 0; i < read.size(); ++i) {
      differs |= (read[i] ^ picture.pixels()[i]) & kColours;
    }
    return differs == 0;
  }

  Renderer renderer_;
  std::string device_;
  std::string name_;
  std::array<Loaded, 2> loaded_;  // the two of a fade
  Texture patch_;
  Size patch_size_;
};

}  // namespace

Result<std::unique_ptr<Way>> open_texture_way(SDL_Window* window) {
  Renderer renderer(
      SDL_CreateRenderer(window, -1, SDL_RENDERER_ACCELERATED | SDL_RENDERER_PRESENTVSYNC));
  if (!renderer) return gone(say("no renderer"));
  return std::make_unique<TextureWay>(std::move(renderer));
}

}  // namespace noseon
