// Hexadecimal: two digits a byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace noseon {

/// Lower case.
[[nodiscard]] std::string bytes_to_hex(std::span<const std::uint8_t> bytes);

/// The bytes that digits of either case stand for; nothing for an odd number of digits, for any
/// other character, and for more than `bytes_max` bytes.
[[nodiscard]] std::optional<std::string> bytes_from_hex(std::string_view digits,
                                                        std::size_t bytes_max);

}  // namespace noseon
