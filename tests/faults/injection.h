// Faults put into a program at one call: strace's inject, which fails a call or ends the program at
// it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "tests/faults/strace.h"

namespace noseon::faults {

/// The nth call of that name, counted from 1 from the start of the program.
struct FaultPoint {
  std::string call;
  std::size_t number = 0;
  std::string path{};  ///< where it is not empty, of the calls that have to do with this alone
};

/// Every call of a run of `command` that has to do with `folder`, which changes as the program does
/// it.
[[nodiscard]] Result<std::vector<FaultPoint>> points_of(const std::filesystem::path& folder,
                                                        const std::vector<std::string>& command,
                                                        Millis deadline);

/// The same of a program of many threads, each of which counts for itself, that is asked to end.
/// Paths are below `folder`. Left out is what has to do with a name that differs from run to run.
[[nodiscard]] Result<std::vector<FaultPoint>> points_by_path(
    const std::filesystem::path& folder, const std::vector<std::string>& command,
    const Patience& patience);

struct Injected {
  TracedRun run;
  bool has_happened = false;  ///< strace says so, or the signal ended the program
  std::string said;           ///< what the program said until then
};
/// `fault` as strace takes it: "error=EIO", "signal=KILL". A point with a path, which is a whole
/// one here, leaves nothing to be known of what was said.
[[nodiscard]] Result<Injected> inject(const FaultPoint& point, const std::string& fault,
                                      const std::vector<std::string>& command,
                                      const Patience& patience);

}  // namespace noseon::faults
