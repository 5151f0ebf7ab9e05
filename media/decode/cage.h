// What noseon-decode gives up before it reads the first byte of a picture.
#pragma once

#include <cstdint>

namespace noseon {

/// Limits: 512 MB of address space (not under AddressSanitizer, which reserves terabytes), 4 s of
/// CPU time, no file longer than `answer_bytes_max`, no further descriptor or process, no core; no
/// new privileges, not traceable, dies with its parent. False where the kernel refuses any of it.
[[nodiscard]] bool enter_cage(std::uint64_t answer_bytes_max);

}  // namespace noseon
