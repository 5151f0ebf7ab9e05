// Whether the long forms of tests are asked for (the preset long), and how much the quick ones try.
#pragma once

#include <cstdint>
#include <cstdlib>

namespace noseon {

[[nodiscard]] inline bool is_long_run() {
  return std::getenv("NOSEON_LONG") != nullptr;
}

/// How many random cases a quick test tries: all of them where the code is optimised, a quarter
/// where sanitizers watch it, which takes ten times as long a case. REQUIRES: all >= 4.
[[nodiscard]] constexpr std::uint64_t quick_cases(std::uint64_t all) {
#ifdef NOSEON_SANITIZED
  return all / 4;
#else
  return all;
#endif
}

}  // namespace noseon
