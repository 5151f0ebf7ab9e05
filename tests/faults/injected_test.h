// What the tests of kills and failing calls share: each fault is put into a run on a fresh copy of
// what was there before, and must be seen to have happened.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "tests/faults/injection.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/summary.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {

#ifdef NOSEON_SANITIZED
inline constexpr std::size_t kTriesQuick = 40;
#else
inline constexpr std::size_t kTriesQuick = 100;
#endif

class InjectedTest : public testing::Test {
 protected:
  /// What runs, on `root_`.
  virtual std::vector<std::string> command() = 0;
  /// What is wrong with `root_` after it, and after one more run. `exit_code` -1: it was killed.
  virtual std::optional<std::string> wrong_with(const std::string& said, int exit_code) = 0;

  /// Each fault at each call that has to do with `root_`: all in the long form, else some, by
  /// chance. `name`: of the report's line.
  void expect_survived(std::string_view name, const std::vector<std::string>& faults) {
    std::size_t injected = 0;
    std::size_t proven = 0;
    std::size_t survived = 0;
    for (const Try& tried : chosen(tries_of(faults))) {
      ++injected;
      const Outcome outcome = outcome_of(tried);
      if (outcome.is_proven) ++proven;
      if (!outcome.wrong) ++survived;
      EXPECT_FALSE(outcome.wrong) << tried.fault << " at " << tried.point.call << " number "
                                  << tried.point.number << ": " << *outcome.wrong;
    }
    say_survived(name, injected, proven, survived);
    say_proven(name, injected, proven, kProvenPercentLeast);
    if (name.starts_with("errors")) {
      say_measured(name, "longest run", longest_run_.count(), "ms", Bound::at_most,
                   kDeadline.count());
    }
    EXPECT_GE(proven * 100, injected * kProvenPercentLeast)
        << "of those chosen many never happened";
  }

  /// The same of a command with a bug: one of the faults shows it.
  void expect_found(std::string_view name, const std::vector<std::string>& faults) {
    std::string wrong;
    for (const Try& tried : chosen(tries_of(faults))) {
      const Outcome outcome = outcome_of(tried);
      if (!outcome.is_proven || !outcome.wrong) continue;
      wrong = *outcome.wrong;
      std::cout << "  planted, and found: " << wrong << '\n';
      break;
    }
    say_planted(name, 1, wrong.empty() ? 0 : 1);
    EXPECT_NE(wrong, "") << "the bug was not found";
  }

  MemoryFolder folder_;
  std::filesystem::path before_ = folder_ / "before";  ///< filled by the test
  std::filesystem::path root_ = folder_ / "store";

 private:
  static constexpr Millis kDeadline{5'000};
  // A temporary's name, or a thread that comes too late: a call may not be there in the next run.
  static constexpr std::size_t kProvenPercentLeast = 98;

  struct Try {
    FaultPoint point;
    std::string fault;
  };
  struct Outcome {
    bool is_proven = false;
    std::optional<std::string> wrong;
  };

  void copy_afresh() {
    namespace fs = std::filesystem;
    fs::remove_all(root_);
    fs::copy(before_, root_, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  }

  std::vector<Try> tries_of(const std::vector<std::string>& faults) {
    copy_afresh();
    const auto points = points_of(root_, command(), Millis(60'000));
    EXPECT_TRUE(points) << points.error().message;
    std::vector<Try> tries;
    for (const FaultPoint& point : points.value_or(std::vector<FaultPoint>())) {
      for (const std::string& fault : faults) tries.push_back({point, fault});
    }
    EXPECT_GT(tries.size(), 100U);
    return tries;
  }

  std::vector<Try> chosen(std::vector<Try> tries) const {
    std::cout << "  seed " << seed_ << ", " << tries.size() << " points\n";
    std::mt19937_64 random(seed_);
    std::shuffle(tries.begin(), tries.end(), random);
    if (!is_long_run() && tries.size() > kTriesQuick) tries.resize(kTriesQuick);
    return tries;
  }

  Outcome outcome_of(const Try& tried) {
    copy_afresh();
    const auto injected = inject(tried.point, tried.fault, command(), kDeadline);
    if (!injected) return {false, injected.error().message};
    const TracedRun& run = injected->run;
    longest_run_ = std::max(longest_run_, run.took);
    const bool is_kill = tried.fault == "signal=KILL";
    if (!run.is_over_in_time) return {injected->has_happened, "hung"};
    if (run.signal != 0 && !is_kill) {
      return {injected->has_happened, fmt::format("crashed by signal {}", run.signal)};
    }
    if (run.exit_code > 1) {
      return {injected->has_happened, fmt::format("ended with {}", run.exit_code)};
    }
    return {injected->has_happened, wrong_with(injected->said, run.exit_code)};
  }

  std::uint64_t seed_ = seed_of_run();
  Millis longest_run_{};
};

}  // namespace noseon::faults
