// How regular the fades were: a histogram of the time from one frame to the next, and of the work
// in each. Fixed size; adding costs nothing worth naming.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>

namespace noseon {

class FrameTimes {
 public:
  /// A frame of a fade: what it took to draw and hand over, and how long after the frame before it
  /// (zero for the first frame of a fade, which has none before).
  void add(std::chrono::nanoseconds work, std::chrono::nanoseconds since_last);
  /// Frames that were due while another was being drawn; they are never made up for.
  void drop(std::uint64_t frames) { dropped_ += frames; }
  /// A fade that ran its length.
  void end_fade() { ++fades_; }

  [[nodiscard]] std::uint64_t frames() const { return frames_; }
  [[nodiscard]] std::uint64_t dropped() const { return dropped_; }
  /// Frames a second while fading; 0 before the second frame.
  [[nodiscard]] double rate() const;
  /// Two histograms as a table for a person.
  [[nodiscard]] std::string report() const;

 private:
  static constexpr std::array<int, 9> kBounds{1, 2, 4, 8, 12, 17, 25, 34, 67};  // ms
  using Histogram = std::array<std::uint64_t, kBounds.size() + 1>;
  static void count(Histogram& histogram, std::chrono::nanoseconds time);

  Histogram work_{};
  Histogram gaps_{};
  std::uint64_t frames_ = 0;
  std::uint64_t dropped_ = 0;
  std::uint64_t fades_ = 0;
  std::uint64_t gap_count_ = 0;
  std::chrono::nanoseconds gap_sum_{0};
  std::chrono::nanoseconds work_sum_{0};
};

}  // namespace noseon
