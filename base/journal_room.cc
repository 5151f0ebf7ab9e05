#include "base/journal_room.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace noseon {

std::optional<std::uint64_t> allocated_bytes(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) {
    if (errno == ENOENT) return 0;
    return std::nullopt;
  }
  const auto blocks = static_cast<std::uint64_t>(facts.st_blocks) * 512U;
  return std::min(blocks, static_cast<std::uint64_t>(facts.st_size));
}

std::optional<std::uint64_t> journal_room_missing(const std::filesystem::path& folder) {
  const auto have = allocated_bytes(folder / kReserveFile);
  if (!have) return std::nullopt;
  return kReserveBytes - std::min(kReserveBytes, *have);
}

}  // namespace noseon
