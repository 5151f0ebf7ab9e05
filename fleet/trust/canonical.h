// Canonical JSON as TUF signs it (OLPC's, not RFC 8785), and the JSON of metadata.
//
// Source: TUF 1.0.34 section 4.2 names OLPC's grammar: names sorted by code point, only `"` and `\`
// escaped, all other characters raw UTF-8, no blanks, integers only.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

namespace noseon {

/// bad_format where the value holds a number that is no integer.
[[nodiscard]] Result<std::string> canonical_json(const nlohmann::json& value);

}  // namespace noseon
