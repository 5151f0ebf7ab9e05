// Running a program under strace, with a deadline.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace noseon::faults {

struct TracedRun {
  bool is_over_in_time = false;  ///< else it was ended, with all that it had started
  int exit_code = -1;            ///< -1 where a signal ended it
  int signal = 0;                ///< that ended it; 0 is none
  std::string log;               ///< what strace wrote
  Millis took{};                 ///< from its start to its end
  Millis took_to_end{};          ///< from when it was asked to end, if it was
};

/// How long a program runs.
struct Patience {
  Millis deadline;                       ///< then it is killed, and has hung
  std::optional<Millis> asked_to_end{};  ///< one that goes on for ever gets SIGTERM then

  // One that ends by itself.
  Patience(Millis until) : deadline(until) {}  // NOLINT(google-explicit-constructor)
  Patience(Millis until, Millis term) : deadline(until), asked_to_end(term) {}
};

/// `options` go before the command: {"-e", "trace=fsync"}. Every process of the program is
/// followed, paths of descriptors are written out. What it says goes to /dev/null. unavailable: no
/// strace.
[[nodiscard]] Result<TracedRun> run_under_strace(const std::vector<std::string>& options,
                                                 const std::vector<std::string>& command,
                                                 const Patience& patience);

/// Without strace; no log.
[[nodiscard]] TracedRun run_program(const std::vector<std::string>& command,
                                    const Patience& patience);

/// Under strace, with every call that changes a disk written out with all its bytes.
[[nodiscard]] Result<TracedRun> record_calls(const std::vector<std::string>& command,
                                             const Patience& patience);

}  // namespace noseon::faults
