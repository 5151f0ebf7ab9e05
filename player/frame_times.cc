#include "player/frame_times.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace noseon {
namespace {

using std::chrono::nanoseconds;

constexpr nanoseconds kHalf = std::chrono::microseconds{500};
constexpr std::array<int, 12> kRows{0, 1, 2, 4, 8, 12, 16, 17, 18, 20, 25, 34};  // ms
constexpr int kLongest = 100;

double in_ms(nanoseconds time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

std::string quantiles(std::string_view name, const TimeHistogram& times) {
  return fmt::format("  {:14} {:7.1f} {:7.1f} {:7.1f} {:8.2f}\n", name, times.quantile(0.5),
                     times.quantile(0.99), times.quantile(0.999), in_ms(times.longest()));
}

}  // namespace

void TimeHistogram::add(nanoseconds time) {
  const auto half = static_cast<std::size_t>(std::max(time, nanoseconds{0}) / kHalf);
  ++halves_[std::min(half, kHalves)];
  ++count_;
  sum_ += time;
  longest_ = std::max(longest_, time);
}

double TimeHistogram::quantile(double part) const {
  CHECK(part >= 0 && part <= 1);
  const auto rank = static_cast<std::uint64_t>(std::ceil(part * static_cast<double>(count_)));
  std::uint64_t below = 0;
  for (std::size_t half = 0; half < kHalves; ++half) {
    below += halves_[half];
    if (below >= rank) return std::min(in_ms((half + 1) * kHalf), in_ms(longest_));
  }
  return in_ms(longest_);
}

std::uint64_t TimeHistogram::between(int low, int high) const {
  const auto half_of = [](int ms) { return std::min(static_cast<std::size_t>(ms) * 2, kHalves); };
  const std::size_t end = high >= kLongest ? kHalves + 1 : half_of(high);
  std::uint64_t sum = 0;
  for (std::size_t half = half_of(low); half < end; ++half) sum += halves_[half];
  return sum;
}

void FrameTimes::add(nanoseconds work, nanoseconds since_last) {
  work_.add(work);
  if (since_last.count() != 0) gaps_.add(since_last);
}

double FrameTimes::rate() const {
  if (gaps_.count() == 0) return 0;
  return static_cast<double>(gaps_.count()) / std::chrono::duration<double>(gaps_.sum()).count();
}

std::string FrameTimes::report() const {
  const double work_ms = frames() == 0 ? 0 : in_ms(work_.sum()) / static_cast<double>(frames());
  std::string text = fmt::format(
      "fades {}, frames {}, dropped {}, {:.1f} frames/s, {:.2f} ms of work a frame\n"
      "   ms             median    99 %  99.9 %  longest\n",
      fades_, frames(), dropped_, rate(), work_ms);
  text += quantiles("work", work_) + quantiles("frame to frame", gaps_);
  text += "   ms        work   frame to frame\n";
  const std::vector<Row> all = rows();
  for (std::size_t row = 0; row < all.size(); ++row) {
    const std::string high = row + 1 == all.size() ? "" : std::to_string(all[row + 1].from_ms);
    text += fmt::format("  {:2}-{:2} {:9} {:12}\n", all[row].from_ms, high, all[row].work,
                        all[row].gaps);
  }
  return text;
}

std::vector<FrameTimes::Row> FrameTimes::rows() const {
  std::vector<Row> all;
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    const int high = row + 1 == kRows.size() ? kLongest : kRows[row + 1];
    all.push_back({kRows[row], work_.between(kRows[row], high), gaps_.between(kRows[row], high)});
  }
  return all;
}

}  // namespace noseon
