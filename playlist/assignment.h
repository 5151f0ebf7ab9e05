// Who gets which turn of a loop, so that everybody has had a fair part at every moment.
//
// Tijdeman's chairman assignment (R. Tijdeman, "The chairman assignment problem", Discrete
// Mathematics 32, 1980): after any k turns each item has had within one of k*w/W, where W is the
// sum of the weights. (The usual smooth weighted round robin does not: it strays by up to 1.27
// turns.)
#pragma once

#include <cstdint>
#include <vector>

namespace noseon {

/// A loop of W = sum of weights turns: for each turn the index of the item that has it. Item i gets
/// exactly weights[i] turns. Ties go to the first in order.
/// REQUIRES: at least one weight, each >= 1; for n items, W * 2n * max weight < 2^62.
[[nodiscard]] std::vector<std::uint32_t> assign_turns(const std::vector<std::int64_t>& weights);

/// The most turns a loop may have.
inline constexpr std::int64_t kLoopTurnsMax = 100'000;

/// The weights as the loop uses them: while the loop would pass kLoopTurnsMax turns, the written
/// weights are halved (rounded up); then they are divided by their gcd.
[[nodiscard]] std::vector<std::int64_t> loop_weights(std::vector<std::int64_t> weights);

}  // namespace noseon
