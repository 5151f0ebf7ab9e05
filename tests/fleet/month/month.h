// A month of a fleet in minutes: displays on the road, one repository, and everything that goes
// wrong between them, as events in simulated time. One seed is one month: the same events, in the
// same order, with the same outcome (`trace`).
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "tests/fleet/month/bus.h"

namespace noseon::month {

struct Plan {
  std::uint64_t seed = 1;
  int buses = 30;
  int days = 30;  ///< the last 30 hours without new faults: then all is right
  Bug bug = Bug::none;
  std::function<void(int day)> begun{};  ///< told of each day, the first is 1
};

struct Outcome {
  std::uint64_t steps = 0;
  std::uint64_t trace = 0;  ///< hash of all that happened
  std::string wrong;        ///< what, when, on which display, and its last events; empty: nothing
  Tally tally;              ///< of all displays together
  std::uint64_t releases = 0;
  std::uint64_t alerts = 0;          ///< urgent items
  std::uint64_t alerts_awaited = 0;  ///< displays that were to show one in time, and did
  std::uint64_t harms = 0;           ///< answers of the malicious mirror
  std::uint64_t failures = 0;        ///< transfers that failed
  std::uint64_t lies = 0;            ///< starts with a wrong clock
  std::uint64_t sticks = 0;
  std::uint64_t rollbacks = 0, withdrawals = 0, trials = 0, key_changes = 0;

  /// Of the faults that were injected.
  [[nodiscard]] std::uint64_t faults() const;
};

/// `folder`: an empty one, best in memory.
[[nodiscard]] Outcome run_month(const Plan& plan, const std::filesystem::path& folder);

/// What was tried, in a few lines.
[[nodiscard]] std::string to_string(const Outcome& outcome);

}  // namespace noseon::month
