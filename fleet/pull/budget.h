// How many bytes a day has cost, over metered links. Survives restarts; a power cut forgets the
// last half minute at most.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "base/time.h"

namespace noseon {

/// Days are UTC's. One thread.
class DayBudget {
 public:
  /// What is written in `file` is taken up, if it can be read.
  DayBudget(std::filesystem::path file, std::optional<std::uint64_t> bytes_a_day);

  void add(std::uint64_t bytes, Instant now);
  /// Nothing: there is no limit.
  [[nodiscard]] std::optional<std::uint64_t> left(Instant now) const;
  [[nodiscard]] std::uint64_t spent(Instant now) const;
  [[nodiscard]] std::optional<std::uint64_t> bytes_a_day() const { return bytes_a_day_; }
  /// Writes it down; a disk that refuses is no reason to fetch less, or more.
  void save() const;

 private:
  std::filesystem::path file_;
  std::optional<std::uint64_t> bytes_a_day_;
  std::chrono::sys_days day_{};
  std::uint64_t bytes_ = 0;
};

}  // namespace noseon
