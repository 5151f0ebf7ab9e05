// Asking before something is done that others see.
#pragma once

#include <string>

#include "base/result.h"

namespace noseon {

/// Asks on the terminal; false where the answer is no. Already agreed to with `yes` (--yes).
/// unavailable, where there is no terminal to ask on, or `json` says that a program is reading.
[[nodiscard]] Result<bool> confirm(const std::string& question, bool yes, bool json);

}  // namespace noseon
