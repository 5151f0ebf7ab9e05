#include "player/frame_times.h"

#include <fmt/format.h>

namespace noseon {

void FrameTimes::count(Histogram& histogram, std::chrono::nanoseconds time) {
  std::size_t bucket = 0;
  while (bucket < kBounds.size() && time >= std::chrono::milliseconds{kBounds[bucket]}) ++bucket;
  ++histogram[bucket];
}

void FrameTimes::add(std::chrono::nanoseconds work, std::chrono::nanoseconds since_last) {
  ++frames_;
  count(work_, work);
  work_sum_ += work;
  if (since_last.count() == 0) return;
  ++gap_count_;
  gap_sum_ += since_last;
  count(gaps_, since_last);
}

double FrameTimes::rate() const {
  if (gap_count_ == 0) return 0;
  return static_cast<double>(gap_count_) / std::chrono::duration<double>(gap_sum_).count();
}

std::string FrameTimes::report() const {
  const double work_ms = frames_ == 0
                             ? 0
                             : std::chrono::duration<double, std::milli>(work_sum_).count() /
                                   static_cast<double>(frames_);
  std::string text = fmt::format(
      "fades {}, frames {}, dropped {}, {:.1f} frames/s, {:.2f} ms of work a frame\n"
      "   ms        work   frame to frame\n",
      fades_, frames_, dropped_, rate(), work_ms);
  for (std::size_t i = 0; i < work_.size(); ++i) {
    const int low = i == 0 ? 0 : kBounds[i - 1];
    const std::string high = i == kBounds.size() ? "  " : fmt::format("{:2}", kBounds[i]);
    text += fmt::format("  {:2}-{} {:9} {:12}\n", low, high, work_[i], gaps_[i]);
  }
  return text;
}

}  // namespace noseon
