// Numbers out of bytes that came from outside. REQUIRES everywhere: the number lies inside the
// bytes; the callers have checked the length, and the assertion is for us.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"

namespace noseon {

inline std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  CHECK(at < bytes.size());
  return static_cast<unsigned char>(bytes[at]);
}

inline std::uint32_t big_u16(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8U | byte_at(bytes, at + 1);
}
inline std::uint32_t big_u32(std::string_view bytes, std::size_t at) {
  return big_u16(bytes, at) << 16U | big_u16(bytes, at + 2);
}
inline std::uint32_t little_u16(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8U;
}
inline std::uint32_t little_u24(std::string_view bytes, std::size_t at) {
  return little_u16(bytes, at) | byte_at(bytes, at + 2) << 16U;
}
inline std::uint32_t little_u32(std::string_view bytes, std::size_t at) {
  return little_u16(bytes, at) | little_u16(bytes, at + 2) << 16U;
}

}  // namespace noseon
