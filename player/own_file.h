// The small files in which the player keeps what it must not forget: accepted.json, crashes.json,
// time.json.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.h"

namespace noseon {

/// As read_file(). A disk that refuses once does not say that what is there is bad: it is asked
/// anew at once, three times more. Who still gets ErrorKind::disk leaves the file as it is.
[[nodiscard]] Result<std::string> read_own_file(const std::filesystem::path& file,
                                                std::uint64_t bytes_max);

}  // namespace noseon
