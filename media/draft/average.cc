#include "media/draft/average.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"

namespace noseon {
namespace {

constexpr int kWhole = 256;

}  // namespace

// A weight is the difference of two rounded bounds, so that however narrow the pixels are, those of
// one output pixel add up to exactly one.
std::vector<AverageScaler::Taps> AverageScaler::make_taps(int side, double from, double length,
                                                          int output) {
  std::vector<Taps> all(static_cast<std::size_t>(output));
  const double each = length / output;
  for (int i = 0; i < output; ++i) {
    const double begin = from + i * each;
    const double end = begin + each;
    Taps& taps = all[static_cast<std::size_t>(i)];
    const int first = std::clamp(static_cast<int>(std::floor(begin)), 0, side - 1);
    const int behind = std::clamp(static_cast<int>(std::ceil(end)), first + 1, side);
    taps.first = static_cast<std::size_t>(first);
    int had = 0;
    for (int pixel = first; pixel < behind; ++pixel) {
      const double covered = std::clamp((pixel + 1 - begin) / each, 0.0, 1.0);
      const int until =
          pixel + 1 == behind ? kWhole : static_cast<int>(std::lround(covered * kWhole));
      taps.weights.push_back(static_cast<std::uint16_t>(until - had));
      had = until;
    }
  }
  return all;
}

AverageScaler::AverageScaler(Size picture, const Placement& placement, Write write)
    : columns_(make_taps(picture.width, placement.x, placement.width, placement.output.width)),
      lines_(make_taps(picture.height, placement.y, placement.height, placement.output.height)),
      sums_(static_cast<std::size_t>(picture.width) * 4),
      out_(columns_.size()),
      write_(std::move(write)) {}

bool AverageScaler::is_done() const {
  return line_ == lines_.size();
}

// 255 * 256 fits 16 bits, so a sum of weighed values does.
void AverageScaler::add(std::span<const std::uint32_t> row, std::uint16_t weight) {
  const auto* const from = reinterpret_cast<const std::uint8_t*>(row.data());
  std::uint16_t* const to = sums_.data();
  const std::size_t count = row.size() * 4;
  for (std::size_t i = 0; i < count; ++i) {
    to[i] = static_cast<std::uint16_t>(to[i] + from[i] * weight);
  }
}

bool AverageScaler::write_line() {
  constexpr std::uint32_t kHalf = 1U << 15U;
  for (std::size_t x = 0; x < columns_.size(); ++x) {
    const Taps& taps = columns_[x];
    const std::uint16_t* from = sums_.data() + taps.first * 4;
    std::uint32_t blue = kHalf, green = kHalf, red = kHalf;
    for (const std::uint32_t weight : taps.weights) {
      blue += from[0] * weight;
      green += from[1] * weight;
      red += from[2] * weight;
      from += 4;
    }
    out_[x] = 0xFF000000U | (red >> 16U) << 16U | (green >> 16U) << 8U | blue >> 16U;
  }
  ++line_;
  std::fill(sums_.begin(), sums_.end(), std::uint16_t{0});
  return write_(out_);
}

// A row at the border of two of the output's counts for both.
bool AverageScaler::take(std::span<const std::uint32_t> row) {
  CHECK(row.size() * 4 == sums_.size());
  for (; !is_done();) {
    const Taps& taps = lines_[line_];
    if (row_ < taps.first) break;
    add(row, taps.weights[row_ - taps.first]);
    const bool is_last = row_ + 1 == taps.first + taps.weights.size();
    if (!is_last) break;
    if (!write_line()) return false;
  }
  ++row_;
  return true;
}

}  // namespace noseon
