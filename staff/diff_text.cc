#include "staff/diff_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/say.h"
#include "staff/names.h"
#include "staff/range.h"

namespace noseon {
namespace {

using std::chrono::days;

// A set of weekdays with more exceptions than this is said in parts instead.
constexpr std::size_t kExceptionsMax = 6;
constexpr unsigned kDaysInAWeek = 7;

// What happens at the same hours of several days.
struct Repeated {
  Difference difference;
  std::string hours;      // "22:00-23:00"; empty: `lines` says from when to when
  std::vector<Day> days;  // ascending
  Span first;
};

std::string clock_text(Instant at, const Zone& zone) {
  const std::string moment = moment_text(at, zone);
  return moment.substr(moment.find(' ') + 1);
}

bool is_midnight(Instant at, const Zone& zone) {
  return zone.start_of(zone.day_of(at)) == at;
}

// Empty where a stretch is longer than hours can say.
std::string hours_of(Span span, const Zone& zone) {
  const Day day = zone.day_of(span.from);
  const Instant midnight = zone.start_of(day + days{1});
  if (span.until == midnight) return clock_text(span.from, zone) + "-24:00";
  const bool is_short = span.until < midnight || span.until - span.from < std::chrono::hours{24};
  return is_short ? clock_text(span.from, zone) + "-" + clock_text(span.until, zone) : "";
}

// Whole days in a row that come back (a week's working days) are taken day by day.
std::vector<DiffStretch> cut_what_repeats(const std::vector<DiffStretch>& stretches,
                                          const Zone& zone) {
  const auto is_of_days = [&](const DiffStretch& stretch) {
    return is_midnight(stretch.span.from, zone) && is_midnight(stretch.span.until, zone);
  };
  const auto repeats = [&](const DiffStretch& one) {
    return std::count_if(stretches.begin(), stretches.end(), [&](const DiffStretch& other) {
             return other.difference == one.difference && is_of_days(other);
           }) > 1;
  };
  std::vector<DiffStretch> cut;
  for (const DiffStretch& stretch : stretches) {
    if (!is_of_days(stretch) || !repeats(stretch)) {
      cut.push_back(stretch);
      continue;
    }
    for (Instant at = stretch.span.from; at < stretch.span.until;) {
      const Instant next = zone.start_of(zone.day_of(at) + days{1});
      cut.push_back({{at, next}, stretch.difference});
      at = next;
    }
  }
  return cut;
}

std::vector<Repeated> fold(const std::vector<DiffStretch>& stretches, const Zone& zone) {
  std::vector<Repeated> folded;
  for (const auto& [span, difference] : cut_what_repeats(stretches, zone)) {
    const std::string hours = hours_of(span, zone);
    const Day day = zone.day_of(span.from);
    const auto same = std::find_if(folded.begin(), folded.end(), [&, &d = difference](auto& one) {
      return !hours.empty() && one.hours == hours && one.difference == d && one.days.back() != day;
    });
    if (same == folded.end()) {
      folded.push_back({difference, hours, {day}, span});
    } else {
      same->days.push_back(day);
    }
  }
  return folded;
}

// "22:00-20:00" of one day would read as if it ran backwards.
bool is_one_night(const Repeated& one, const Zone& zone) {
  return one.days.size() == 1 && one.first.until > zone.start_of(one.days.front() + days{1});
}

unsigned weekday_of(Day day) {
  return std::chrono::weekday{day}.c_encoding();
}

// "mon-fri", "sat,sun", from Monday on, as campaigns write them.
std::string weekdays_text(const std::set<unsigned>& weekdays) {
  static constexpr std::array kNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
  const auto has = [&](std::size_t i) {
    return weekdays.contains((static_cast<unsigned>(i) + 1) % kDaysInAWeek);
  };
  std::string text;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (!has(i)) continue;
    std::size_t last = i;
    while (last + 1 < kNames.size() && has(last + 1)) ++last;
    text += text.empty() ? "" : ",";
    text += kNames.at(i);
    if (last > i) text += std::string(last > i + 1 ? "-" : ",") + kNames.at(last);
    i = last;
  }
  return text;
}

// "2027-02-25 to 02-26"
std::string days_text(Day first, Day last) {
  const std::string from = to_string(first);
  const std::string to = to_string(last);
  constexpr std::size_t kYear = 5;  // "2027-"
  const bool is_same_year = from.substr(0, kYear) == to.substr(0, kYear);
  return say("{} to {}", from, is_same_year ? to.substr(kYear) : to);
}

bool is_run(const std::vector<Day>& all) {
  return all.back() - all.front() == days{static_cast<int>(all.size()) - 1};
}

// The days of those weekdays between the first and the last that are not there.
std::vector<Day> exceptions_of(const std::vector<Day>& all, const std::set<unsigned>& weekdays) {
  std::vector<Day> missing;
  for (Day day = all.front(); day <= all.back(); day += days{1}) {
    if (weekdays.contains(weekday_of(day)) && !std::binary_search(all.begin(), all.end(), day))
      missing.push_back(day);
  }
  return missing;
}

std::string run_text(const std::vector<Day>& run) {
  if (run.size() == 1) return to_string(run.front());
  return say("each day {}", days_text(run.front(), run.back()));
}

std::vector<std::string> runs_text(const std::vector<Day>& all) {
  std::vector<std::string> texts;
  std::vector<Day> run;
  for (const Day day : all) {
    if (!run.empty() && run.back() + days{1} != day) {
      texts.push_back(run_text(run));
      run.clear();
    }
    run.push_back(day);
  }
  texts.push_back(run_text(run));
  return texts;
}

// On which days, in as few words as are exact.
std::vector<std::string> when_days(const std::vector<Day>& all) {
  if (is_run(all)) return {run_text(all)};
  std::set<unsigned> weekdays;
  for (const Day day : all) weekdays.insert(weekday_of(day));
  const std::vector<Day> missing = exceptions_of(all, weekdays);
  if (missing.size() > kExceptionsMax || missing.size() * 3 > all.size()) return runs_text(all);
  const std::string span = days_text(all.front(), all.back());
  std::string text = weekdays.size() == kDaysInAWeek
                         ? say("each day {}", span)
                         : fmt::format("{} {}", weekdays_text(weekdays), span);
  std::string except;
  for (const Day day : missing) except += (except.empty() ? "" : ", ") + to_string(day);
  if (!except.empty()) text = say("{} except {}", text, except);
  return {text};
}

template <class Range, class NameOf>
void add_names(std::vector<std::string>& parts, const char* sign, const Range& items,
               NameOf name_of) {
  NameList names;
  for (const auto& item : items) name_of(names, item);
  if (!names.is_empty()) parts.push_back(fmt::format("{} {}", sign, names.text()));
}

}  // namespace

std::string in_words(const Difference& difference) {
  if (difference.order) return say("the same items in another order of turns");
  std::vector<std::string> parts;
  const auto add = [](NameList& names, const ItemKey& item) {
    names.add(item.campaign.str(), item.item.str());
  };
  const auto add_changed = [](NameList& names, const ChangedItem& changed) {
    std::string what;
    for (const Trait trait : changed.what)
      what += (what.empty() ? "" : ", ") + std::string(to_string(trait));
    names.add(changed.item.campaign.str(), fmt::format("{} ({})", changed.item.item.str(), what));
  };
  add_names(parts, "+", difference.gained, add);
  add_names(parts, "-", difference.lost, add);
  add_names(parts, "~", difference.changed, add_changed);
  return fmt::format("{}", fmt::join(parts, "   "));
}

std::vector<std::string> diff_lines(const std::vector<DiffStretch>& stretches, const Zone& zone) {
  std::vector<std::string> lines;
  for (const Repeated& one : fold(stretches, zone)) {
    const std::string what = in_words(one.difference);
    if (one.hours.empty() || is_one_night(one, zone)) {
      lines.push_back(fmt::format("{}: {}", span_text(one.first, zone), what));
      continue;
    }
    for (const std::string& on : when_days(one.days)) {
      lines.push_back(fmt::format("{}, {}: {}", on, one.hours, what));
    }
  }
  return lines;
}

}  // namespace noseon
