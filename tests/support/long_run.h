// Whether the long forms of tests are asked for (the preset long).
#pragma once

#include <cstdlib>

namespace noseon {

[[nodiscard]] inline bool is_long_run() {
  return std::getenv("NOSEON_LONG") != nullptr;
}

}  // namespace noseon
