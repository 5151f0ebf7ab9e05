// Files that want to crash, hang or flood whoever decodes them. Made, not collected: the same seed
// gives the same files on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace noseon::testing {

/// A name that says what is wrong with it (a file name too), and the bytes.
using HostilePicture = std::pair<std::string, std::string>;

/// More than 200 files. Some are still pictures: a flipped bit may change a colour and no more.
/// None needs more than some MB here.
[[nodiscard]] std::vector<HostilePicture> hostile_pictures(std::uint64_t seed);
/// The same, and then as many more that are damaged in other places as it takes to make `count`, no
/// two alike. REQUIRES: count is not below their number.
[[nodiscard]] std::vector<HostilePicture> hostile_pictures(std::uint64_t seed, std::size_t count);

}  // namespace noseon::testing
