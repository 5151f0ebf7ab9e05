// Where a poster's path may lead: into its campaign's folder, nowhere else. Private to player/.
#pragma once

#include <filesystem>
#include <string_view>

namespace noseon {

/// Relative and without "..", so that it names a file below the folder it is taken from.
[[nodiscard]] bool has_plain_path(std::string_view poster);

/// False where symbolic links lead the file out of the folder. True where that cannot be told
/// (a loop of links, no permission): reading the file fails then.
[[nodiscard]] bool stays_inside(const std::filesystem::path& folder,
                                const std::filesystem::path& file);

}  // namespace noseon
