// Scaling in linear light, by rows: whatever the pictures' sizes, only the few rows under the
// filter are in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "base/geometry.h"
#include "media/decode/place.h"

namespace noseon {

/// Fills `row` with row `y` of the picture. Called with y ascending, each at most once.
using ReadRow = std::function<void(int y, std::span<std::uint32_t> row)>;
/// Takes the next row of the output. False stops the work.
using WriteRow = std::function<bool(std::span<const std::uint32_t> row)>;

/// A separable Lanczos-3 filter, widened by the reduction; where nothing is scaled, the rows are
/// copied bit by bit. Nothing outside of the picture is made up: at its rim the filter is narrower.
/// False where `write` said so.
[[nodiscard]] bool scale_rows(Size picture, const Placement& placement, const ReadRow& read,
                              const WriteRow& write);

}  // namespace noseon
