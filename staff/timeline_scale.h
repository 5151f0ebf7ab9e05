// Where time lies on a timeline. A range of up to ten days runs from left to right. A longer one is
// a column for each civil day, in which time runs from the first instant of the day at the top to
// its last at the foot.
#pragma once

#include <vector>

#include "base/geometry.h"
#include "base/time.h"
#include "base/zone.h"

namespace noseon {

/// Borrows the zone.
class TimeScale {
 public:
  struct DayBand {
    Day day;
    int left;   ///< pixels
    int right;  ///< past the last
  };

  /// REQUIRES: a range that is not empty.
  TimeScale(Span range, const Zone& zone, int left, int width);

  [[nodiscard]] bool has_day_columns() const { return has_day_columns_; }
  [[nodiscard]] const std::vector<DayBand>& days() const { return days_; }
  [[nodiscard]] int left() const { return left_; }
  [[nodiscard]] int width() const { return width_; }

  /// Where an instant lies between left and right. REQUIRES: no day columns.
  [[nodiscard]] int x_of(Instant at) const;

  /// Spans as rectangles in a row that is `top` to `top + height`: clipped to the range, none
  /// thinner than a pixel, those of days in a row that are alike joined. REQUIRES: ascending.
  [[nodiscard]] std::vector<Rect> bars(const std::vector<Span>& spans, int top, int height) const;

 private:
  [[nodiscard]] Rect bar_in_column(std::size_t column, Span part, int top, int height) const;

  Span range_;
  const Zone& zone_;
  int left_;
  int width_;
  bool has_day_columns_;
  std::vector<DayBand> days_;
};

/// A longer range is drawn in columns of days.
inline constexpr std::size_t kDaysInARowMax = 10;

}  // namespace noseon
