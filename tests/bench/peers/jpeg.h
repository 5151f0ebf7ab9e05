// JPEG files, by libjpeg: the bench's own, so that what it holds programs against is none of
// theirs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "base/geometry.h"
#include "base/result.h"

namespace noseon::peers {

/// Red, green, blue, a byte each, rows without padding.
struct RgbPicture {
  Size size;
  std::vector<std::uint8_t> bytes;
  [[nodiscard]] const std::uint8_t* row(int y) const {
    return bytes.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(size.width) * 3;
  }
};

enum class Chroma { halved, full };

/// Writes whole or not at all. `fill` is asked for each row in turn. Errors: disk.
[[nodiscard]] Status write_jpeg(const std::filesystem::path& file, Size size, int quality,
                                Chroma chroma,
                                const std::function<void(int y, std::uint8_t* row)>& fill);

/// Decodes with the slow, exact DCT; `denominator` 1, 2, 4 or 8 of the size, as libjpeg scales.
/// Errors: not_found, bad_format.
[[nodiscard]] Result<RgbPicture> read_jpeg(const std::filesystem::path& file, int denominator = 1);

}  // namespace noseon::peers
