#include "fleet/pull/journal_room.h"

#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "base/journal_room.h"
#include "base/json.h"
#include "base/json_fields.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kStatusBytesMax = 1U << 20U;

std::optional<std::uint64_t> said_by_player(const fs::path& run) {
  const auto text = read_file(run / kPlayerStatusFile, kStatusBytesMax);
  if (!text) return std::nullopt;
  const auto status = parse_json(*text);
  if (!status || !status->is_object()) return std::nullopt;
  const auto* const journal = JsonFields(*status).object("journal");
  return journal == nullptr ? std::nullopt : JsonFields(*journal).number("keep_free");
}

// False where there is no journal, or it is known to be on another disk.
bool shares_disk(const JournalPlaces& places) {
  if (places.journal.empty()) return false;
  struct stat journal {};
  struct stat store {};
  if (::stat(places.journal.c_str(), &journal) != 0) return errno != ENOENT && errno != ENOTDIR;
  return ::stat(places.store.c_str(), &store) != 0 || journal.st_dev == store.st_dev;
}

}  // namespace

std::uint64_t bytes_for_journal(const JournalPlaces& places) {
  if (!shares_disk(places)) return 0;
  auto missing = journal_room_missing(places.journal);
  if (!missing) missing = said_by_player(places.run);
  return std::min(missing.value_or(kReserveBytes), kReserveBytes);
}

}  // namespace noseon
