// parse_holidays: whatever it accepts has its years and days once, in order, and no day outside of
// its years.
#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "playlist/holidays.h"

namespace {

template <class T>
bool ascends(const std::vector<T>& values) {
  return std::adjacent_find(values.begin(), values.end(),
                            [](const T& a, const T& b) { return a >= b; }) == values.end();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto calendar = noseon::parse_holidays(text, "kr.toml");
  if (!calendar) {
    CHECK(calendar.error().message.starts_with("kr.toml"));
    return 0;
  }
  CHECK(ascends(calendar->years) && ascends(calendar->days));
  for (const noseon::Day day : calendar->days) {
    CHECK(calendar->covers(std::chrono::year_month_day(day).year()));
    CHECK(calendar->is_holiday(day));
  }
  return 0;
}
