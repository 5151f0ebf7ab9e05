// What a program did to one folder, from the first call to the last.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "tests/faults/disk.h"
#include "tests/faults/strace.h"
#include "tests/faults/trace.h"

namespace noseon::faults {

/// What a program says by its exit code: the last thing in each recording.
inline constexpr std::string_view kEndedWell = "exit 0\n";

struct Recording {
  Disk before;
  std::vector<DiskCall> calls;
};

/// Runs `command` and writes down what it does to `folder`, where it is left as it ends; beside it,
/// a write to descriptor 1 or 2 is something said. Names of commands and folders from the top
/// (`/`). Fails where the program does, and where it uses a call that the model does not have:
/// nothing is passed over.
[[nodiscard]] Result<Recording> record(const std::filesystem::path& folder,
                                       const std::vector<std::string>& command,
                                       const Patience& patience);

/// The same of a trace that is there.
[[nodiscard]] Result<std::vector<DiskCall>> calls_on(const Disk& before,
                                                     const std::filesystem::path& folder,
                                                     const std::vector<TracedCall>& trace);

// ---- Planted bugs: what a program with that bug would have done --------------------------------

using Calls = std::vector<DiskCall>;
/// No call of these kinds whose path begins with `path`.
[[nodiscard]] Calls without(const Calls& calls, const std::set<DiskCall::Kind>& kinds,
                            std::string_view path = "");
/// No call of that kind whose path is `path`.
[[nodiscard]] Calls without_exactly(const Calls& calls, DiskCall::Kind kind, std::string_view path);
inline const std::set<DiskCall::Kind> kSyncs = {
    DiskCall::Kind::sync_file, DiskCall::Kind::sync_folder, DiskCall::Kind::sync_all};
/// A file is given its name before it is synced.
[[nodiscard]] Calls renamed_before_synced(const Calls& calls);
/// Whatever is said after the last rename to `name` is said at once, before anything is synced.
[[nodiscard]] Calls said_too_early(const Calls& calls, std::string_view name);

}  // namespace noseon::faults
