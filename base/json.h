// Reading JSON from outside, with caps: RFC 8259, UTF-8, no duplicate names, bounded bytes and
// depth. The heavy header stays out of this one: who calls parse_json includes <nlohmann/json.hpp>.
#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "base/result.h"

namespace noseon {

struct JsonLimits {
  std::size_t bytes_max = 1U << 20U;
  std::size_t depth_max = 32;  ///< arrays and objects inside each other
};

/// too_large past a cap (checked before or while reading, never after); bad_format with line and
/// column otherwise.
[[nodiscard]] Result<nlohmann::json> parse_json(std::string_view text, JsonLimits limits = {});

}  // namespace noseon
