// Public holidays, as data that is shipped: one file a calendar in playlist/holidays/, which says
// where its days come from and how sure they are. Pure.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace noseon {

/// The public holidays of the years that it covers; a year that is missing has none.
struct HolidayCalendar {
  std::string id;                        ///< "kr"
  std::vector<std::chrono::year> years;  ///< ascending
  std::vector<Day> days;                 ///< ascending; all of them in `years`

  [[nodiscard]] bool covers(std::chrono::year year) const;
  [[nodiscard]] bool is_holiday(Day day) const;
};

using HolidaysPtr = std::shared_ptr<const HolidayCalendar>;

/// Reads one calendar file. Errors (bad_format) name file and line: an unknown key, a day that is
/// no day, outside of its year, or out of order, a year out of order.
[[nodiscard]] Result<HolidayCalendar> parse_holidays(std::string_view toml, std::string_view file);

/// The calendar that is shipped under this id, or null. Thread-safe.
[[nodiscard]] HolidaysPtr holidays_of(std::string_view id);
/// The ids of all that are shipped.
[[nodiscard]] std::vector<std::string> holiday_calendars();

}  // namespace noseon
