#include "player/blend.h"

#include "base/check.h"

namespace noseon {
namespace {

// Plain bytes in 16-bit arithmetic: GCC turns this loop into whole vectors (the file is compiled
// with -O3, see CMakeLists.txt). 255 * 256 + 128 still fits 16 bits.
void blend_bytes(const std::uint8_t* __restrict from, const std::uint8_t* __restrict to,
                 std::uint8_t* __restrict out, std::size_t count, std::uint16_t alpha) {
  const auto rest = static_cast<std::uint16_t>(kAlphaFull - alpha);
  for (std::size_t i = 0; i < count; ++i) {
    const auto sum = static_cast<std::uint16_t>(from[i] * rest + to[i] * alpha + 128);
    out[i] = static_cast<std::uint8_t>(sum >> 8U);
  }
}

}  // namespace

void blend(std::span<const std::uint32_t> from, std::span<const std::uint32_t> to,
           std::span<std::uint32_t> out, int alpha) {
  CHECK(from.size() == to.size() && to.size() == out.size());
  CHECK(alpha >= 0 && alpha <= kAlphaFull);
  blend_bytes(reinterpret_cast<const std::uint8_t*>(from.data()),
              reinterpret_cast<const std::uint8_t*>(to.data()),
              reinterpret_cast<std::uint8_t*>(out.data()), out.size_bytes(),
              static_cast<std::uint16_t>(alpha));
}

int fade_alpha(std::chrono::nanoseconds elapsed, std::chrono::nanoseconds length) {
  if (elapsed >= length) return kAlphaFull;
  if (elapsed.count() <= 0) return 0;
  const double t = static_cast<double>(elapsed.count()) / static_cast<double>(length.count());
  return static_cast<int>(t * t * (3 - 2 * t) * kAlphaFull + 0.5);
}

}  // namespace noseon
