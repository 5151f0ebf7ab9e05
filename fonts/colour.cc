#include "fonts/colour.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/check.h"

namespace noseon {
namespace {

constexpr int channels = 4;
constexpr std::int64_t whole = 1 << 16;  // the weights of a pixel add up to this

/// Which pixels of the source a pixel of the result is made of, and how much of each.
struct Weights {
  int first = 0;
  std::vector<std::int64_t> parts;
};

/// One axis of the scaling.
struct Axis {
  int start = 0;                 ///< of the first result pixel, from the origin
  std::vector<Weights> weights;  ///< for each result pixel
};

/// A triangle over the pixels around `center`, as wide as one result pixel or one of the source,
/// whichever is wider. Its parts add up to `whole`, or plain colours would show a grid; those
/// beyond the source's ends are left out, where it is transparent.
Weights weights_around(double center, double radius, int length) {
  const int first = static_cast<int>(std::ceil(center - radius - 0.5));
  const int last = static_cast<int>(std::floor(center + radius - 0.5));
  std::vector<double> parts;
  double sum = 0;
  for (int i = first; i <= last; ++i) {
    parts.push_back(std::max(0.0, 1 - std::abs(i + 0.5 - center) / radius));
    sum += parts.back();
  }
  Weights weights{.first = std::max(first, 0), .parts = {}};
  for (int i = weights.first; i <= std::min(last, length - 1); ++i) {
    const double part = parts[static_cast<std::size_t>(i - first)] / sum;
    weights.parts.push_back(std::llround(part * static_cast<double>(whole)));
  }
  return weights;
}

/// `start` of the source's first pixel from the origin; the result is moved by `shift` pixels.
Axis make_axis(int start, int length, double scale, double shift) {
  const double radius = std::max(1.0, 1 / scale);
  const double from = start * scale + shift;
  const double to = (start + length) * scale + shift;
  Axis axis{.start = static_cast<int>(std::floor(from)), .weights = {}};
  const int end = static_cast<int>(std::ceil(to));
  for (int i = axis.start; i < end; ++i) {
    axis.weights.push_back(weights_around((i + 0.5 - from) / scale, radius, length));
  }
  return axis;
}

std::uint8_t to_byte(std::int64_t sum) {
  return static_cast<std::uint8_t>(std::clamp<std::int64_t>((sum + whole / 2) / whole, 0, 255));
}

std::size_t index_of(int x, int y, int width) {
  return (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
          static_cast<std::size_t>(x)) *
         channels;
}

std::vector<std::uint8_t> scale_across(const GlyphBitmap& bitmap, const Axis& axis) {
  const int width = static_cast<int>(axis.weights.size());
  std::vector<std::uint8_t> out(index_of(0, bitmap.size.height, width));
  for (int y = 0; y < bitmap.size.height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Weights& weights = axis.weights[static_cast<std::size_t>(x)];
      for (std::size_t c = 0; c < channels; ++c) {
        std::int64_t sum = 0;
        std::size_t at = index_of(weights.first, y, bitmap.size.width) + c;
        for (const std::int64_t part : weights.parts) {
          sum += part * bitmap.pixels[at];
          at += channels;
        }
        out[index_of(x, y, width) + c] = to_byte(sum);
      }
    }
  }
  return out;
}

std::vector<std::uint8_t> scale_down(const std::vector<std::uint8_t>& pixels, int width,
                                     const Axis& axis) {
  const int height = static_cast<int>(axis.weights.size());
  const std::size_t stride = index_of(0, 1, width);
  std::vector<std::uint8_t> out(stride * axis.weights.size());
  for (int y = 0; y < height; ++y) {
    const Weights& weights = axis.weights[static_cast<std::size_t>(y)];
    for (std::size_t x = 0; x < stride; ++x) {
      std::int64_t sum = 0;
      std::size_t at = static_cast<std::size_t>(weights.first) * stride + x;
      for (const std::int64_t part : weights.parts) {
        sum += part * pixels[at];
        at += stride;
      }
      out[static_cast<std::size_t>(y) * stride + x] = to_byte(sum);
    }
  }
  return out;
}

}  // namespace

GlyphBitmap scaled_bitmap(const GlyphBitmap& bitmap, double scale, int x_fraction) {
  CHECK(bitmap.is_colour && scale > 0 && scale <= 16 && x_fraction >= 0 && x_fraction < 64);
  if (bitmap.size.width == 0 || bitmap.size.height == 0) return bitmap;
  const Axis across = make_axis(bitmap.left, bitmap.size.width, scale, x_fraction / 64.0);
  const Axis down = make_axis(-bitmap.top, bitmap.size.height, scale, 0);
  const int width = static_cast<int>(across.weights.size());
  GlyphBitmap out;
  out.size = {width, static_cast<int>(down.weights.size())};
  out.left = across.start;
  out.top = -down.start;
  out.is_colour = true;
  out.pixels = scale_down(scale_across(bitmap, across), width, down);
  return out;
}

}  // namespace noseon
