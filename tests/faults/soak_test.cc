// Weeks of the real player in minutes, with faults, and what it needed of the machine.
#include "tests/faults/soak.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <set>

#include "base/files.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/summary.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::minutes;
using ::testing::HasSubstr;

constexpr std::int64_t kGrowthMaxKb = 5 * 1024;
constexpr std::int64_t kPicturesMaxKb = 16 * 1024;
// AddressSanitizer keeps what was freed, so that memory says nothing there.
#ifdef NOSEON_SANITIZED
constexpr bool kJudgesMemory = false;
#else
constexpr bool kJudgesMemory = true;
#endif

// In a process with mounts of its own, so that the journal has a disk that can be full. What is
// wrong comes back as a text; empty: nothing.
std::string with_journal_disk(
    const std::function<std::string(const fs::path&, const std::optional<fs::path>&)>& body) {
  const MemoryFolder folder;
  fs::create_directory(folder / "small");
  fs::create_directory(folder / "bus");
  std::cout.flush();
  const pid_t child = ::fork();
  if (child == 0) {
    const bool is_mounted =
        ::unshare(CLONE_NEWNS) == 0 &&
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
        ::mount("small", (folder / "small").c_str(), "tmpfs", 0, "size=400m") == 0;
    if (!is_mounted) std::cout << "no file system can be mounted here: the disk does not fill\n";
    const std::string wrong =
        body(folder / "bus", is_mounted ? std::optional(folder / "small") : std::nullopt);
    std::cout.flush();
    std::ofstream(folder / "wrong") << wrong;
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return "the soak itself ended badly";
  return read_file(folder / "wrong", 1U << 20U).value_or("");
}

// All that is wrong with an outcome, in lines.
std::string judged(const SoakOutcome& outcome) {
  std::string wrong;
  for (const std::string& each : outcome.wrong) wrong += each + "\n";
  if (kJudgesMemory && outcome.growth_kb() > kGrowthMaxKb)
    wrong += fmt::format("memory grew by {} kB\n", outcome.growth_kb());
  std::set<std::int64_t> descriptors;
  std::set<std::int64_t> threads;
  for (const SoakSample& sample : outcome.samples) {
    descriptors.insert(sample.descriptors);
    threads.insert(sample.threads);
    if (sample.kept_kb > kPicturesMaxKb)
      wrong += fmt::format("{} kB of pictures are kept\n", sample.kept_kb);
  }
  if (descriptors.size() > 1)
    wrong += fmt::format("descriptors went from {} to {}\n", *descriptors.begin(),
                         *descriptors.rbegin());
  if (threads.size() > 1)
    wrong += fmt::format("threads went from {} to {}\n", *threads.begin(), *threads.rbegin());
  return wrong;
}

template <class Of>
std::int64_t spread(const SoakOutcome& outcome, const Of& of) {
  const auto [least, most] = std::ranges::minmax_element(outcome.samples, {}, of);
  return least == outcome.samples.end() ? 0 : of(*most) - of(*least);
}

void say_needs(const SoakOutcome& outcome) {
  if (outcome.samples.size() <= outcome.judged_from) return;  // none to compare it with
  if (kJudgesMemory) {
    say_measured("soak", "growth of memory", outcome.growth_kb(), "kB", Bound::at_most,
                 kGrowthMaxKb);
  }
  say_measured("soak", "more descriptors",
               spread(outcome, [](auto& day) { return day.descriptors; }), "descriptors",
               Bound::at_most, 0);
  say_measured("soak", "more threads", spread(outcome, [](auto& day) { return day.threads; }),
               "threads", Bound::at_most, 0);
}

std::string soaked(const SoakPlan& plan) {
  return with_journal_disk([&](const fs::path& folder, const std::optional<fs::path>& disk) {
    const auto begin = std::chrono::steady_clock::now();
    const SoakOutcome outcome = run_soak(plan, folder, disk);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << table_of(outcome)
              << fmt::format(
                     "{} plays compared, {} lost and counted, {} cut short by kills; {} of "
                     "{} faults proven; {:.1f} s\n",
                     outcome.plays, outcome.lost, outcome.cut_short, outcome.proven,
                     outcome.injected, took.count());
    std::string wrong = judged(outcome);
    for (const auto& [fault, times] : outcome.unproven)
      wrong += fmt::format("{} times nobody can tell that the fault was there: {}\n", times, fault);
    if (!wrong.empty())
      std::cout << read_file(folder / "log", 1U << 24U).value_or("").substr(0, 4'000);
    if (plan.bug.empty()) {
      say_survived("soak", outcome.injected, outcome.proven, wrong.empty() ? outcome.proven : 0);
      say_needs(outcome);
    }
    return wrong;
  });
}

TEST(Soak, PlaysForFourWeeksAsOnTheFirstDay) {
  SoakPlan plan{.seed = seed_of_run()};
  if (is_long_run()) {
    plan.full_disk_once = hours{14};
  } else {
    plan.days = 4;
    plan.day = minutes{40};
    plan.faults_a_day = 3;
    plan.full_disk = minutes{10};
  }
  std::cout << "seed " << plan.seed << "\n";
  EXPECT_EQ(soaked(plan), "");
}

TEST(Soak, LosesNothingThatItSaidWasOnTheDiskWhenItIsKilled) {
  SoakPlan plan{.seed = seed_of_run(), .days = 1, .day = minutes{30}, .faults_a_day = 2};
  plan.is_killed = true;
  if (is_long_run()) {
    plan.day = hours{24};
    plan.faults_a_day = 60;
  }
  std::cout << "seed " << plan.seed << "\n";
  EXPECT_EQ(soaked(plan), "");
}

// A bug a day, on days without faults, and what tells of it.
void expect_found(const std::string& bug, const std::string& by) {
  const std::string wrong =
      soaked({.seed = 1, .days = 8, .day = minutes{3}, .faults_a_day = 0, .bug = bug});
  say_planted("soak", 1, wrong.find(by) == std::string::npos ? 0 : 1);
  EXPECT_THAT(wrong, HasSubstr(by));
}

TEST(Soak, FindsADescriptorThatIsLostEachDay) {
  expect_found("descriptor", "descriptors went");
}
TEST(Soak, FindsAMegabyteThatIsLostEachDay) {
  if (!kJudgesMemory) GTEST_SKIP() << "with AddressSanitizer memory is not judged";
  expect_found("memory", "memory grew");
}
TEST(Soak, FindsAPlayThatIsNotWrittenDown) {
  expect_found("play", "on the glass was");
}
TEST(Soak, FindsAnItemThatTheScheduleDoesNotName) {
  expect_found("wrong-item", "than the schedule says");
}

}  // namespace
}  // namespace noseon::faults
