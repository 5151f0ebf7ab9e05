// What the tests of power cuts share: a folder in memory, cuts by the seed of the run, and what was
// tried printed.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <string>

#include "tests/faults/memory_folder.h"
#include "tests/faults/power_cut.h"
#include "tests/faults/summary.h"
#include "tests/support/long_run.h"
#include "tests/support/seed.h"

namespace noseon::faults {

// With sanitizers each disk takes ten times as long.
#ifdef NOSEON_SANITIZED
inline constexpr std::size_t kRandomDisks = 10;
inline constexpr std::size_t kDisksLeast = 60;
#else
inline constexpr std::size_t kRandomDisks = 150;
inline constexpr std::size_t kDisksLeast = 400;
#endif

// The others are disks on which all had been synced, or all came there anyway.
inline constexpr std::size_t kLostPercentLeast = 25;

class PowerCutTest : public testing::Test {
 protected:
  /// What the power was cut of, as the report has it.
  explicit PowerCutTest(std::string name) : name_(std::move(name)) {}
  ~PowerCutTest() override {
    if (planted_ > 0) say_planted(name_, planted_, found_);
  }

  /// The whole disk is watched: making the folders that are worked in is part of what is tried.
  [[nodiscard]] Recording recorded(const std::vector<std::string>& command,
                                   const Patience& patience = Millis(60'000)) const {
    auto recording = record(folder_.path(), command, patience);
    EXPECT_TRUE(recording) << recording.error().message;
    return recording ? *std::move(recording) : Recording();
  }

  /// `disks_least`: fewer would try next to nothing. `random_disks`: after each call, of the quick
  /// form.
  void expect_right(const Recording& recording, const Judge& judge,
                    std::size_t disks_least = kDisksLeast,
                    std::size_t random_disks = kRandomDisks) {
    std::cout << "  seed " << seed_ << '\n';
    if (is_long_run()) random_disks *= 10U;
    const Tally tally = cut(recording, recording.calls, judge, {seed_, random_disks, Until::end});
    say_survived(name_, tally.disks, tally.lost, tally.disks - tally.bad);
    say_proven(name_, tally.disks, tally.lost, kLostPercentLeast);
    EXPECT_EQ(tally.bad, 0U) << tally.first_bad;
    EXPECT_GE(tally.disks, disks_least);
    EXPECT_GE(tally.lost * 100, tally.disks * kLostPercentLeast)
        << "many disks should have lost something";
  }

  void expect_found(const Recording& recording, const Calls& calls, const Judge& judge,
                    const char* bug) {
    std::cout << "  planted: " << bug << '\n';
    const Tally tally = cut(recording, calls, judge, {seed_, 10, Until::first_bad});
    ++planted_;
    if (tally.bad > 0) ++found_;
    EXPECT_GT(tally.bad, 0U) << bug << " was not found";
  }

  MemoryFolder folder_;

 private:
  static Tally cut(const Recording& recording, const Calls& calls, const Judge& judge,
                   const Cuts& cuts) {
    const auto begin = std::chrono::steady_clock::now();
    const auto tally = cut_power(recording.before, calls, judge, cuts);
    EXPECT_TRUE(tally) << tally.error().message;
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    std::cout << fmt::format("  {}; {:.1f} s\n", to_string(tally.value_or(Tally())), took.count());
    return tally.value_or(Tally());
  }

  std::string name_;
  std::size_t planted_ = 0;
  std::size_t found_ = 0;
  std::uint64_t seed_ = seed_of_run();
};

}  // namespace noseon::faults
