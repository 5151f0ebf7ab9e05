// How sharp the edges of a picture are, from its rows: cheap, and the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace noseon {

/// The mean of the fourth powers of the steps between neighbours in a row, in one band of 8 bits.
///
/// DCT scaling averages values where it should average light, and is wrong by about the square of
/// how much the averaged pixels differ; so this is to the square of its error. Photographs have
/// some hundreds, letters millions.
class Roughness {
 public:
  /// A row of pixels of `bands` values.
  void add(std::span<const std::uint8_t> row, std::size_t bands) {
    const std::size_t pixels = row.size() / bands;
    const std::size_t band = bands < 3 ? 0 : 1;  // grey, or green
    float sum = 0;
    for (std::size_t at = bands + band; at < row.size(); at += bands) {
      const float step = static_cast<float>(row[at]) - static_cast<float>(row[at - bands]);
      sum += step * step * step * step;
    }
    sum_ += static_cast<double>(sum);
    count_ += static_cast<double>(pixels);
  }
  [[nodiscard]] double mean() const { return count_ == 0 ? 0 : sum_ / count_; }
  /// The mean over `pixels` will be more than that, whatever follows.
  [[nodiscard]] bool will_pass(double mean, double pixels) const { return sum_ > mean * pixels; }

 private:
  double sum_ = 0;
  double count_ = 0;
};

}  // namespace noseon
