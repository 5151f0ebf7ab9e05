// Making a picture smaller by the plain mean of what each pixel covers: rough, and quick.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/geometry.h"
#include "media/decode/place.h"

namespace noseon {

/// Takes rows of a picture from the top, gives those of the output as soon as they are whole. Each
/// primary is the mean of the values under the output's pixel, weighed in 256ths by how much of
/// each it covers; not of their light. One thread at a time.
class AverageScaler {
 public:
  /// Takes the next row of the output; false stops the work.
  using Write = std::function<bool(std::span<const std::uint32_t> row)>;

  /// REQUIRES: `placement` lies inside of `picture` and enlarges nothing.
  AverageScaler(Size picture, const Placement& placement, Write write);

  /// The next row of the picture. REQUIRES: row.size() is its width, and it has not had all its
  /// rows. False where `write` said so.
  [[nodiscard]] bool take(std::span<const std::uint32_t> row);
  /// Every row of the output was given.
  [[nodiscard]] bool is_done() const;

 private:
  // From pixel `first` on, what each counts, in 256ths; they add up to one.
  struct Taps {
    std::size_t first = 0;
    std::vector<std::uint16_t> weights;
  };
  [[nodiscard]] static std::vector<Taps> make_taps(int side, double from, double length,
                                                   int output);
  [[nodiscard]] bool write_line();
  void add(std::span<const std::uint32_t> row, std::uint16_t weight);

  std::vector<Taps> columns_;
  std::vector<Taps> lines_;
  std::vector<std::uint16_t>
      sums_;  // of the output's next row, four for each of the picture's pixels
  std::vector<std::uint32_t> out_;
  Write write_;
  std::size_t row_ = 0;   // of the picture
  std::size_t line_ = 0;  // of the output
};

}  // namespace noseon
