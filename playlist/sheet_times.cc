// Days, times and numbers of sheet_forms.h.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/say.h"
#include "base/time.h"
#include "playlist/sheet_forms.h"
#include "playlist/write_toml.h"

namespace noseon {
namespace {

using namespace std::chrono;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads a cell from its front; blanks between the parts do not count.
class Scan {
 public:
  explicit Scan(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool at_end() {
    skip_blanks();
    return rest_.empty();
  }
  bool take(std::string_view token) {
    skip_blanks();
    if (!rest_.starts_with(token)) return false;
    rest_.remove_prefix(token.size());
    return true;
  }
  /// The first of them that is there; empty where none is.
  std::string_view take_any(std::initializer_list<std::string_view> tokens) {
    for (const std::string_view token : tokens) {
      if (take(token)) return token;
    }
    return {};
  }
  /// A number of one to `digits_max` digits.
  std::optional<unsigned> number(std::size_t digits_max) {
    skip_blanks();
    std::size_t digits = 0;
    unsigned value = 0;
    for (; digits < rest_.size() && is_digit(rest_[digits]); ++digits) {
      if (digits == digits_max) return std::nullopt;
      value = value * 10 + static_cast<unsigned>(rest_[digits] - '0');
    }
    rest_.remove_prefix(digits);
    return digits > 0 ? std::optional(value) : std::nullopt;
  }
  /// Digits behind a decimal point, as milliseconds; what is finer is cut off.
  std::optional<Millis> decimals() {
    Millis value{0};
    Millis digit{100};
    if (rest_.empty() || !is_digit(rest_.front())) return std::nullopt;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), digit /= 10)
      value += digit * (rest_.front() - '0');
    return value;
  }

 private:
  void skip_blanks() {
    while (rest_.starts_with(' ') || rest_.starts_with('\n')) rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

enum class Half { none, before_noon, after_noon };

Half take_half(Scan& scan) {
  if (!scan.take_any({"오전", "a.m.", "am"}).empty()) return Half::before_noon;
  if (!scan.take_any({"오후", "p.m.", "pm"}).empty()) return Half::after_noon;
  return Half::none;
}

std::optional<unsigned> hour_in(Half half, unsigned hour) {
  if (half == Half::none) return hour <= 24 ? std::optional(hour) : std::nullopt;
  if (hour < 1 || hour > 12) return std::nullopt;
  return hour % 12 + (half == Half::after_noon ? 12 : 0);
}

// "6:30", "06:30:15.250", "오후 2:00", "2:00 pm", "6시 30분", "6시"; up to 24:00.
std::optional<Millis> take_time(Scan& scan) {
  Half half = take_half(scan);
  const auto hour = scan.number(2);
  const std::string_view mark = scan.take_any({":", "시"});
  if (!hour || mark.empty()) return std::nullopt;
  const auto minute = scan.number(2);
  if (!minute && mark == ":") return std::nullopt;
  Millis rest = minutes{minute.value_or(0)};
  if (mark == "시" && minute) scan.take("분");
  if (mark == ":" && scan.take(":")) {
    const auto second = scan.number(2);
    if (!second || *second > 59) return std::nullopt;
    rest += seconds{*second};
    if (scan.take(".")) {
      const auto decimals = scan.decimals();
      if (!decimals) return std::nullopt;
      rest += *decimals;
    }
  }
  if (half == Half::none) half = take_half(scan);
  const auto of_day = hour_in(half, *hour);
  if (!of_day || minute.value_or(0) > 59) return std::nullopt;
  const Millis time = hours{*of_day} + rest;
  return time <= hours{24} ? std::optional(time) : std::nullopt;
}

struct MonthDay {
  unsigned month = 0;
  unsigned day = 0;
  std::string_view separator;
};

// "02-01", "2.1", "2. 1.", "2/1", "2월 1일"
std::optional<MonthDay> take_month_day(Scan& scan) {
  const auto m = scan.number(2);
  const std::string_view separator = scan.take_any({"-", ".", "/", "월"});
  const auto d = scan.number(2);
  if (!m || !d || separator.empty()) return std::nullopt;
  scan.take_any({"일", "."});
  return MonthDay{*m, *d, separator};
}

// The parts of a day, year first.
std::optional<year_month_day> take_date(Scan& scan) {
  const auto y = scan.number(4);
  const std::string_view separator = scan.take_any({"-", ".", "/", "년"});
  if (!y || *y < 100 || separator.empty()) return std::nullopt;
  const auto rest = take_month_day(scan);
  const bool is_korean = separator == "년";
  if (!rest || rest->separator != (is_korean ? "월" : separator)) return std::nullopt;
  return year{static_cast<int>(*y)} / month{rest->month} / day{rest->day};
}

// "02/01/2027", "1.2.27": three numbers, the year last or of two digits.
std::optional<std::string> with_year_last(Scan scan) {
  const auto first = scan.number(2);
  if (!first || scan.take_any({"-", ".", "/"}).empty()) return std::nullopt;
  const auto second = scan.number(2);
  if (!second || scan.take_any({"-", ".", "/"}).empty()) return std::nullopt;
  const auto y = scan.number(4);
  if (!y) return std::nullopt;
  const unsigned of_century = *y < 100 ? *y + 2000 : *y;
  const auto [m, d] = *first > 12 ? std::pair{*second, *first} : std::pair{*first, *second};
  return fmt::format("{:04}-{:02}-{:02}", of_century, m, d);
}

Failure no_day(std::string_view cell) {
  const std::string plain = folded(cell);
  if (const auto guess = with_year_last(Scan(plain))) {
    return fail(
        ErrorKind::bad_format,
        say("in \"{}\" nobody can tell year, month and day apart; write the year first, for "
            "example {}, or give the column the format yyyy-mm-dd",
            plain_text(cell), *guess));
  }
  return fail(
      ErrorKind::bad_format,
      say("\"{}\" is no day; write 2027-02-01, for an urgent item 2027-02-25 08:00, or give "
          "the column the format yyyy-mm-dd",
          plain_text(cell)));
}

std::string toml_civil(Civil civil) {
  std::string text = to_string(civil);
  text[text.find(' ')] = 'T';
  return text;
}

// Digits and signs of a number, its unit taken off; nothing where there is anything else.
std::optional<std::string> number_text(std::string_view cell, std::string_view characters,
                                       std::initializer_list<std::string_view> units) {
  std::string text = folded(cell);
  for (const std::string_view unit : units) {
    if (!text.ends_with(unit)) continue;
    text = std::string(trimmed(std::string_view(text).substr(0, text.size() - unit.size())));
    break;
  }
  if (text.starts_with('+')) text.erase(0, 1);
  const bool is_number = !text.empty() && text.find_first_of("0123456789") != std::string::npos &&
                         text.find_first_not_of(characters) == std::string::npos;
  return is_number ? std::optional(text) : std::nullopt;
}

// "1,000" and "1,234,567": groups of three digits behind the first comma.
bool parts_thousands(std::string_view text) {
  const std::size_t first = text.find(',');
  if (first == std::string_view::npos || first == 0 || first > 3) return false;
  const std::string_view groups = text.substr(first);
  for (std::size_t at = 0; at < groups.size(); ++at) {
    if ((at % 4 == 0) != (groups[at] == ',')) return false;
  }
  return groups.size() % 4 == 0;
}

std::optional<std::string> from_decimal(std::string text) {
  if (std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string::npos) {
    std::replace(text.begin(), text.end(), ',', '.');
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
    return std::nullopt;
  return fmt::format("{}", value);
}

}  // namespace

std::string yearly_of(std::string_view cell) {
  const std::string plain = folded(cell);
  Scan scan(plain);
  const auto first = take_month_day(scan);
  const std::string_view middle = scan.take_any({"/", "~", "-", "부터"});
  const auto last = take_month_day(scan);
  scan.take("까지");
  const bool is_yearly = first && last && scan.at_end() && !middle.empty() &&
                         first->separator == last->separator && middle != first->separator;
  if (!is_yearly) return plain_text(cell);
  return fmt::format("{:02}-{:02}/{:02}-{:02}", first->month, first->day, last->month, last->day);
}

std::string hours_of(std::string_view cell) {
  const std::string plain = folded(cell);
  Scan scan(plain);
  const auto first = take_time(scan);
  const std::string_view middle = scan.take_any({"-", "~", "부터"});
  const auto last = take_time(scan);
  scan.take("까지");
  const auto is_whole = [](Millis time) { return time % minutes{1} == Millis{0}; };
  if (!first || !last || middle.empty() || !scan.at_end() || !is_whole(*first) || !is_whole(*last))
    return plain_text(cell);
  const hh_mm_ss<Millis> from{*first};
  const hh_mm_ss<Millis> until{*last};
  return fmt::format("{:02}:{:02}-{:02}:{:02}", from.hours().count(), from.minutes().count(),
                     until.hours().count(), until.minutes().count());
}

Result<std::string> moment_of(std::string_view cell, MomentUse use) {
  const std::string exact(trimmed(unguarded(trimmed(cell))));
  if (const auto instant = parse_rfc3339(exact)) return toml_instant(*instant, seconds{0});
  const std::string plain = folded(cell);
  Scan scan(plain);
  const auto date = take_date(scan);
  if (!date || !date->ok()) return no_day(cell);
  const Day day{local_days{*date}};
  if (scan.at_end()) return to_string(day);
  scan.take("t");
  const auto time = take_time(scan);
  if (!time || !scan.at_end() || *time >= hours{24}) return no_day(cell);
  if (use == MomentUse::day && *time == Millis{0}) return to_string(day);
  return toml_civil(Civil{day} + *time);
}

std::optional<std::string> whole_of(std::string_view cell) {
  auto text = number_text(cell, "0123456789.,-", {"초", "seconds", "sec", "s", "%"});
  if (!text) return std::nullopt;
  if (parts_thousands(*text)) std::erase(*text, ',');
  if (const std::size_t point = text->find('.'); point != std::string::npos) {
    const bool is_whole = text->find_first_not_of('0', point + 1) == std::string::npos;
    if (!is_whole) return from_decimal(*text);
    text->erase(point);
  }
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return fmt::format("{}", value);
}

std::optional<std::string> decimal_of(std::string_view cell) {
  auto text = number_text(cell, "0123456789.,-+e", {"°"});
  return text ? from_decimal(*std::move(text)) : std::nullopt;
}

std::optional<std::string> metres_of(std::string_view cell) {
  auto text = number_text(cell, "0123456789.,", {"m", "미터"});
  if (text && parts_thousands(*text)) std::erase(*text, ',');
  return text ? from_decimal(*std::move(text)) : std::nullopt;
}

std::optional<std::string> share_of(std::string_view cell) {
  const bool is_percent = folded(cell).ends_with('%');
  auto text = number_text(cell, "0123456789.,-+e", {"%"});
  auto number = text ? from_decimal(*std::move(text)) : std::nullopt;
  if (!number || !is_percent) return number;
  // A hundredth of a decimal is a shift of its point: 0.07 % is 0.0007, without a rounding.
  return from_decimal(*number + (number->find('e') == std::string::npos ? "e-2" : ""));
}

}  // namespace noseon
