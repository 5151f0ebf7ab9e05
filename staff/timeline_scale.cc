#include "staff/timeline_scale.h"

#include <algorithm>
#include <map>

#include "base/check.h"
#include "staff/range.h"

namespace noseon {
namespace {

constexpr std::chrono::days kDay{1};

// `length` scaled by part/whole, rounded; in 64 bits.
int scaled(std::int64_t length, Millis part, Millis whole) {
  return static_cast<int>((length * part.count() + whole.count() / 2) / whole.count());
}

}  // namespace

TimeScale::TimeScale(Span range, const Zone& zone, int left, int width)
    : range_(range),
      zone_(zone),
      left_(left),
      width_(width),
      has_day_columns_(days_touched(range, zone) > kDaysInARowMax) {
  CHECK(range.from < range.until);
  const Day first = zone.day_of(range.from);
  const auto count = static_cast<int>(days_touched(range, zone));
  for (int i = 0; i < count; ++i) {
    const Day day = first + i * kDay;
    if (has_day_columns_) {
      days_.push_back({day, left + width * i / count, left + width * (i + 1) / count});
    } else {
      days_.push_back({day, x_of(zone.start_of(day)), x_of(zone.start_of(day + kDay))});
    }
  }
}

int TimeScale::x_of(Instant at) const {
  const Instant inside = std::clamp(at, range_.from, range_.until);
  return left_ + scaled(width_, inside - range_.from, range_.until - range_.from);
}

Rect TimeScale::bar_in_column(std::size_t column, Span part, int top, int height) const {
  const DayBand& band = days_[column];
  const Instant start = zone_.start_of(band.day);
  const Millis day = zone_.start_of(band.day + kDay) - start;
  const int from = std::min(scaled(height, part.from - start, day), height - 1);
  const int until = std::max(scaled(height, part.until - start, day), from + 1);
  return {band.left, top + from, std::max(1, band.right - band.left), until - from};
}

std::vector<Rect> TimeScale::bars(const std::vector<Span>& spans, int top, int height) const {
  std::vector<Rect> bars;
  std::map<std::pair<int, int>, std::size_t> last;  // by top and height
  const auto add = [&](const Rect& bar) {
    const auto [same, is_new] = last.try_emplace({bar.y, bar.height}, bars.size());
    if (!is_new && bars[same->second].x + bars[same->second].width >= bar.x) {
      bars[same->second].width = bar.x + bar.width - bars[same->second].x;
      return;
    }
    same->second = bars.size();
    bars.push_back(bar);
  };
  for (const Span& span : spans) {
    const Span part{std::max(span.from, range_.from), std::min(span.until, range_.until)};
    if (part.from >= part.until) continue;
    if (!has_day_columns_) {
      const int x = x_of(part.from);
      add({x, top, std::max(1, x_of(part.until) - x), height});
      continue;
    }
    for (Instant at = part.from; at < part.until;) {
      const Day day = zone_.day_of(at);
      const Instant until = std::min(part.until, zone_.start_of(day + kDay));
      add(bar_in_column(static_cast<std::size_t>((day - days_.front().day).count()), {at, until},
                        top, height));
      at = until;
    }
  }
  return bars;
}

}  // namespace noseon
