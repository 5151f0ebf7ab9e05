// What a decode may have left behind in the process that asked for it.
#pragma once

#include <cstddef>

namespace noseon::testing {

/// How many descriptors this process has open.
[[nodiscard]] std::size_t open_descriptors();
/// Whether this process has any child, running or dead and not reaped.
[[nodiscard]] bool has_children();

}  // namespace noseon::testing
