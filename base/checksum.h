// A checksum against rot and torn writes, not against malice (for that: base/sha256.h): XXH3 of 128
// bits, by xxHash, which reads a frame of a display in a millisecond where SHA-256 takes five.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace noseon {

/// In the canonical order of bytes of XXH3, the same on every machine.
using Checksum = std::array<std::uint8_t, 16>;

/// Of the parts one behind the other.
[[nodiscard]] Checksum checksum(std::initializer_list<std::string_view> parts);

}  // namespace noseon
