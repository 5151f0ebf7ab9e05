// Campaigns from a seed with every key of the language, and texts that are hard to write down:
// quotes, newlines, control characters, formulas, separators, what a spreadsheet would rewrite.
#pragma once

#include <cstdint>

#include "base/zone.h"
#include "playlist/model.h"

namespace noseon {

/// The same seed gives the same campaign. It keeps every rule that parse_campaign() checks, so that
/// its text reads back without errors.
[[nodiscard]] Campaign random_campaign(std::uint64_t seed, Zones& zones);

}  // namespace noseon
