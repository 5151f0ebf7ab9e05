// A damaged database that makes room for a new one under another name, its log (-wal) and the log's
// index (-shm) with it, so that it can be read as it is. Nothing is deleted.
#pragma once

#include <filesystem>
#include <optional>

#include "base/result.h"
#include "base/time.h"

namespace noseon {

/// "plays.db.corrupt-20270224T230000Z", or that with a number: a name that nothing has, since a
/// clock that lies may give the same time twice.
[[nodiscard]] std::filesystem::path free_name(const std::filesystem::path& file, Instant time);

/// All that there is of `file`, on the disk under its new name. A power cut leaves the database
/// under either name or both, and never its log alone under the new one. disk, denied.
[[nodiscard]] Status move_aside(const std::filesystem::path& file,
                                const std::filesystem::path& aside);

/// Where a log that such a cut left behind belongs: to the newest that was set aside, if that lacks
/// one, else under a name of its own. Nothing where no log lies without its database.
[[nodiscard]] std::optional<std::filesystem::path> place_of_log_alone(
    const std::filesystem::path& file, Instant time);

}  // namespace noseon
