#include "playlist/patterns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/say.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> kWeekdays = {"sun", "mon", "tue", "wed",
                                                       "thu", "fri", "sat"};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_letter(char c) {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

// Two digits at `at`.
std::optional<unsigned> two_digits(std::string_view text, std::size_t at) {
  if (text.size() < at + 2 || !is_digit(text[at]) || !is_digit(text[at + 1])) return std::nullopt;
  return static_cast<unsigned>(text[at] - '0') * 10 + static_cast<unsigned>(text[at + 1] - '0');
}

// "MM-DD"; 29 February is a day here.
Result<month_day> parse_month_day(std::string_view text) {
  const auto m = two_digits(text, 0);
  const auto d = two_digits(text, 3);
  if (text.size() != 5 || text[2] != '-' || !m || !d) {
    return fail(ErrorKind::bad_format,
                say("\"{}\" is no month and day; write MM-DD, for example 02-28", text));
  }
  const month_day written = month{*m} / day{*d};
  if (!written.ok()) {
    return fail(
        ErrorKind::bad_format,
        say("the day {} does not exist; write a day of the calendar, for example 02-28", text));
  }
  return written;
}

constexpr Millis kNoHour{-1};

// "HH:MM", up to 24:00.
std::optional<Millis> parse_hour(std::string_view text) {
  const auto h = two_digits(text, 0);
  const auto m = two_digits(text, 3);
  if (text.size() != 5 || text[2] != ':' || !h || !m || *m > 59) return std::nullopt;
  const Millis time = hours{*h} + minutes{*m};
  return time <= hours{24} ? std::optional(time) : std::nullopt;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::optional<std::size_t> weekday_of(std::string_view name) {
  const auto found = std::find(kWeekdays.begin(), kWeekdays.end(), name);
  if (found == kWeekdays.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kWeekdays.begin());
}

// "mon" or "fri-mon"; false for anything else.
bool add_weekdays(std::string_view token, DayPattern& pattern) {
  const std::size_t dash = token.find('-');
  const auto first = weekday_of(token.substr(0, dash));
  const auto last = dash == std::string_view::npos ? first : weekday_of(token.substr(dash + 1));
  if (!first || !last) return false;
  for (std::size_t at = *first;; at = (at + 1) % 7) {
    pattern.weekdays[at] = true;
    if (at == *last) return true;
  }
}

// The chosen days from Monday on: "mon-fri", "sun".
std::vector<std::string> runs_of(const DayPattern& pattern) {
  const auto name = [](std::size_t from_monday) {
    return std::string(kWeekdays.at((from_monday + 1) % 7));
  };
  const auto is_chosen = [&](std::size_t from_monday) {
    return from_monday < 7 && pattern.weekdays.at((from_monday + 1) % 7);
  };
  std::vector<std::string> runs;
  for (std::size_t day = 0; day < 7; ++day) {
    if (!is_chosen(day)) continue;
    const std::size_t first = day;
    while (is_chosen(day + 1)) ++day;
    runs.push_back(day == first ? name(day) : name(first) + "-" + name(day));
  }
  return runs;
}

Error bad_days(std::string_view token) {
  const std::vector<std::string> words = {"daily", "holiday", "-holiday", "mon", "tue",
                                          "wed",   "thu",     "fri",      "sat", "sun"};
  return {ErrorKind::bad_format,
          say("\"{}\" is no day; {}", token,
              suggestion(token, words, say("write for example \"mon-fri,-holiday\"")))};
}

}  // namespace

Result<Yearly> parse_yearly(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return fail(ErrorKind::bad_format,
                say("\"{}\" is no yearly window; write \"MM-DD/MM-DD\", for example "
                    "\"02-01/03-31\"",
                    text));
  }
  ASSIGN_OR_RETURN(const month_day first, parse_month_day(text.substr(0, slash)));
  ASSIGN_OR_RETURN(const month_day last, parse_month_day(text.substr(slash + 1)));
  return Yearly{first, last};
}

Result<DayPattern> parse_day_pattern(std::string_view text) {
  DayPattern pattern;
  pattern.weekdays.fill(false);
  bool any_day = false;
  for (std::string_view rest = text;;) {
    const std::size_t comma = rest.find(',');
    const std::string_view token = trim(rest.substr(0, comma));
    if (token == "-holiday") {
      pattern.not_holidays = true;
    } else if (token == "holiday") {
      pattern.holidays = any_day = true;
    } else if (token == "daily") {
      pattern.weekdays.fill(true);
      any_day = true;
    } else if (add_weekdays(token, pattern)) {
      any_day = true;
    } else {
      return fail(bad_days(token));
    }
    if (comma == std::string_view::npos) break;
    rest = rest.substr(comma + 1);
  }
  if (pattern.holidays && pattern.not_holidays) {
    return fail(ErrorKind::bad_format,
                say("\"holiday\" and \"-holiday\" exclude each other; keep one"));
  }
  if (!any_day) pattern.weekdays.fill(true);  // "-holiday" alone: every day but holidays
  return pattern;
}

Result<Hours> parse_hours(std::string_view text) {
  const std::size_t dash = text.find('-');
  const std::string_view last = dash == std::string_view::npos ? "" : text.substr(dash + 1);
  const Millis start = parse_hour(trim(text.substr(0, dash))).value_or(kNoHour);
  const Millis end = parse_hour(trim(last)).value_or(kNoHour);
  if (start == kNoHour || end == kNoHour || start >= hours{24}) {
    return fail(ErrorKind::bad_format,
                say("\"{}\" are no hours; write \"HH:MM-HH:MM\", for example "
                    "\"06:30-09:30\" or past midnight \"22:00-02:00\"",
                    text));
  }
  if (start == end) {
    return fail(ErrorKind::bad_format,
                say("the hours \"{}\" end when they start; for the whole day write "
                    "\"00:00-24:00\"",
                    text));
  }
  return Hours{start, end > start ? end : end + hours{24}};
}

std::string to_string(const Yearly& yearly) {
  const auto text = [](month_day date) {
    return fmt::format("{:02}-{:02}", unsigned{date.month()}, unsigned{date.day()});
  };
  return text(yearly.first) + "/" + text(yearly.last);
}

std::string to_string(const DayPattern& pattern) {
  std::vector<std::string> tokens = runs_of(pattern);
  const bool is_daily = tokens.size() == 1 && tokens.front() == "mon-sun";
  if (is_daily) tokens = {"daily"};
  if (is_daily && pattern.not_holidays) tokens.clear();
  if (pattern.holidays) tokens.emplace_back("holiday");
  if (pattern.not_holidays) tokens.emplace_back("-holiday");
  return fmt::format("{}", fmt::join(tokens, ","));
}

std::string to_string(const Hours& span) {
  const auto clock = [](Millis time) {
    const auto whole = floor<minutes>(time).count();
    return fmt::format("{:02}:{:02}", whole / 60, whole % 60);
  };
  return clock(span.start) + "-" + clock(span.end > hours{24} ? span.end - hours{24} : span.end);
}

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 64 || text.front() == '-') return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_language(std::string_view text) {
  const std::size_t dash = std::min(text.find('-'), text.size());
  if (dash < 2 || dash > 3 || text.size() > 35 || text.back() == '-') return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dash), is_lower) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
}

}  // namespace noseon
