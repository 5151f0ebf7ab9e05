// A first look at TOML that cannot overflow: how many parts its keys have and how deep it nests.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "playlist/model.h"

namespace noseon {

struct TooDeep {
  std::size_t offset = 0;  ///< of the byte that passes the limit
  std::string what;
};

/// The first place with more than `key_parts_max` parts in a dotted key, or more than `depth_max`
/// brackets open at once. Strings and comments are skipped; never fails on what is not TOML.
[[nodiscard]] std::optional<TooDeep> find_too_deep(std::string_view toml, std::size_t key_parts_max,
                                                   std::size_t depth_max);

/// Line and column (in code points) of a byte.
[[nodiscard]] SourcePlace place_of_offset(std::string_view text, std::size_t offset);

}  // namespace noseon
