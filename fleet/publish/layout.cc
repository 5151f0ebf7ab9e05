#include "fleet/publish/layout.h"

#include <fmt/format.h>

#include "fleet/trust/metadata.h"

namespace noseon {

namespace fs = std::filesystem;

fs::path role_path(const fs::path& repository, std::string_view role, std::int64_t version) {
  return repository / "metadata" / fmt::format("{}.{}.json", version, encode_role_name(role));
}

fs::path timestamp_path(const fs::path& repository) {
  return repository / "metadata" / "timestamp.json";
}

}  // namespace noseon
