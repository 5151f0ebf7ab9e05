// The child's side of the picture file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace noseon {

/// As pread(2) on the picture's descriptor, until `into` is full or the file ends. The number of
/// bytes, or -1 where the disk refuses.
[[nodiscard]] std::ptrdiff_t read_picture(std::span<char> into, std::uint64_t at);

/// How long it is; 0 where that cannot be known. Before the cage: it asks the kernel.
[[nodiscard]] std::int64_t picture_bytes();

/// Its first `bytes`, mapped, for as long as the process lives: nothing is copied, and what is a
/// sealed memfd costs no memory. Nothing where the kernel refuses. A file that gets shorter
/// meanwhile ends the process by SIGBUS. REQUIRES: it has so many; `bytes` > 0.
[[nodiscard]] std::optional<std::string_view> map_picture(std::uint64_t bytes);

}  // namespace noseon
