// The store when its writer is killed, or the disk refuses one call of it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <random>

#include "tests/faults/injection.h"
#include "tests/faults/memory_folder.h"
#include "tests/faults/pretend_release.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWriter = NOSEON_BIN_DIR "/store_writer";
constexpr Millis kDeadline{5'000};
#ifdef NOSEON_SANITIZED
constexpr std::size_t kTriesQuick = 40;
#else
constexpr std::size_t kTriesQuick = 150;
#endif

struct Try {
  FaultPoint point;
  std::string fault;
};

struct Outcome {
  std::size_t injected = 0;
  std::size_t proven = 0;    ///< of them did happen
  std::size_t survived = 0;  ///< of those left a store that is right
};

class InjectedStore : public testing::Test {
 protected:
  InjectedStore() {
    Store store = Store::open(before_).value();
    EXPECT_TRUE(pull_release(store, 1, [](const std::string&) {}));
  }

  fs::path fresh_copy() {
    fs::remove_all(root_);
    fs::copy(before_, root_, fs::copy_options::recursive | fs::copy_options::copy_symlinks);
    return root_;
  }
  std::vector<std::string> command() { return {kWriter, root_.string(), "2"}; }

  std::vector<FaultPoint> points() {
    fresh_copy();
    const auto points = points_of(root_, command(), Millis(20'000));
    EXPECT_TRUE(points) << points.error().message;
    EXPECT_GT(points->size(), 100U);
    return *points;
  }
  // All of them in the long form, else some, and each call that there is at least once.
  std::vector<Try> chosen(std::vector<Try> tries) {
    std::cout << "  seed " << seed_ << ", " << tries.size() << " points\n";
    std::mt19937_64 random(seed_);
    std::shuffle(tries.begin(), tries.end(), random);
    if (!is_long_run() && tries.size() > kTriesQuick) tries.resize(kTriesQuick);
    return tries;
  }

  // What is wrong after it, if anything.
  std::optional<std::string> wrong_after(const Try& tried, Outcome& outcome) {
    fresh_copy();
    const auto injected = inject(tried.point, tried.fault, command(), kDeadline);
    if (!injected) return injected.error().message;
    ++outcome.injected;
    if (!injected->has_happened) return std::nullopt;
    ++outcome.proven;
    const TracedRun& run = injected->run;
    if (!run.is_over_in_time) return "hung";
    if (run.signal != 0 && tried.fault != "signal=KILL") {
      return fmt::format("crashed by signal {}", run.signal);
    }
    if (run.exit_code > 1) return fmt::format("ended with {}", run.exit_code);
    const int least = run.exit_code == 0 ? 2 : 1;
    auto wrong = wrong_with_store(root_, injected->said, least, 2);
    if (!wrong) ++outcome.survived;
    return wrong;
  }

  void expect_survived(const std::vector<Try>& tries) {
    Outcome outcome;
    for (const Try& tried : chosen(tries)) {
      const auto wrong = wrong_after(tried, outcome);
      EXPECT_FALSE(wrong) << tried.fault << " at " << tried.point.call << " number "
                          << tried.point.number << ": " << *wrong;
    }
    std::cout << fmt::format("  {} faults injected, {} proven, {} survived\n", outcome.injected,
                             outcome.proven, outcome.survived);
    EXPECT_EQ(outcome.proven, outcome.injected);
    EXPECT_EQ(outcome.survived, outcome.proven);
  }

  MemoryFolder folder_;
  fs::path before_ = folder_ / "before";
  fs::path root_ = folder_ / "store";
  std::uint64_t seed_ = seed_of_run();
};

TEST_F(InjectedStore, IsOneReleaseOrTheOtherWhereverItsWriterIsKilled) {
  std::vector<Try> tries;
  for (const FaultPoint& point : points()) tries.push_back({point, "signal=KILL"});
  expect_survived(tries);
}

TEST_F(InjectedStore, IsOneReleaseOrTheOtherWhicheverCallFails) {
  std::vector<Try> tries;
  for (const FaultPoint& point : points()) {
    for (const char* error : {"EIO", "ENOSPC", "EROFS", "EMFILE", "ENOMEM", "EINTR"}) {
      tries.push_back({point, std::string("error=") + error});
    }
  }
  expect_survived(tries);
}

}  // namespace
}  // namespace noseon::faults
