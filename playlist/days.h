// Civil days: windows and patterns of weekdays. Pure arithmetic on the calendar; no zone.
#pragma once

#include <optional>

#include "playlist/model.h"

namespace noseon {

/// Is `day` inside, all bounds AND-ed? 29 February as written means 28 February in common years as
/// an end and 1 March as a start; `yearly` wraps the year's end if its days as written do.
[[nodiscard]] bool contains(const DayWindow& window, Day day);
[[nodiscard]] bool contains(const Yearly& yearly, Day day);

/// One stretch of days, both ends included.
struct DaySpan {
  Day first;
  Day last;
};

/// The occurrence of `yearly` whose first day lies in `year`; nothing where it has no day then.
[[nodiscard]] std::optional<DaySpan> occurrence(const Yearly& yearly, std::chrono::year year);

/// Does the pattern choose `day`? Without a calendar, or in a year it lacks, no day is a holiday.
[[nodiscard]] bool matches(const DayPattern& pattern, Day day, const HolidaysPtr& holidays);

/// Does any entry of the daypart ask for holidays, or for other days?
[[nodiscard]] bool mentions_holidays(const Daypart& daypart);

/// Campaign window, item window and the item's days together.
[[nodiscard]] bool chooses(const Campaign& campaign, const Item& item, Day day);

/// The first chosen day >= `from`, at most `kDaysAhead` later; the last chosen day <= `from`
/// likewise.
[[nodiscard]] std::optional<Day> next_chosen(const Campaign& campaign, const Item& item, Day from);
[[nodiscard]] std::optional<Day> previous_chosen(const Campaign& campaign, const Item& item,
                                                 Day from);

/// Ten years: how far changes are looked for.
inline constexpr std::chrono::days kDaysAhead{3653};

}  // namespace noseon
