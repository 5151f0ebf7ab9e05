// What strace wrote, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace noseon::faults {

/// A call that succeeded. Arguments stand as strace -f -y -xx writes them.
struct TracedCall {
  std::string name;
  std::vector<std::string> arguments;
  std::int64_t result = 0;
  std::string result_path;  ///< of a descriptor that it returned
};

/// In the order in which they ended; failed ones are left out. bad_format for a line that is none
/// of strace's.
[[nodiscard]] Result<std::vector<TracedCall>> parse_trace(std::string_view text);

/// What a string argument holds; nothing where it is none, or was cut short.
[[nodiscard]] std::optional<std::string> string_in(std::string_view argument);
/// The number of a descriptor argument: 3 of `3</path>`; nothing for AT_FDCWD.
[[nodiscard]] std::optional<int> descriptor_in(std::string_view argument);
/// The path of a descriptor argument, also of AT_FDCWD; empty for what has no path any more.
[[nodiscard]] std::string path_in(std::string_view argument);

}  // namespace noseon::faults
