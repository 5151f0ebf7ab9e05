// What the parts of a timeline share: measures, colours, and the list they draw on. Private to
// timeline*.cc.
#pragma once

#include "staff/timeline.h"
#include "staff/timeline_scale.h"

namespace noseon::timeline {

inline constexpr int kMargin = 48;
inline constexpr int kLabelWidth = 372;
inline constexpr int kSharesWidth = 196;
inline constexpr int kChartLeft = kMargin + kLabelWidth;
inline constexpr int kChartWidth = kTimelineWidth - 2 * kMargin - kLabelWidth - kSharesWidth;
inline constexpr int kChartRight = kChartLeft + kChartWidth;
inline constexpr int kRight = kTimelineWidth - kMargin;

inline constexpr Color kPaper{0xff, 0xff, 0xff};
inline constexpr Color kInk{0x1f, 0x24, 0x2b};
inline constexpr Color kFaintInk{0x66, 0x6d, 0x78};
inline constexpr Color kRule{0xe2, 0xe4, 0xe8};
inline constexpr Color kStrongRule{0xb4, 0xb9, 0xc2};
inline constexpr Color kWeekend{0xf3, 0xf4, 0xf6};
inline constexpr Color kHoliday{0xfa, 0xe7, 0xe1};
inline constexpr Color kUrgent{0x9c, 0x2f, 0x2f};
inline constexpr Color kTakeover{0x2f, 0x38, 0x46};
inline constexpr Color kNormal{0x93, 0xa1, 0xb4};
inline constexpr Color kFillerInk{0x9a, 0xa3, 0xb0};
inline constexpr Color kFillerPaper{0xf7, 0xf8, 0xfa};
inline constexpr Color kCardInk{0xc8, 0x6a, 0x3c};
inline constexpr Color kCardPaper{0xfd, 0xf1, 0xe8};

/// The hue of a campaign, by its place in the playlist; seven, then from the start again.
[[nodiscard]] Color hue_of(std::size_t campaign);
[[nodiscard]] Color pale(Color color);

/// Shapes as they come.
class Canvas {
 public:
  void fill(const Rect& area, Color color, const std::string& title = {});
  void fill_all(const std::vector<Rect>& areas, Color color, const std::string& title);
  void hatch_all(const std::vector<Rect>& areas, Color ink, Color paper, const std::string& title);
  void line(Point from, Point to, Color color);
  void frame(const Rect& area, Color color);
  /// Cut to the width of its box.
  void label(LabelShape label);

  [[nodiscard]] std::vector<Shape> take() { return std::move(shapes_); }

 private:
  std::vector<Shape> shapes_;
};

/// Weekends and holidays, under the rows.
void draw_days(Canvas& canvas, const TimeScale& scale, const std::vector<HolidaysPtr>& calendars,
               int top, int bottom);
/// Where a month begins, or a day of a range of few, over the bars of a row.
void draw_day_lines(Canvas& canvas, const TimeScale& scale, int top, int bottom);
/// The hours of the axis, faint, under the bars of a row; nothing in columns of days.
void draw_hour_lines(Canvas& canvas, const TimeScale& scale, const Zone& zone, int top, int bottom);

/// Months, days and hours along the top; kAxisHeight high.
void draw_axis(Canvas& canvas, const TimeScale& scale, const Zone& zone, int top);
inline constexpr int kAxisHeight = 56;

/// What the colours mean, from `top` down; `hue` is the example's.
void draw_legend(Canvas& canvas, const TimeScale& scale, Color hue, int top);
[[nodiscard]] int legend_height(const TimeScale& scale);

}  // namespace noseon::timeline
