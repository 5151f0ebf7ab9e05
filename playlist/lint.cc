#include "playlist/lint.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "base/say.h"
#include "playlist/days.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using namespace std::chrono;

// date/tz computes no change of clocks after this year.
constexpr year kLastYearOfDst{2037};

// Reading speed, in half characters a second: asked for at most 8 characters, refused past 12.
constexpr std::int64_t kHalvesAskedASecond = 16;
constexpr std::int64_t kHalvesReadASecond = 24;

void append(Findings& all, Findings more) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

// The clocks of the zone still changed in the last year that is known.
bool changes_clocks(const Zone& zone) {
  const auto offset = [&](month m) {
    return zone.offset_at(Instant{sys_days{kLastYearOfDst / m / 15}});
  };
  return offset(January) != offset(July);
}

void warn_beyond(const Campaign& campaign, const DayWindow& window, const std::string& where,
                 Findings& findings) {
  if (!window.until || year_month_day{*window.until}.year() <= kLastYearOfDst) return;
  if (!changes_clocks(*campaign.zone)) return;
  findings.push_back(
      {Severity::warning, campaign.file, window.until_place, "beyond-2037",
       say("{}: after 2037 no change of clocks in {} is known, so its hours may be off by one",
           where, campaign.zone->name()),
       say("let the window end earlier, and renew it when the time comes")});
}

template <class Part, class Names>
void warn_of_unused(const Campaign& campaign, const std::vector<Part>& parts, const char* table,
                    Names names_of, Findings& findings) {
  for (std::size_t index = 0; index < parts.size(); ++index) {
    const bool is_used =
        std::any_of(campaign.items.begin(), campaign.items.end(), [&](const Item& item) {
          const auto& used = names_of(item);
          return std::find(used.begin(), used.end(), index) != used.end();
        });
    if (is_used) continue;
    findings.push_back({Severity::warning, campaign.file, parts[index].place, "unused",
                        say("no item names \"{}\" of [{}]", parts[index].name, table),
                        say("name it in an item, or take it out")});
  }
}

bool asks_for_holidays(const Campaign& campaign) {
  const bool in_items =
      std::any_of(campaign.items.begin(), campaign.items.end(),
                  [](const Item& item) { return item.days && item.days->mentions_holidays(); });
  return in_items ||
         std::any_of(campaign.dayparts.begin(), campaign.dayparts.end(), mentions_holidays);
}

// Windows with both ends were looked at when the campaign was read.
void warn_of_coming_years(const Campaign& campaign, Instant now, Findings& findings) {
  if (!campaign.holidays || campaign.holidays->years.empty()) return;
  if (campaign.window.from && campaign.window.until) return;
  if (!asks_for_holidays(campaign)) return;
  const Day today = campaign.zone->day_of(now);
  for (Day day = today; day < today + kLintAhead; day += days{1}) {
    const year y = year_month_day{day}.year();
    if (campaign.holidays->covers(y) || !contains(campaign.window, day)) continue;
    findings.push_back({Severity::warning, campaign.file, campaign.holidays_place, "no-holidays",
                        say("the calendar \"{}\" lacks {}: no day of it counts as a holiday",
                            campaign.holidays->id, static_cast<int>(y)),
                        say("update Noseon when the year's calendar is published")});
    return;
  }
}

}  // namespace

Findings lint_reading(const Playlist& playlist, const Display& display) {
  Findings findings;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const Item& item = playlist.item_of(entry);
    if (!item.seconds) continue;
    const auto halves = static_cast<std::int64_t>(half_characters(item, display));
    const std::int64_t given = duration_cast<seconds>(*item.seconds).count();
    if (given * kHalvesAskedASecond >= halves) continue;
    const bool is_unreadable = given * kHalvesReadASecond < halves;
    findings.push_back(
        {is_unreadable ? Severity::error : Severity::warning, playlist.campaign_of(entry).file,
         item.words_place(), "too-fast",
         say("item {}: {} characters in {} s cannot be read on display {}", item.id.str(),
             (halves + 1) / 2, given, display.id.str()),
         say("give it {}, or leave \"seconds\" out", in_words(usual_length(item, display)))});
  }
  return findings;
}

Findings lint_parts(const Playlist& playlist, Instant now) {
  Findings findings;
  for (const Campaign& campaign : playlist.campaigns) {
    warn_of_unused(
        campaign, campaign.dayparts, "dayparts",
        [](const Item& item) -> const auto& { return item.dayparts; }, findings);
    warn_of_unused(
        campaign, campaign.places, "places",
        [](const Item& item) -> const auto& { return item.near; }, findings);
    warn_of_unused(
        campaign, campaign.styles, "styles",
        [](const Item& item) {
          return item.style ? std::vector{*item.style} : std::vector<std::size_t>{};
        },
        findings);
    warn_beyond(campaign, campaign.window, "[window]", findings);
    for (const Item& item : campaign.items)
      warn_beyond(campaign, item.window, say("item {}", item.id.str()), findings);
    warn_of_coming_years(campaign, now, findings);
  }
  return findings;
}

Findings lint(const Playlist& playlist, const Display& display, Instant now) {
  Findings findings = lint_windows(playlist, now);
  append(findings, lint_turns(playlist, display, now));
  append(findings, lint_reading(playlist, display));
  append(findings, lint_parts(playlist, now));
  return findings;
}

}  // namespace noseon
