#include "base/time.h"

#include <fmt/format.h>

#include <charconv>

namespace noseon {
namespace {

using namespace std::chrono;

// Takes exactly `digits` decimal digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take_char(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<Day> take_day(std::string_view& text) {
  const auto y = take_number(text, 4);
  if (!y || !take_char(text, '-')) return std::nullopt;
  const auto m = take_number(text, 2);
  if (!m || !take_char(text, '-')) return std::nullopt;
  const auto d = take_number(text, 2);
  if (!d) return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)},
                            day{static_cast<unsigned>(*d)}};
  if (*y < 1 || !date.ok()) return std::nullopt;
  return Day{local_days{date}};
}

// "ss" and up to three decimals.
std::optional<Millis> take_seconds(std::string_view& text) {
  const auto whole = take_number(text, 2);
  if (!whole || *whole > 59) return std::nullopt;
  Millis time = seconds{*whole};
  if (!take_char(text, '.')) return time;
  Millis digit{100};
  bool any = false;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9' && digit.count() > 0) {
    time += digit * (text.front() - '0');
    digit /= 10;
    text.remove_prefix(1);
    any = true;
  }
  return any ? std::optional(time) : std::nullopt;
}

// "hh:mm[:ss[.mmm]]"
std::optional<Millis> take_time(std::string_view& text) {
  const auto h = take_number(text, 2);
  if (!h || *h > 23 || !take_char(text, ':')) return std::nullopt;
  const auto m = take_number(text, 2);
  if (!m || *m > 59) return std::nullopt;
  const Millis time = hours{*h} + minutes{*m};
  if (!take_char(text, ':')) return time;
  const auto s = take_seconds(text);
  if (!s) return std::nullopt;
  return time + *s;
}

// 'Z' or "+09:00".
std::optional<seconds> take_offset(std::string_view& text) {
  if (take_char(text, 'Z') || take_char(text, 'z')) return seconds{0};
  const bool behind = take_char(text, '-');
  if (!behind && !take_char(text, '+')) return std::nullopt;
  const auto h = take_number(text, 2);
  if (!h || *h > 23 || !take_char(text, ':')) return std::nullopt;
  const auto m = take_number(text, 2);
  if (!m || *m > 59) return std::nullopt;
  const seconds offset = hours{*h} + minutes{*m};
  return behind ? -offset : offset;
}

std::optional<Civil> take_civil(std::string_view& text) {
  const auto date = take_day(text);
  if (!date) return std::nullopt;
  if (text.empty()) return Civil{*date};
  if (!take_char(text, ' ') && !take_char(text, 'T') && !take_char(text, 't')) return std::nullopt;
  const auto time = take_time(text);
  if (!time) return std::nullopt;
  return Civil{*date} + *time;
}

struct Fields {
  year_month_day date;
  hh_mm_ss<Millis> time;
};

Fields fields_of(Civil civil) {
  const Day date = to_day(civil);
  return {year_month_day{date}, hh_mm_ss<Millis>{civil - date}};
}

std::string date_text(const year_month_day& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string time_text(const hh_mm_ss<Millis>& time) {
  return fmt::format("{:02}:{:02}:{:02}", time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

}  // namespace

std::string to_string(Day date) {
  return date_text(year_month_day{date});
}

std::string to_string(Civil civil) {
  const Fields fields = fields_of(civil);
  std::string text = date_text(fields.date) + " " + time_text(fields.time);
  if (const auto ms = fields.time.subseconds().count(); ms != 0) text += fmt::format(".{:03}", ms);
  return text;
}

std::string in_utc(Instant instant) {
  return to_string(Civil{std::chrono::floor<seconds>(instant).time_since_epoch()}) + " UTC";
}

std::string to_rfc3339(Instant instant, seconds offset) {
  // RFC 3339 has no seconds in an offset; the few that had any (before 1972) are cut to minutes.
  const auto whole = duration_cast<minutes>(offset);
  const Fields fields = fields_of(Civil{instant.time_since_epoch()} + whole);
  const auto size = whole < minutes{0} ? -whole : whole;
  return fmt::format("{}T{}.{:03}{}{:02}:{:02}", date_text(fields.date), time_text(fields.time),
                     fields.time.subseconds().count(), whole < minutes{0} ? '-' : '+',
                     size.count() / 60, size.count() % 60);
}

std::optional<Day> parse_day(std::string_view text) {
  const auto date = take_day(text);
  return text.empty() ? date : std::nullopt;
}

std::optional<Civil> parse_civil(std::string_view text) {
  const auto civil = take_civil(text);
  return text.empty() ? civil : std::nullopt;
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  const auto civil = take_civil(text);
  if (!civil || text.empty()) return std::nullopt;
  const auto offset = take_offset(text);
  if (!offset || !text.empty()) return std::nullopt;
  return Instant{civil->time_since_epoch()} - *offset;
}

}  // namespace noseon
