#include "playlist/days.h"

#include <algorithm>

namespace noseon {
namespace {

using namespace std::chrono;

constexpr month_day kLeapDay = February / 29;

Day on(year y, month_day written) {
  return Day{local_days{y / written.month() / written.day()}};
}

Day start_in(year y, const Yearly& yearly) {
  if (yearly.first == kLeapDay && !y.is_leap()) return on(y, March / 1);
  return on(y, yearly.first);
}

Day end_in(year y, const Yearly& yearly) {
  if (yearly.last == kLeapDay && !y.is_leap()) return on(y, February / 28);
  return on(y, yearly.last);
}

bool wraps(const Yearly& yearly) {
  return yearly.last < yearly.first;
}

}  // namespace

bool contains(const Yearly& yearly, Day day) {
  const year y = year_month_day{day}.year();
  const bool started = day >= start_in(y, yearly);
  const bool not_ended = day <= end_in(y, yearly);
  return wraps(yearly) ? started || not_ended : started && not_ended;
}

bool contains(const DayWindow& window, Day day) {
  if (window.from && day < *window.from) return false;
  if (window.until && day > *window.until) return false;
  return !window.yearly || contains(*window.yearly, day);
}

std::optional<DaySpan> occurrence(const Yearly& yearly, year y) {
  const DaySpan span{start_in(y, yearly), end_in(wraps(yearly) ? y + years{1} : y, yearly)};
  if (span.last < span.first) return std::nullopt;
  return span;
}

bool matches(const DayPattern& pattern, Day day, const HolidaysPtr& holidays) {
  if (pattern.mentions_holidays() && holidays && holidays->is_holiday(day)) return pattern.holidays;
  const weekday of_week{sys_days{day.time_since_epoch()}};
  return pattern.weekdays[of_week.c_encoding()];
}

bool mentions_holidays(const Daypart& daypart) {
  return std::any_of(daypart.entries.begin(), daypart.entries.end(),
                     [](const DaypartEntry& entry) { return entry.days.mentions_holidays(); });
}

bool chooses(const Campaign& campaign, const Item& item, Day day) {
  return contains(campaign.window, day) && contains(item.window, day) &&
         (!item.days || matches(*item.days, day, campaign.holidays));
}

std::optional<Day> next_chosen(const Campaign& campaign, const Item& item, Day from) {
  Day day = from;
  Day last = from + kDaysAhead;
  for (const DayWindow* window : {&campaign.window, &item.window}) {
    if (window->from) day = std::max(day, *window->from);
    if (window->until) last = std::min(last, *window->until);
  }
  for (; day <= last; day += days{1}) {
    if (chooses(campaign, item, day)) return day;
  }
  return std::nullopt;
}

std::optional<Day> previous_chosen(const Campaign& campaign, const Item& item, Day from) {
  Day day = from;
  Day first = from - kDaysAhead;
  for (const DayWindow* window : {&campaign.window, &item.window}) {
    if (window->from) first = std::max(first, *window->from);
    if (window->until) day = std::min(day, *window->until);
  }
  for (; day >= first; day -= days{1}) {
    if (chooses(campaign, item, day)) return day;
  }
  return std::nullopt;
}

}  // namespace noseon
