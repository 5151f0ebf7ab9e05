// Whether two campaigns say the same, and if not where they part.
#pragma once

#include <string>

#include "playlist/model.h"

namespace noseon {

/// Empty where they are equal, else the first thing that differs, with both values as far as they
/// can be printed. Places in files, `file` and `folder` do not count; zones are compared by name,
/// calendars of holidays by id. A field that is added to the model does not compile here until it
/// is compared.
[[nodiscard]] std::string difference(const Campaign& a, const Campaign& b);

}  // namespace noseon
