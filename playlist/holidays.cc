#include "playlist/holidays.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/check.h"
#include "base/say.h"
#include "playlist/fields.h"
#include "playlist/holidays_data.h"
#include "playlist/toml.h"

namespace noseon {
namespace {

constexpr std::size_t kCalendarBytesMax = 1U << 20U;
constexpr std::array<std::string_view, 3> kCertaintyWords{"past", "published", "computed"};

void read_day(const TomlValue& value, std::chrono::year year, HolidayCalendar& calendar,
              Reporter& reporter) {
  const TomlTable* table = value.table();
  if (table == nullptr) {
    reporter.error(value.place, "wrong-type", say("a holiday is a table"),
                   say("write {{ on = 2027-01-01, name = \"...\" }}"));
    return;
  }
  Fields fields(*table, value.place, say("the holiday"), reporter);
  static_cast<void>(fields.required_text("name", say("name it")));
  const TomlMember* on = fields.find("on");
  fields.finish();
  const Day* day = on == nullptr ? nullptr : std::get_if<Day>(&on->value.value);
  if (day == nullptr || std::chrono::year_month_day{*day}.year() != year) {
    reporter.error(value.place, "bad-day", say("\"on\" is no day of its year"),
                   say("write on = 2027-01-01"));
  } else if (!calendar.days.empty() && *day <= calendar.days.back()) {
    reporter.error(value.place, "bad-day", say("the day does not come after the one before it"),
                   say("put the days in order, each once"));
  } else {
    calendar.days.push_back(*day);
  }
}

void read_year(const TomlValue& value, HolidayCalendar& calendar, Reporter& reporter) {
  const TomlTable* table = value.table();
  if (table == nullptr) {
    reporter.error(value.place, "wrong-type", say("a year is a table"),
                   say("write it under [[year]]"));
    return;
  }
  Fields fields(*table, value.place, say("the year"), reporter);
  const auto number = fields.integer("number", 1900, 2999);
  static_cast<void>(fields.word("certainty", kCertaintyWords));
  const TomlMember* days = fields.find("days");
  fields.finish();
  const TomlArray* array = days == nullptr ? nullptr : days->value.array();
  if (!number || array == nullptr) {
    reporter.error(value.place, "missing-key", say("a year needs \"number\" and \"days\""),
                   say("write number = 2027 and days = [...]"));
    return;
  }
  const std::chrono::year year{static_cast<int>(*number)};
  if (!calendar.years.empty() && year <= calendar.years.back()) {
    reporter.error(value.place, "bad-year", say("the year does not come after the one before it"),
                   say("put the years in order, each once"));
    return;
  }
  calendar.years.push_back(year);
  for (const TomlValue& day : *array) read_day(day, year, calendar, reporter);
}

HolidaysPtr shipped(const char* toml, std::string_view file) {
  auto calendar = parse_holidays(toml, file);
  CHECK(calendar);
  return std::make_shared<const HolidayCalendar>(*std::move(calendar));
}

const std::vector<HolidaysPtr>& all_shipped() {
  static const std::vector<HolidaysPtr> all{shipped(holidays_kr_toml, "kr.toml")};
  return all;
}

}  // namespace

bool HolidayCalendar::covers(std::chrono::year year) const {
  return std::binary_search(years.begin(), years.end(), year);
}

bool HolidayCalendar::is_holiday(Day day) const {
  return std::binary_search(days.begin(), days.end(), day);
}

Result<HolidayCalendar> parse_holidays(std::string_view toml, std::string_view file) {
  ParsedToml parsed = parse_toml(toml, file, kCalendarBytesMax);
  Reporter reporter(file);
  reporter.add(std::move(parsed.findings));
  HolidayCalendar calendar;
  if (parsed.is_good) {
    Fields fields(parsed.table, {1, 1}, say("the calendar"), reporter);
    if (const auto id = fields.required_text("id", say("write id = \"kr\"")))
      calendar.id = id->text;
    static_cast<void>(fields.required_text("title", say("name the calendar")));
    const TomlMember* years = fields.find("year");
    fields.finish();
    if (const TomlArray* array = years == nullptr ? nullptr : years->value.array())
      for (const TomlValue& year : *array) read_year(year, calendar, reporter);
  }
  const Findings findings = reporter.take();
  if (!findings.empty()) return fail(ErrorKind::bad_format, to_string(findings.front()));
  return calendar;
}

HolidaysPtr holidays_of(std::string_view id) {
  const auto& all = all_shipped();
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const HolidaysPtr& calendar) { return calendar->id == id; });
  return found == all.end() ? nullptr : *found;
}

std::vector<std::string> holiday_calendars() {
  std::vector<std::string> ids;
  std::transform(all_shipped().begin(), all_shipped().end(), std::back_inserter(ids),
                 [](const HolidaysPtr& calendar) { return calendar->id; });
  return ids;
}

}  // namespace noseon
