// The power goes after each call of a recording, and again, and again: what is on the disk then
// must be right by its judge.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/recording.h"

namespace noseon::faults {

/// What is wrong with a disk, which the judge may change; nothing where it is right. `said` is what
/// the program had said before the power went.
using Judge = std::function<std::optional<std::string>(const std::filesystem::path& disk,
                                                       const std::string& said)>;

enum class Until { end, first_bad };

struct Cuts {
  std::uint64_t seed = 1;
  std::size_t random_disks = 8;  ///< after each call, beside the regular ones
  Until until = Until::end;
};

struct Tally {
  std::size_t calls = 0;  ///< that changed the disk or said something
  std::size_t disks = 0;  ///< made and judged, each different from the others or after other words
  std::size_t same = 0;   ///< made and like one that was judged
  std::size_t lost = 0;   ///< of those judged that lack something that the program had written
  std::size_t bad = 0;
  std::string first_bad;  ///< which it was, and what was wrong
};
[[nodiscard]] std::string to_string(const Tally& tally);

/// Disks are put together in memory (/dev/shm) where there is one.
[[nodiscard]] Result<Tally> cut_power(const Disk& before, const Calls& calls, const Judge& judge,
                                      const Cuts& cuts);

}  // namespace noseon::faults
