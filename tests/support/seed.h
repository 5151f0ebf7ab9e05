// The seed of a random test: NOSEON_SEED where it is set, so that a run can be repeated.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <random>

namespace noseon {

[[nodiscard]] inline std::uint64_t seed_of_run() {
  if (const char* given = std::getenv("NOSEON_SEED")) return std::strtoull(given, nullptr, 10);
  return std::random_device{}();
}

}  // namespace noseon
