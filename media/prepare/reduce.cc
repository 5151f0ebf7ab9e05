#include "media/prepare/reduce.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

#include "media/decode/light.h"
#include "media/decode/scale.h"
#include "media/decode/stand.h"
#include "media/prepare/roughness.h"

namespace noseon {
namespace {

// What DCT scaling leaves to the filter at least: media/README.md has what was measured.
constexpr double kRestMin = 1.5;

// The light of 16-bit values.
class WideLight {
 public:
  WideLight() : light_(65536) {
    for (std::size_t value = 0; value < light_.size(); ++value) {
      const double v = static_cast<double>(value) / 65535;
      light_[value] =
          static_cast<float>(v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4));
    }
  }
  [[nodiscard]] float light_of(std::uint32_t value) const { return light_[value]; }

 private:
  std::vector<float> light_;
};

// Rows of 8 or 16 bits, with 1 to 4 bands, to linear light on the background. Transparent pixels
// are blended in sRGB values, as noseon-decode does and browsers do.
class Developer {
 public:
  Developer(int bands, bool is_wide, Color background)
      : bands_(static_cast<std::size_t>(bands)),
        wide_(is_wide ? std::make_unique<WideLight>() : nullptr),
        under_{background.red, background.green, background.blue} {}

  void develop(const void* row, std::span<Light> light) const {
    if (wide_) {
      develop_as(static_cast<const std::uint16_t*>(row), *wide_, light);
    } else {
      develop_as(static_cast<const std::uint8_t*>(row), narrow_, light);
    }
  }

 private:
  template <class Value, class Tables>
  void develop_as(const Value* at, const Tables& tables, std::span<Light> light) const {
    switch (bands_) {
      case 1:
        return grey<Value, 1>(at, tables, light);
      case 2:
        return grey<Value, 2>(at, tables, light);
      case 3:
        return color<Value, 3>(at, tables, light);
      default:
        return color<Value, 4>(at, tables, light);
    }
  }

  template <class Value, std::size_t Bands, class Tables>
  void grey(const Value* at, const Tables& tables, std::span<Light> light) const {
    for (Light& pixel : light) {
      pixel = {tables.light_of(over<Value, Bands, 1>(at, 0, 2)),
               tables.light_of(over<Value, Bands, 1>(at, 0, 1)),
               tables.light_of(over<Value, Bands, 1>(at, 0, 0)), 0};
      at += Bands;
    }
  }

  template <class Value, std::size_t Bands, class Tables>
  void color(const Value* at, const Tables& tables, std::span<Light> light) const {
    for (Light& pixel : light) {
      pixel = {tables.light_of(over<Value, Bands, 3>(at, 2, 2)),
               tables.light_of(over<Value, Bands, 3>(at, 1, 1)),
               tables.light_of(over<Value, Bands, 3>(at, 0, 0)), 0};
      at += Bands;
    }
  }

  // Band `band` of a pixel over the background's `primary`; alpha, if any, is band Alpha.
  template <class Value, std::size_t Bands, std::size_t Alpha>
  [[nodiscard]] std::uint32_t over(const Value* at, std::size_t band, std::size_t primary) const {
    if constexpr (Bands <= Alpha) {
      return at[band];
    } else {
      constexpr std::uint64_t kMost = std::is_same_v<Value, std::uint8_t> ? 255 : 65535;
      const std::uint64_t alpha = at[Alpha];
      const std::uint64_t below = under_[primary] * (kMost / 255);
      return static_cast<std::uint32_t>((at[band] * alpha + below * (kMost - alpha) + kMost / 2) /
                                        kMost);
    }
  }

  std::size_t bands_;
  LightTables narrow_;
  std::unique_ptr<WideLight> wide_;
  std::array<std::uint64_t, 3> under_;
};

class Reducer {
 public:
  Reducer(const Original& original, const Placement& stored, const PrepareOptions& options,
          PreparedPixels& pixels)
      : picture_{original.image->Xsize, original.image->Ysize},
        stored_(stored),
        stand_(stored.output, options.facts.orientation),
        bands_(static_cast<std::size_t>(original.image->Bands)),
        is_shrunk_(original.shrink > 1),
        developer_(original.image->Bands, original.image->BandFmt == VIPS_FORMAT_USHORT,
                   options.background),
        light_(static_cast<std::size_t>(picture_.width)),
        pixels_(pixels) {
    if (stored.is_copy()) return;
    scaler_ = std::make_unique<RowScaler>(picture_, stored,
                                          [this](std::span<const Light> row) { return put(row); });
  }

  // Rows come in order.
  bool take(int y, const void* row) {
    if (scaler_) {
      if (!scaler_->needs(y)) return true;
      developer_.develop(row, light_);
      if (is_shrunk_) {
        roughness_.add({static_cast<const std::uint8_t*>(row), light_.size() * bands_}, bands_);
      }
      return scaler_->take(y, light_);
    }
    const int from = static_cast<int>(stored_.y);
    if (y < from || y >= from + stored_.output.height) return true;
    developer_.develop(row, light_);
    return put(std::span(light_).subspan(static_cast<std::size_t>(stored_.x),
                                         static_cast<std::size_t>(stored_.output.width)));
  }
  // Known as soon as it is certain: the rest need not be decoded.
  [[nodiscard]] bool is_too_rough() const {
    return is_shrunk_ &&
           roughness_.will_pass(kShrunkRoughnessMax, 1.0 * picture_.width * picture_.height);
  }
  [[nodiscard]] bool is_done() const { return next_ == stored_.output.height; }

 private:
  bool put(std::span<const Light> row) {
    std::ptrdiff_t to = stand_.start + next_++ * stand_.down;
    for (const Light& light : row) {
      std::uint8_t* const pixel = pixels_.rgb.data() + 3 * to;
      pixel[0] = static_cast<std::uint8_t>(tables_.value_of(light.red));
      pixel[1] = static_cast<std::uint8_t>(tables_.value_of(light.green));
      pixel[2] = static_cast<std::uint8_t>(tables_.value_of(light.blue));
      to += stand_.right;
    }
    return true;
  }

  Size picture_;
  Placement stored_;
  Stand stand_;
  std::size_t bands_;
  bool is_shrunk_;
  Roughness roughness_;
  Developer developer_;
  LightTables tables_;
  std::unique_ptr<RowScaler> scaler_;
  std::vector<Light> light_;
  PreparedPixels& pixels_;
  int next_ = 0;  // row of the output
};

// libvips calls it from a thread of its own, with one strip after the other from the top.
int on_strip(VipsRegion* region, VipsRect* area, void* data) {
  auto& reducer = *static_cast<Reducer*>(data);
  if (reducer.is_too_rough()) return -1;
  for (int y = area->top; y < area->top + area->height; ++y) {
    if (!reducer.take(y, VIPS_REGION_ADDR(region, 0, y))) return -1;
  }
  return 0;
}

Placement shrunk(Placement placement, int shrink) {
  placement.x /= shrink;
  placement.y /= shrink;
  placement.width /= shrink;
  placement.height /= shrink;
  return placement;
}

bool is_known(const VipsImage& image) {
  return (image.BandFmt == VIPS_FORMAT_UCHAR || image.BandFmt == VIPS_FORMAT_USHORT) &&
         image.Bands >= 1 && image.Bands <= 4 && image.Coding == VIPS_CODING_NONE;
}

}  // namespace

int shrink_for(const Placement& placement) {
  const double rest = std::min(placement.width / placement.output.width,
                               placement.height / placement.output.height);
  for (const int shrink : {8, 4, 2}) {
    if (rest / shrink >= kRestMin) return shrink;
  }
  return 1;
}

Result<PreparedPixels> reduce(const Original& original, const Placement& placement,
                              const PrepareOptions& options) {
  const auto refuse = [](std::string_view why) {
    return fail(ErrorKind::bad_format,
                fmt::format("this file cannot be decoded: {}; save it again in the program that "
                            "made it",
                            why));
  };
  if (!is_known(*original.image)) return refuse("its pixels are of a kind that is not known here");
  const Size size = placement.output;
  PreparedPixels pixels{size, std::vector<std::uint8_t>(static_cast<std::size_t>(size.width) *
                                                        static_cast<std::size_t>(size.height) * 3)};
  const Placement stored =
      shrunk(as_stored(placement, upright_size(options.facts), options.facts.orientation),
             original.shrink);
  Reducer reducer(original, stored, options, pixels);
  const bool is_whole = vips_sink_disc(original.image.get(), on_strip, &reducer) == 0;
  pixels.is_too_rough = reducer.is_too_rough();
  if (pixels.is_too_rough) {
    vips_error_clear();  // libvips takes an early end for an error
    return pixels;
  }
  if (!is_whole) return refuse(vips_complaint());
  if (!reducer.is_done()) return refuse("its pixels end too early");
  return pixels;
}

}  // namespace noseon
