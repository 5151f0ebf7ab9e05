#include "base/clock.h"

namespace noseon {

Instant build_time() {
  return Instant{std::chrono::seconds{NOSEON_BUILD_SECONDS}};
}

}  // namespace noseon
