// What the journal asks of the disk besides its database.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/result.h"

namespace noseon {

/// An errno of a file as an Error for people; its kind is denied or disk.
[[nodiscard]] Error disk_error(int error, const std::filesystem::path& file);

/// All of `bytes`, and on the disk. `file` is for the message.
[[nodiscard]] Status write_and_sync(int fd, std::string_view bytes,
                                    const std::filesystem::path& file);

/// The names in the folder that `file` is in are on the disk.
[[nodiscard]] Status sync_folder_of(const std::filesystem::path& file);

}  // namespace noseon
