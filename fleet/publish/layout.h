// Where the files of a repository lie, and the steps of writing them. Private to fleet/publish/.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace noseon {

/// "metadata/7.city.json"
[[nodiscard]] std::filesystem::path role_path(const std::filesystem::path& repository,
                                              std::string_view role, std::int64_t version);
[[nodiscard]] std::filesystem::path timestamp_path(const std::filesystem::path& repository);

}  // namespace noseon
