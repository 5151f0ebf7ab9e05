#include "base/say.h"
#include "playlist/days.h"
#include "playlist/lint.h"
#include "playlist/times.h"

namespace noseon {
namespace {

bool is_over(const Campaign& campaign, Instant now) {
  return campaign.window.until && *campaign.window.until < campaign.zone->day_of(now);
}

// Was there an instant, within ten years, at which the item was open?
bool was_open(const Campaign& campaign, const Item& item, Instant now) {
  return item.urgent ? item.urgent->until <= now : previous_change(campaign, item, now).has_value();
}

SourcePlace place_of_window(const Item& item) {
  if (item.window.until) return item.window.until_place;
  return item.window.yearly ? item.window.yearly_place : item.place;
}

Finding never_open(const Campaign& campaign, const Item& item) {
  if (item.share == 0) {
    return {Severity::warning,
            campaign.file,
            item.place,
            "never-plays",
            say("item {}: its share is 0, so no display plays it", item.id.str()),
            say("write a share such as 0.01, or take the item out")};
  }
  return {Severity::warning,
          campaign.file,
          item.place,
          "never-plays",
          say("item {}: its days, hours and dayparts have no instant in common within ten years",
              item.id.str()),
          say("look at it with \"noseon explain\", and widen one of them")};
}

void look_at(const Campaign& campaign, const Item& item, Instant now, Findings& findings) {
  if (item.share == 0) {
    findings.push_back(never_open(campaign, item));
    return;
  }
  if (is_open(campaign, item, now) || next_change(campaign, item, now)) return;
  if (!was_open(campaign, item, now)) {
    findings.push_back(never_open(campaign, item));
    return;
  }
  findings.push_back({Severity::warning, campaign.file, place_of_window(item), "past-window",
                      say("item {}: its time is over, it does not come back", item.id.str()),
                      say("give it a new window, or take it out")});
}

}  // namespace

Findings lint_windows(const Playlist& playlist, Instant now) {
  Findings findings;
  for (const Campaign& campaign : playlist.campaigns) {
    if (is_over(campaign, now)) {
      findings.push_back({Severity::warning, campaign.file, campaign.window.until_place,
                          "past-window",
                          say("the campaign ended on {}", to_string(*campaign.window.until)),
                          say("give it a new window, or take the folder away")});
      continue;
    }
    for (const Item& item : campaign.items) look_at(campaign, item, now, findings);
  }
  return findings;
}

}  // namespace noseon
