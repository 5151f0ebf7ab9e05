#include "base/zone.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "base/say.h"

namespace noseon {
namespace {

constexpr std::chrono::days kLongestStep{2};  // no zone ever jumped further than this

date::sys_seconds year_start(int year) {
  return date::sys_days{date::year{year} / 1 / 1};
}

// Every period of civil time from 1900 until date/tz knows no more.
std::vector<Zone::Period> periods_of(const date::time_zone& zone) {
  std::vector<Zone::Period> periods;
  date::sys_seconds at = year_start(1900);
  while (at < year_start(2200)) {
    const date::sys_info info = zone.get_info(at);
    if (periods.empty() || periods.back().offset != info.offset) {
      periods.push_back({Instant{at.time_since_epoch()}, info.offset});
    }
    if (info.end <= at) break;
    at = info.end;
  }
  return periods;
}

}  // namespace

Zone::Zone(std::string name, std::vector<Period> periods)
    : name_(std::move(name)), periods_(std::move(periods)) {
  CHECK(!periods_.empty());
}

Zone Zone::utc() {
  return Zone("UTC", {{kBeginningOfTime, std::chrono::seconds{0}}});
}

std::chrono::seconds Zone::offset_at(Instant instant) const {
  const auto after =
      std::upper_bound(periods_.begin(), periods_.end(), instant,
                       [](Instant value, const Period& period) { return value < period.begin; });
  return after == periods_.begin() ? after->offset : std::prev(after)->offset;
}

std::optional<Instant> Zone::next_step(Instant instant) const {
  const auto after =
      std::upper_bound(periods_.begin(), periods_.end(), instant,
                       [](Instant value, const Period& period) { return value < period.begin; });
  // The first period holds before its begin too.
  const auto next = after == periods_.begin() ? std::next(after) : after;
  if (next == periods_.end()) return std::nullopt;
  return next->begin;
}

Instant Zone::instant_of(Civil civil) const {
  const Instant as_utc{civil.time_since_epoch()};
  // The first period that still holds the civil time before it ends, or that begins past it.
  auto period = std::upper_bound(
      periods_.begin(), periods_.end(), as_utc - kLongestStep,
      [](Instant value, const Period& candidate) { return value < candidate.begin; });
  if (period != periods_.begin()) --period;
  for (;; ++period) {
    const Instant instant = as_utc - period->offset;
    const auto next = std::next(period);
    if (next != periods_.end() && instant >= next->begin) continue;
    // Before the period's begin: the civil time fell into the gap that the begin made.
    return period == periods_.begin() ? instant : std::max(instant, period->begin);
  }
}

Day Zone::day_of(Instant instant) const {
  Day day = to_day(civil_at(instant));
  // A clock that falls back over midnight stands on a day again whose next has begun; it never
  // stands on one that has not, since start_of() takes the first instant there is.
  while (start_of(day + std::chrono::days{1}) <= instant) day += std::chrono::days{1};
  return day;
}

Instant next_minute(const Zone& zone, Instant at) {
  using std::chrono::floor;
  using std::chrono::minutes;
  const auto shown = floor<minutes>(zone.civil_at(at));
  for (;;) {
    // Clocks that are set by less than a minute may go on in the same one.
    const Instant full = at + (shown + minutes{1} - zone.civil_at(at));
    const std::optional<Instant> step = zone.next_step(at);
    if (!step || *step > full) return full;
    if (floor<minutes>(zone.civil_at(*step)) != shown) return *step;
    at = *step;
  }
}

Result<ZonePtr> SystemZones::find(std::string_view name) {
  if (const auto known = cache_.find(name); known != cache_.end()) return known->second;
  try {
    const date::time_zone* zone = date::locate_zone(std::string(name));
    auto loaded = std::make_shared<const Zone>(std::string(name), periods_of(*zone));
    cache_.emplace(std::string(name), loaded);
    return loaded;
  } catch (const std::exception&) {
    if (names().empty()) {
      return fail(ErrorKind::unavailable,
                  say("no time zone data on this machine: install the package tzdata"));
    }
    return fail(ErrorKind::not_found, say("unknown time zone \"{}\"", name));
  }
}

std::vector<std::string> SystemZones::names() {
  std::vector<std::string> names;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  } catch (const std::exception&) {
    names.clear();
  }
  return names;
}

}  // namespace noseon
