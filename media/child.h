// One helper process: started with nothing but two descriptors, watched by a deadline, always
// reaped. Private to media/.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

#include "base/handle.h"
#include "base/result.h"
#include "base/time.h"
#include "media/program.h"

namespace noseon {

/// Owns a running child and its process group. Destroyed before it was waited for, it kills and
/// reaps. Movable, not copyable. One thread at a time.
///
/// REQUIRES of the process it runs in: SIGCHLD is not ignored, and nobody waits for any child.
class Child {
 public:
  /// `input` becomes its descriptor 3 and `output` its descriptor 4; 0 to 2 are /dev/null, all
  /// others are closed, the environment is empty, signals are at their defaults. Errors:
  /// unavailable.
  [[nodiscard]] static Result<Child> start(const CagedProgram& program,
                                           const std::vector<std::string>& arguments,
                                           const Fd& input, const Fd& output);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  /// Until it ended with status 0. Killed at the deadline, with all of its group. Errors:
  /// out_of_time (by the deadline or its limit of CPU time), crashed (a signal or another status),
  /// unavailable (the loader could not start it).
  [[nodiscard]] Status wait_until(Steady deadline);

 private:
  Child(pid_t pid, const char* name) : pid_(pid), name_(name) {}
  [[nodiscard]] bool ends_before(Steady deadline) const;
  /// Kills whatever is left of the group, then reaps. The wait status, or nothing if somebody else
  /// reaped it.
  [[nodiscard]] Result<int> finish();

  pid_t pid_ = -1;  ///< -1 once reaped
  const char* name_;
  Fd pidfd_;
};

}  // namespace noseon
