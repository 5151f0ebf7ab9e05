#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/say.h"
#include "staff/timeline_parts.h"

namespace noseon::timeline {
namespace {

using std::chrono::days;
using std::chrono::year_month_day;

constexpr int kUpper = 30;  // of the axis; the rest is its lower line

bool is_holiday(const std::vector<HolidaysPtr>& calendars, Day day) {
  return std::any_of(calendars.begin(), calendars.end(),
                     [&](const HolidaysPtr& calendar) { return calendar->is_holiday(day); });
}

bool is_weekend(Day day) {
  const std::chrono::weekday weekday{day};
  return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

unsigned day_number(Day day) {
  return static_cast<unsigned>(year_month_day{day}.day());
}

std::string weekday_text(Day day) {
  const std::array names{say("Sun"), say("Mon"), say("Tue"), say("Wed"),
                         say("Thu"), say("Fri"), say("Sat")};
  return names.at(std::chrono::weekday{day}.c_encoding());
}

// "2027-02"
std::string month_text(Day day) {
  return to_string(day).substr(0, 7);
}

LabelShape axis_label(std::string text, Rect box, Align align, Weight weight) {
  return {std::move(text), box, 15, weight, align, weight == Weight::bold ? kInk : kFaintInk};
}

// ---- Columns of days --------------------------------------------------------------------------

void draw_months(Canvas& canvas, const TimeScale& scale, int top) {
  const auto& bands = scale.days();
  for (std::size_t i = 0; i < bands.size();) {
    std::size_t end = i;
    while (end < bands.size() && month_text(bands[end].day) == month_text(bands[i].day)) ++end;
    const int left = bands[i].left;
    const int width = bands[end - 1].right - left;
    constexpr int kRoom = 64;  // for "2027-02"
    if (width >= kRoom) {
      canvas.label(axis_label(month_text(bands[i].day), {left + 4, top, width - 4, kUpper},
                              Align::left, Weight::bold));
    }
    i = end;
  }
}

// Every day has a number where there is room, else Mondays, else three days of a month.
bool has_number(Day day, int column, int week) {
  constexpr int kNumberWidth = 22;
  constexpr int kGap = 4;
  if (column >= kNumberWidth) return true;
  if (week > kNumberWidth + kGap) return std::chrono::weekday{day} == std::chrono::Monday;
  const unsigned number = day_number(day);
  return number == 1 || number == 11 || number == 21;
}

void draw_day_numbers(Canvas& canvas, const TimeScale& scale, int top) {
  constexpr int kWithWeekday = 58;
  constexpr int kNumberWidth = 22;
  const int count = static_cast<int>(scale.days().size());
  const int column = scale.width() / count;
  for (const auto& [day, left, right] : scale.days()) {
    if (!has_number(day, column, scale.width() * 7 / count)) continue;
    std::string text = std::to_string(day_number(day));
    if (column >= kWithWeekday) text = fmt::format("{} {}", weekday_text(day), text);
    const int width = std::max(right - left, kNumberWidth);
    const Rect box{(left + right - width) / 2, top + kUpper, width, kAxisHeight - kUpper};
    canvas.label(axis_label(std::move(text), box, Align::center, Weight::regular));
  }
}

// ---- A range of days in a row -----------------------------------------------------------------

void draw_dates(Canvas& canvas, const TimeScale& scale, int top) {
  for (const auto& [day, left, right] : scale.days()) {
    const std::string text = fmt::format("{} {}", to_string(day), weekday_text(day));
    const std::string brief = fmt::format("{} {}", to_string(day).substr(5), weekday_text(day));
    const bool is_wide = estimated_width(text, 15) < right - left - 8;
    if (!is_wide && estimated_width(brief, 15) > right - left) continue;
    canvas.label(axis_label(is_wide ? text : brief, {left + 4, top, right - left, kUpper},
                            Align::left, Weight::bold));
  }
}

int hours_between_ticks(const TimeScale& scale) {
  constexpr int kTickWidth = 34;
  for (const int step : {1, 2, 3, 6, 12}) {
    if (scale.width() * step / static_cast<int>(scale.days().size()) / 24 >= kTickWidth)
      return step;
  }
  return 24;
}

// The hours that have a tick, inside the chart.
struct Tick {
  int hour;
  int x;
};

std::vector<Tick> ticks_of(const TimeScale& scale, const Zone& zone) {
  const int step = hours_between_ticks(scale);
  std::vector<Tick> ticks;
  for (const TimeScale::DayBand& band : scale.days()) {
    for (int hour = 0; hour < 24; hour += step) {
      const int x = scale.x_of(zone.instant_of(Civil{band.day} + std::chrono::hours{hour}));
      if (x > scale.left() && x < scale.left() + scale.width()) ticks.push_back({hour, x});
    }
  }
  return ticks;
}

void draw_hours(Canvas& canvas, const TimeScale& scale, const Zone& zone, int top) {
  for (const auto& [hour, x] : ticks_of(scale, zone)) {
    canvas.line({x, top + kAxisHeight - 6}, {x, top + kAxisHeight}, kStrongRule);
    canvas.label(axis_label(std::to_string(hour), {x - 16, top + kUpper - 4, 32, 22}, Align::center,
                            Weight::regular));
  }
}

}  // namespace

void draw_days(Canvas& canvas, const TimeScale& scale, const std::vector<HolidaysPtr>& calendars,
               int top, int bottom) {
  for (const auto& [day, left, right] : scale.days()) {
    const Rect area{left, top, right - left, bottom - top};
    if (is_holiday(calendars, day)) {
      canvas.fill(area, kHoliday);
    } else if (is_weekend(day)) {
      canvas.fill(area, kWeekend);
    }
  }
}

void draw_day_lines(Canvas& canvas, const TimeScale& scale, int top, int bottom) {
  for (const TimeScale::DayBand& band : scale.days()) {
    if (band.left <= scale.left()) continue;
    if (scale.has_day_columns() && day_number(band.day) != 1) continue;
    canvas.line({band.left, top}, {band.left, bottom - 1}, kStrongRule);
  }
}

void draw_hour_lines(Canvas& canvas, const TimeScale& scale, const Zone& zone, int top,
                     int bottom) {
  if (scale.has_day_columns()) return;
  for (const Tick& tick : ticks_of(scale, zone))
    canvas.line({tick.x, top}, {tick.x, bottom - 1}, kRule);
}

void draw_axis(Canvas& canvas, const TimeScale& scale, const Zone& zone, int top) {
  if (scale.has_day_columns()) {
    draw_months(canvas, scale, top);
    draw_day_numbers(canvas, scale, top);
  } else {
    draw_dates(canvas, scale, top);
    draw_hours(canvas, scale, zone, top);
  }
  canvas.line({kMargin, top + kAxisHeight}, {kRight - 1, top + kAxisHeight}, kStrongRule);
}

}  // namespace noseon::timeline
