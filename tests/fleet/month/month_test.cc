// A month of a fleet, from a seed.
#include "tests/fleet/month/month.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <iostream>

#include "tests/faults/memory_folder.h"
#include "tests/faults/summary.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::month {
namespace {

using ::testing::HasSubstr;

// What the displays say on stderr is theirs.
class Quiet {
 public:
  Quiet() : before_(::dup(2)) {
    const Fd nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    ::dup2(nowhere.get(), 2);
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;
  ~Quiet() {
    ::dup2(before_, 2);
    ::close(before_);
  }

 private:
  int before_;
};

Outcome outcome_of(const Plan& plan) {
  const faults::MemoryFolder folder;
  const Quiet quiet;
  return run_month(plan, folder.path());
}

Plan plan_of_run(std::uint64_t seed) {
  if (is_long_run())
    return {.seed = seed, .buses = 30, .days = 30, .begun = [](int day) {
              std::cout << fmt::format("day {} of 30\n", day) << std::flush;
            }};
  return {.seed = seed, .buses = 3, .days = 3};
}

TEST(FleetMonth, ShowsNothingWrongWhateverHappensAndComesRightInTheEnd) {
  const std::uint64_t seed = seed_of_run();
  std::cout << "seed " << seed << "\n";
  const auto begin = std::chrono::steady_clock::now();
  const Outcome outcome = outcome_of(plan_of_run(seed));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  std::cout << to_string(outcome) << fmt::format("{:.1f} s\n", took.count());
  EXPECT_EQ(outcome.wrong, "");
  EXPECT_GT(outcome.tally.cuts_open, 0U);
  EXPECT_GT(outcome.harms, 0U);
  EXPECT_GT(outcome.lies, 0U);
  faults::say_survived("month", outcome.faults(), outcome.faults(),
                       outcome.wrong.empty() ? outcome.faults() : 0);
}

TEST(FleetMonth, IsTheSameForTheSameSeed) {
  const Plan plan{.seed = seed_of_run(), .buses = 2, .days = 2};
  const Outcome once = outcome_of(plan);
  const Outcome again = outcome_of(plan);
  EXPECT_EQ(once.trace, again.trace) << "seed " << plan.seed;
  EXPECT_EQ(once.steps, again.steps);
  EXPECT_NE(once.trace, outcome_of({.seed = plan.seed + 1, .buses = 1, .days = 2}).trace);
}

// A month with this bug goes red, on the first seed that meets it, of a few.
void expect_found(Bug bug, const std::string& by) {
  std::string wrong = "not found out";
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Outcome outcome = outcome_of({.seed = seed, .buses = 3, .days = 2, .bug = bug});
    if (outcome.wrong.empty()) continue;
    wrong = outcome.wrong;
    break;
  }
  faults::say_planted("month", 1, wrong.find(by) == std::string::npos ? 0 : 1);
  EXPECT_THAT(wrong, HasSubstr(by));
}

TEST(FleetMonth, FindsADisplayThatSaysItIsOnTheDiskBeforeItIs) {
  expect_found(Bug::syncs_nothing, "power cut");
}
TEST(FleetMonth, FindsADisplayThatForgetsWhatItAccepted) {
  expect_found(Bug::forgets_versions, "went back");
}
TEST(FleetMonth, FindsADisplayThatMakesAReleaseCurrentBeforeItIsWhole) {
  expect_found(Bug::points_first, "lacks");
}
TEST(FleetMonth, FindsADisplayThatDoesNotHashItsPictures) {
  expect_found(Bug::trusts_files, "bytes that nobody signed");
}
TEST(FleetMonth, FindsAPlayThatTheJournalWasNotTold) {
  expect_found(Bug::plays_unseen, "is not in the journal");
}

}  // namespace
}  // namespace noseon::month
