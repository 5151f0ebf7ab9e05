// Lengths of time for people.
#pragma once

#include <string>

#include "base/time.h"

namespace noseon {

/// "8 s", "1 min 20 s", "2 h 5 min", "0.5 s"
[[nodiscard]] std::string in_words(Millis length);

}  // namespace noseon
