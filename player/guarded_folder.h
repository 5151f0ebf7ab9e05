// An unsigned folder, read by a player that counts its crashes (crashes.h). A folder has no release
// before it, so what it holds stands for one: once something in it is written, it is another.
#pragma once

#include <filesystem>

#include "player/crashes.h"
#include "player/source.h"

namespace noseon {

/// The names, sizes and times of what is in a folder, as far down as campaigns go; at most 10,000.
[[nodiscard]] Sha256 state_of(const std::filesystem::path& folder);

/// Reads as reader_of() does; on the last rung, as long as the folder is the one that was crashed
/// on, nothing, so that the built-in card shows. `crashes` may be null.
[[nodiscard]] std::function<LoadedFolder()> guarded_reader_of(FolderAndDisplay source,
                                                              Crashes* crashes);

}  // namespace noseon
