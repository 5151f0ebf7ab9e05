// How regular the fades were: a histogram of the time from one frame to the next, and of the work
// in each. Fixed size; adding costs nothing worth naming.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace noseon {

/// Times, to half a millisecond up to 100 ms.
class TimeHistogram {
 public:
  void add(std::chrono::nanoseconds time);
  [[nodiscard]] std::uint64_t count() const { return count_; }
  [[nodiscard]] std::chrono::nanoseconds sum() const { return sum_; }
  [[nodiscard]] std::chrono::nanoseconds longest() const { return longest_; }
  /// In milliseconds: that part of the times is no longer, 0 to 1. Up to half a millisecond more
  /// than exact, never more than the longest; 0 without any.
  [[nodiscard]] double quantile(double part) const;
  /// How many are from `low` to less than `high` milliseconds, whole ones; a `high` of 100 and more
  /// is all that are longer.
  [[nodiscard]] std::uint64_t between(int low, int high) const;

 private:
  static constexpr std::size_t kHalves = 200;
  std::array<std::uint64_t, kHalves + 1> halves_{};  // the last: longer than all others
  std::uint64_t count_ = 0;
  std::chrono::nanoseconds sum_{0};
  std::chrono::nanoseconds longest_{0};
};

class FrameTimes {
 public:
  /// A frame of a fade: what it took to draw and hand over, and how long after the frame before it
  /// (zero for the first frame of a fade, which has none before).
  void add(std::chrono::nanoseconds work, std::chrono::nanoseconds since_last);
  /// Frames that were due while another was being drawn; they are never made up for.
  void drop(std::uint64_t frames) { dropped_ += frames; }
  /// A fade that ran its length.
  void end_fade() { ++fades_; }

  [[nodiscard]] std::uint64_t frames() const { return work_.count(); }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }
  /// Frames a second while fading; 0 before the second frame.
  [[nodiscard]] double rate() const;
  /// One line of the report's table: how many took, or came within, `from` to less than the next
  /// line's milliseconds.
  struct Row {
    int from_ms;
    std::uint64_t work;
    std::uint64_t gaps;
  };
  [[nodiscard]] std::vector<Row> rows() const;
  /// Both histograms and what they come to, as a table for a person.
  [[nodiscard]] std::string report() const;

 private:
  TimeHistogram work_;
  TimeHistogram gaps_;
  std::uint64_t dropped_ = 0;
  std::uint64_t fades_ = 0;
};

}  // namespace noseon
