// Rows older than 400 days leave the journal for files of their own, which end with a checkpoint
// that was made when they were young, signed anew to say where the file begins. Nothing is dropped:
// the files stay until somebody has taken them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "player/journal/database.h"
#include "player/journal/device_key.h"

namespace noseon {

inline constexpr std::chrono::days kKeptInJournal{400};
/// Rows in one file, so that making it takes a bounded memory.
inline constexpr std::size_t kArchiveRowsMax = 20'000;

/// Writes the oldest rows of the journal, up to a checkpoint, to FOLDER/plays-FIRST-LAST.sealed
/// (itself a journal; where another stands there, plays-FIRST-LAST-2.sealed) and says what is to be
/// replaced by it; nothing where no checkpoint is old enough. A row is old if its play began more
/// than 400 days before `now`; only rows with a trusted clock count, those between two old ones go
/// with them. REQUIRES: `now` is trusted.
[[nodiscard]] Result<std::optional<ArchiveNote>> archive_oldest(
    const JournalFile& journal, const DeviceKey& key, const std::filesystem::path& folder,
    Instant now, std::size_t rows_max = kArchiveRowsMax);

}  // namespace noseon
