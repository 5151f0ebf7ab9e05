// What a file has to hold, as somebody signed it.
#pragma once

#include <cstdint>

#include "base/sha256.h"

namespace noseon {

struct ExpectedBytes {
  Sha256 sha256{};
  std::uint64_t bytes = 0;  ///< how many; 1 or more
  friend auto operator<=>(const ExpectedBytes&, const ExpectedBytes&) = default;
};

}  // namespace noseon
