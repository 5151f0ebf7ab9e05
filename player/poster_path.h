// Where a poster's path may lead: into its campaign's folder, nowhere else. Private to player/.
#pragma once

#include <filesystem>

namespace noseon {

/// False where symbolic links, or ".." in its path, lead the file out of the folder. True where
/// that cannot be told (a loop of links, no permission): reading the file fails then.
[[nodiscard]] bool stays_inside(const std::filesystem::path& folder,
                                const std::filesystem::path& file);

}  // namespace noseon
