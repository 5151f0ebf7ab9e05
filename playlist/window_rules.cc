#include "playlist/window_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/say.h"
#include "playlist/days.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using namespace std::chrono;

// 29 February on a given weekday comes every 28 years (40 across a skipped leap day).
constexpr int kDecadesForEveryCalendar = 4;
constexpr int kYearsOfOccurrences = 9;  // a leap day in them whatever the start

void check_bound(const Campaign& campaign, const Item& item, const std::optional<Day>& bound,
                 SourcePlace place, std::string_view key, Reporter& reporter) {
  if (!bound || contains(campaign.window, *bound)) return;
  reporter.error(
      place, "outside-campaign",
      say("item {}: \"{}\" {} lies outside the campaign's days ({})", item.id.str(), key,
          to_string(*bound), in_words(campaign.window)),
      say("an item narrows the campaign's window: move the day inside, or widen [window]"));
}

Day first_day_to_look_at(const Campaign& campaign, const Item& item) {
  Day first = Day{local_days{year{2000} / 1 / 1}};
  for (const DayWindow* window : {&campaign.window, &item.window}) {
    if (window->until)
      first = std::min(first, *window->until - kDecadesForEveryCalendar * kDaysAhead);
  }
  for (const DayWindow* window : {&campaign.window, &item.window}) {
    if (window->from) first = std::max(first, *window->from);
  }
  return first;
}

bool has_any_day(const Campaign& campaign, const Item& item) {
  Day from = first_day_to_look_at(campaign, item);
  for (int decade = 0; decade < kDecadesForEveryCalendar; ++decade, from += kDaysAhead) {
    if (next_chosen(campaign, item, from)) return true;
  }
  return false;
}

// The days in `days` on which the campaign's window opens, and those just after it closes.
std::vector<Day> edges_within(const DayWindow& window, DaySpan days) {
  std::vector<Day> edges;
  if (window.from) edges.push_back(*window.from);
  if (window.until) edges.push_back(*window.until + std::chrono::days{1});
  if (window.yearly) {
    const year last = year_month_day{days.last}.year();
    for (year y = year_month_day{days.first}.year() - years{1}; y <= last; ++y) {
      const auto open = occurrence(*window.yearly, y);
      if (!open) continue;
      edges.push_back(open->first);
      edges.push_back(open->last + std::chrono::days{1});
    }
  }
  std::erase_if(edges, [&](Day edge) { return edge < days.first || edge > days.last; });
  return edges;
}

// Does the occurrence, as far as the item's own bounds leave it, lie partly in the campaign's days?
bool crosses_edge(const Campaign& campaign, const Item& item, DaySpan occurrence) {
  if (item.window.from) occurrence.first = std::max(occurrence.first, *item.window.from);
  if (item.window.until) occurrence.last = std::min(occurrence.last, *item.window.until);
  if (occurrence.last < occurrence.first) return false;
  const bool starts_inside = contains(campaign.window, occurrence.first);
  const auto edges = edges_within(campaign.window, occurrence);
  return std::any_of(edges.begin(), edges.end(),
                     [&](Day edge) { return contains(campaign.window, edge) != starts_inside; });
}

std::optional<DaySpan> crossing_occurrence(const Campaign& campaign, const Item& item,
                                           year around) {
  for (int i = -1; i <= kYearsOfOccurrences; ++i) {
    const auto span = occurrence(*item.window.yearly, around + years{i});
    if (span && crosses_edge(campaign, item, *span)) return span;
  }
  return std::nullopt;
}

// Days in a year where the campaign's window or the item's names one, else of every year.
std::string day_in_words(const Campaign& campaign, const Item& item, Day day) {
  const auto has_years = [](const DayWindow& window) { return window.from || window.until; };
  const std::string text = to_string(day);
  constexpr std::size_t kYear = 5;  // "2027-"
  return has_years(campaign.window) || has_years(item.window) ? text : text.substr(kYear);
}

void check_yearly(const Campaign& campaign, const Item& item, Reporter& reporter) {
  if (!item.window.yearly) return;
  const year_month_day first{first_day_to_look_at(campaign, item)};
  auto crossing = crossing_occurrence(campaign, item, first.year());
  if (!crossing && campaign.window.until) {
    const year_month_day last{*campaign.window.until};
    crossing = crossing_occurrence(campaign, item, last.year() - years{1});
  }
  if (!crossing) return;
  reporter.error(
      item.window.yearly_place, "crosses-edge",
      say("item {}: {} to {} crosses the edge of the campaign's days ({})", item.id.str(),
          day_in_words(campaign, item, crossing->first),
          day_in_words(campaign, item, crossing->last), in_words(campaign.window)),
      say("an item narrows the campaign's window: keep \"yearly\" inside it, or widen [window]"));
}

bool is_backwards(const DayWindow& window) {
  return window.from && window.until && *window.from > *window.until;
}

void check_urgent(const Campaign& campaign, const Item& item, Reporter& reporter) {
  const Zone& zone = *campaign.zone;
  for (Day day = zone.day_of(item.urgent->from); zone.start_of(day) < item.urgent->until;
       day += days{1}) {
    if (contains(campaign.window, day)) return;
  }
  reporter.error(
      item.place, "outside-campaign",
      say("item {}: it is urgent from {}, outside the campaign's days ({})", item.id.str(),
          to_string(zone.civil_at(item.urgent->from)), in_words(campaign.window)),
      say("move it inside, widen [window], or give it a campaign of its own"));
}

}  // namespace

void check_window(const DayWindow& window, const std::string& where, Reporter& reporter) {
  if (!is_backwards(window)) return;
  reporter.error(window.until_place, "window-backwards",
                 say("{}: \"until\" {} lies before \"from\" {}", where, to_string(*window.until),
                     to_string(*window.from)),
                 say("both are days that are included; put the earlier one in \"from\""));
}

void check_item_window(const Campaign& campaign, const Item& item, Reporter& reporter) {
  if (is_backwards(campaign.window)) return;  // that is said, and all else would follow from it
  if (item.urgent && campaign.zone) return check_urgent(campaign, item, reporter);
  const std::size_t before = reporter.errors();
  check_window(item.window, say("item {}", item.id.str()), reporter);
  check_bound(campaign, item, item.window.from, item.window.from_place, "from", reporter);
  check_bound(campaign, item, item.window.until, item.window.until_place, "until", reporter);
  if (reporter.errors() == before) check_yearly(campaign, item, reporter);
  const bool asks_for_holidays = item.days && item.days->holidays;
  if (reporter.errors() == before && !asks_for_holidays && !has_any_day(campaign, item)) {
    reporter.error(item.place, "no-day",
                   say("item {}: no day is in the campaign's window ({}), in its own ({}) "
                       "and in its \"days\"",
                       item.id.str(), in_words(campaign.window), in_words(item.window)),
                   say("let them have at least one day in common"));
  }
  if (item.window.from && !item.window.until && !campaign.window.until && campaign.window.yearly) {
    reporter.warn(item.window.from_place, "returns-every-year",
                  say("item {}: with \"from\" alone it returns every year after {} too",
                      item.id.str(), to_string(*item.window.from)),
                  say("add \"until\" if it should show once"));
  }
}

}  // namespace noseon
