#include "tests/bench/peers/reference.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

namespace noseon::peers {
namespace {

double lanczos3(double x) {
  if (x == 0) return 1;
  if (std::abs(x) >= 3) return 0;
  const double angle = std::numbers::pi * x;
  return 3 * std::sin(angle) * std::sin(angle / 3) / (angle * angle);
}

double to_light(double value) {
  const double v = value / 255;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double to_value(double light) {
  const double l = std::clamp(light, 0.0, 1.0);
  return 255 * (l <= 0.0031308 ? l * 12.92 : 1.055 * std::pow(l, 1 / 2.4) - 0.055);
}

struct Taps {
  int first = 0;
  std::vector<double> weights;  // sum 1
};

std::vector<Taps> taps(int from, int to) {
  const double step = double(from) / to;
  const double stretch = std::max(step, 1.0);
  std::vector<Taps> all;
  for (int i = 0; i < to; ++i) {
    const double middle = (i + 0.5) * step;
    Taps one;
    one.first = std::max(0, int(std::floor(middle - 3 * stretch)));
    const int end = std::min(from, int(std::ceil(middle + 3 * stretch)));
    double sum = 0;
    for (int at = one.first; at < end; ++at) {
      one.weights.push_back(lanczos3((at + 0.5 - middle) / stretch));
      sum += one.weights.back();
    }
    for (double& weight : one.weights) weight /= sum;
    all.push_back(std::move(one));
  }
  return all;
}

// One row of light, filtered across.
void across(const std::uint8_t* row, const std::array<double, 256>& light,
            const std::vector<Taps>& columns, std::vector<double>& out) {
  for (std::size_t x = 0; x < columns.size(); ++x) {
    std::array<double, 3> sum{};
    const std::uint8_t* pixel = row + static_cast<std::size_t>(columns[x].first) * 3;
    for (const double weight : columns[x].weights) {
      for (std::size_t c = 0; c < 3; ++c) sum[c] += weight * light[pixel[c]];
      pixel += 3;
    }
    std::copy(sum.begin(), sum.end(), out.begin() + static_cast<std::ptrdiff_t>(x * 3));
  }
}

std::optional<double> psnr_at(const Picture& glass, const Reference& reference, Point corner) {
  if (corner.x < 0 || corner.y < 0 || corner.x + reference.size.width > glass.size().width ||
      corner.y + reference.size.height > glass.size().height)
    return std::nullopt;
  const auto pixels = glass.pixels();
  double squares = 0;
  const float* value = reference.values.data();
  for (int y = 0; y < reference.size.height; ++y) {
    const std::uint32_t* pixel =
        pixels.data() + static_cast<std::ptrdiff_t>(corner.y + y) * glass.size().width + corner.x;
    for (int x = 0; x < reference.size.width; ++x, ++pixel, value += 3) {
      const double red = value[0] - double(*pixel >> 16U & 255U);
      const double green = value[1] - double(*pixel >> 8U & 255U);
      const double blue = value[2] - double(*pixel & 255U);
      squares += red * red + green * green + blue * blue;
    }
  }
  const double mean = squares / double(reference.values.size());
  return mean == 0 ? std::numeric_limits<double>::infinity() : 10 * std::log10(255 * 255 / mean);
}

}  // namespace

Reference scaled(const RgbPicture& picture, Size size) {
  std::array<double, 256> light{};
  for (std::size_t v = 0; v < light.size(); ++v) light[v] = to_light(double(v));
  const std::vector<Taps> columns = taps(picture.size.width, size.width);
  const std::vector<Taps> lines = taps(picture.size.height, size.height);
  // The rows that some output row needs, as they come: a ring.
  std::size_t longest = 0;
  for (const Taps& line : lines) longest = std::max(longest, line.weights.size());
  const auto length = static_cast<std::size_t>(size.width) * 3;
  std::vector<std::vector<double>> ring(longest, std::vector<double>(length));
  Reference result{size, {}};
  result.values.reserve(length * static_cast<std::size_t>(size.height));
  int next = 0;
  std::vector<double> sum(length);
  for (const Taps& line : lines) {
    const int end = line.first + static_cast<int>(line.weights.size());
    for (; next < end; ++next)
      across(picture.row(next), light, columns, ring[static_cast<std::size_t>(next) % longest]);
    std::fill(sum.begin(), sum.end(), 0);
    for (int y = line.first; y < end; ++y) {
      const std::vector<double>& row = ring[static_cast<std::size_t>(y) % longest];
      const double weight = line.weights[static_cast<std::size_t>(y - line.first)];
      for (std::size_t i = 0; i < length; ++i) sum[i] += weight * row[i];
    }
    for (const double l : sum) result.values.push_back(static_cast<float>(to_value(l)));
  }
  return result;
}

Match best_match(const Picture& glass, const RgbPicture& original, const Rect& expected) {
  Match best{-std::numeric_limits<double>::infinity(), expected};
  for (const int wider : {0, -1, 1}) {
    const Reference reference = scaled(original, {expected.width + wider, expected.height});
    for (int dx = -1; dx <= 1; ++dx) {
      for (int dy = -1; dy <= 1; ++dy) {
        const Point corner{expected.x + dx, expected.y + dy};
        const auto psnr = psnr_at(glass, reference, corner);
        if (psnr && *psnr > best.psnr)
          best = {*psnr, {corner.x, corner.y, reference.size.width, reference.size.height}};
      }
    }
  }
  return best;
}

}  // namespace noseon::peers
