// Scaling in linear light, by rows: whatever the pictures' sizes, only the few rows under the
// filter are in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "base/geometry.h"
#include "media/decode/place.h"

namespace noseon {

/// Fills `row` with row `y` of the picture. Called with y ascending, each at most once.
using ReadRow = std::function<void(int y, std::span<std::uint32_t> row)>;
/// Takes the next row of the output. False stops the work.
using WriteRow = std::function<bool(std::span<const std::uint32_t> row)>;

/// Linear light of one pixel, 0 to 1. Four floats, the last unused, so that one is one vector
/// register.
struct Light {
  float blue = 0, green = 0, red = 0, unused = 0;
};

/// The filter of scale_rows() for who has its rows one after the other and cannot be asked for
/// them. One thread at a time.
class RowScaler {
 public:
  /// Takes the next row of the output. False stops the work.
  using Write = std::function<bool(std::span<const Light> row)>;

  /// The part of `picture` that `placement` names, which need not be of whole pixels.
  RowScaler(Size picture, const Placement& placement, Write write);
  ~RowScaler();
  RowScaler(const RowScaler&) = delete;
  RowScaler& operator=(const RowScaler&) = delete;

  /// Does row `y` count for the output? Rows that do not need not be taken.
  [[nodiscard]] bool needs(int y) const;
  /// The next row that counts. REQUIRES: y ascending; row.size() is the picture's width. False
  /// where `write` said so.
  [[nodiscard]] bool take(int y, std::span<const Light> row);

 private:
  class Filter;
  std::unique_ptr<Filter> filter_;
};

/// A separable Lanczos-3 filter, widened by the reduction; where nothing is scaled, the rows are
/// copied bit by bit. Nothing outside of the picture is made up: at its rim the filter is narrower.
/// False where `write` said so.
[[nodiscard]] bool scale_rows(Size picture, const Placement& placement, const ReadRow& read,
                              const WriteRow& write);

}  // namespace noseon
