// The blend of two frames, and how far a fade has come.
#pragma once

#include <cstdint>
#include <span>

#include "base/time.h"

namespace noseon {

/// How much of the incoming frame shows: 0 is the outgoing frame, kAlphaFull the incoming one.
inline constexpr int kAlphaFull = 256;

/// A fade's length, unless its slot is too short for it.
inline constexpr Millis kFadeLength{500};

/// out = from * (256 - alpha) + to * alpha, rounded to nearest, byte by byte: exactly `from` at 0,
/// exactly `to` at 256, and a byte that both share never moves.
/// REQUIRES: the three have one length; `out` overlaps neither;
/// 0 <= alpha <= kAlphaFull.
void blend(std::span<const std::uint32_t> from, std::span<const std::uint32_t> to,
           std::span<std::uint32_t> out, int alpha);

/// The alpha after `elapsed` of a fade: eased in and out (3t^2 - 2t^3), rising, 0 at the start and
/// kAlphaFull from `length` on. A length of zero is over at once.
[[nodiscard]] int fade_alpha(std::chrono::nanoseconds elapsed, std::chrono::nanoseconds length);

}  // namespace noseon
