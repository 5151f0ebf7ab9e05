#include "tests/media/reference_scale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "base/check.h"

namespace noseon::testing {
namespace {

using Rgb = std::array<double, 3>;

double kernel(double x) {
  constexpr double kLobes = 3;
  if (x == 0) return 1;
  if (std::abs(x) >= kLobes) return 0;
  const double a = std::numbers::pi * x;
  return kLobes * std::sin(a) * std::sin(a / kLobes) / (a * a);
}

struct Window {
  int first;
  std::vector<double> weights;
};

Window window(int source, int output, int i) {
  const double step = static_cast<double>(source) / output;
  const double center = (i + 0.5) * step;
  const double reach = 3 * std::max(step, 1.0);
  const int first = std::max(0, static_cast<int>(std::floor(center - reach)));
  const int end = std::min(source, static_cast<int>(std::ceil(center + reach)));
  Window taps{first, {}};
  double sum = 0;
  for (int at = first; at < end; ++at) {
    taps.weights.push_back(kernel((at + 0.5 - center) / std::max(step, 1.0)));
    sum += taps.weights.back();
  }
  for (double& weight : taps.weights) weight /= sum;
  return taps;
}

}  // namespace

double light_of_value(double value) {
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double value_of_light(double light) {
  const double clipped = std::clamp(light, 0.0, 1.0);
  return clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * std::pow(clipped, 1 / 2.4) - 0.055;
}

Pixels reference_scale(Size size, const Pixels& pixels, Size output) {
  std::array<double, 256> light{};
  for (std::size_t v = 0; v < light.size(); ++v)
    light[v] = light_of_value(static_cast<double>(v) / 255);
  const auto width = static_cast<std::size_t>(size.width);
  std::vector<Rgb> across(static_cast<std::size_t>(output.width) *
                          static_cast<std::size_t>(size.height));
  for (int x = 0; x < output.width; ++x) {
    const Window taps = window(size.width, output.width, x);
    for (std::size_t y = 0; y < static_cast<std::size_t>(size.height); ++y) {
      Rgb sum{};
      for (std::size_t i = 0; i < taps.weights.size(); ++i) {
        const std::uint32_t pixel = pixels[y * width + static_cast<std::size_t>(taps.first) + i];
        for (unsigned c = 0; c < 3; ++c)
          sum[c] += taps.weights[i] * light[pixel >> (8 * c) & 0xFFU];
      }
      across[y * static_cast<std::size_t>(output.width) + static_cast<std::size_t>(x)] = sum;
    }
  }
  Pixels out;
  for (int y = 0; y < output.height; ++y) {
    const Window taps = window(size.height, output.height, y);
    for (std::size_t x = 0; x < static_cast<std::size_t>(output.width); ++x) {
      Rgb sum{};
      for (std::size_t i = 0; i < taps.weights.size(); ++i) {
        const Rgb& from = across[(static_cast<std::size_t>(taps.first) + i) *
                                     static_cast<std::size_t>(output.width) +
                                 x];
        for (std::size_t c = 0; c < 3; ++c) sum[c] += taps.weights[i] * from[c];
      }
      std::uint32_t pixel = 0xFF000000U;
      for (unsigned c = 0; c < 3; ++c) {
        pixel |= static_cast<std::uint32_t>(std::lround(255 * value_of_light(sum[c]))) << (8 * c);
      }
      out.push_back(pixel);
    }
  }
  return out;
}

double psnr(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  CHECK(a.size() == b.size() && !a.empty());
  double squares = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (unsigned c = 0; c < 24; c += 8) {
      const double difference =
          static_cast<double>(a[i] >> c & 0xFFU) - static_cast<double>(b[i] >> c & 0xFFU);
      squares += difference * difference;
    }
  }
  if (squares == 0) return std::numeric_limits<double>::infinity();
  return 10 * std::log10(255.0 * 255.0 * 3 * static_cast<double>(a.size()) / squares);
}

}  // namespace noseon::testing
