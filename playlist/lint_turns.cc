#include <algorithm>
#include <numeric>
#include <set>

#include "base/say.h"
#include "playlist/assignment.h"
#include "playlist/days.h"
#include "playlist/lint.h"
#include "playlist/segments.h"
#include "playlist/times.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using std::chrono::days;

// The playlist where every route, place, label and share that an item asks for is met.
Playlist met_everywhere(Playlist playlist) {
  for (Campaign& campaign : playlist.campaigns) {
    for (Item& item : campaign.items) {
      item.routes.clear();
      item.near.clear();
    }
  }
  for (Entry& entry : playlist.entries) entry.is_targeted = true;
  return playlist;
}

bool is_targeted(const Item& item) {
  return !item.routes.empty() || !item.near.empty() || !item.labels.empty() || item.share;
}

// The playlist that shows where nothing of all this is met.
Playlist untargeted(const Playlist& playlist) {
  Playlist rest = playlist;
  for (EntryIndex entry = 0; entry < rest.entries.size(); ++entry)
    rest.entries[entry].is_targeted = !is_targeted(rest.item_of(entry));
  return rest;
}

// Whole days from today on: what is left of today would make its turns look rare.
template <class Visit>
void for_each_day(const Display& display, Instant now, Visit visit) {
  const Zone& zone = *display.zone;
  const Day today = zone.day_of(now);
  for (Day day = today; day < today + kLintAhead; day += days{1})
    visit(Span{zone.start_of(day), zone.start_of(day + days{1})});
}

// What one item comes to over the year.
struct Turns {
  double expected = 0;
  std::set<std::int64_t> weeks;  // in which it took part
};

// What one campaign misses inside its window.
struct Gap {
  std::optional<Span> first;
  std::set<Day> days;
  bool nothing_plays = false;  // not even filler, in the first
};

class Year {
 public:
  Year(const Playlist& playlist, const Display& display, Instant now)
      : playlist_(playlist),
        everywhere_(met_everywhere(playlist)),
        display_(display),
        now_(now),
        turns_(playlist.entries.size()),
        gaps_(playlist.campaigns.size()) {
    for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry)
      if (playlist.entries[entry].role != Role::filler)
        has_more_than_filler_.insert(playlist.entries[entry].campaign);
    for_each_day(display, now, [this](Span day) {
      for (const Segment& segment : segments_of(everywhere_, {}, day)) visit(segment);
    });
  }

  void report(Findings& findings) const {
    for (std::size_t campaign = 0; campaign < gaps_.size(); ++campaign)
      if (gaps_[campaign].first)
        findings.push_back(gap(playlist_.campaigns[campaign], gaps_[campaign]));
    if (halved_) findings.push_back(halved());
    for (EntryIndex entry = 0; entry < turns_.size(); ++entry) {
      const Turns& turns = turns_[entry];
      if (!turns.weeks.empty() && turns.expected < static_cast<double>(turns.weeks.size()))
        findings.push_back(rare(entry, turns));
    }
    report_shadowed(findings);
  }

 private:
  void visit(const Segment& segment) {
    const bool is_gap =
        segment.items.empty() || playlist_.entries[segment.items.front()].role == Role::filler;
    if (is_gap) note_gap(segment);
    if (!segment.items.empty()) note_turns(segment);
  }

  void note_turns(const Segment& segment) {
    std::int64_t loop_ms = 0;
    std::vector<std::int64_t> weights;
    for (const EntryIndex item : segment.items) {
      const Entry& entry = playlist_.entries[item];
      weights.push_back(entry.weight);
      loop_ms += entry.weight * entry.length.count();
    }
    if (loop_turns(weights) > kLoopTurnsMax && !halved_) halved_ = segment;
    const auto length = static_cast<double>((segment.span.until - segment.span.from).count());
    const std::int64_t week = (segment.span.from - now_) / days{7};
    for (std::size_t i = 0; i < weights.size(); ++i) {
      Turns& turns = turns_[segment.items[i]];
      turns.expected += length / static_cast<double>(loop_ms) * static_cast<double>(weights[i]);
      turns.weeks.insert(week);
    }
  }

  static std::int64_t loop_turns(const std::vector<std::int64_t>& weights) {
    std::int64_t sum = 0;
    std::int64_t divisor = 0;
    for (const std::int64_t weight : weights) {
      sum += weight;
      divisor = std::gcd(divisor, weight);
    }
    return sum / divisor;
  }

  // The parts of the segment that lie in a campaign's window.
  void note_gap(const Segment& segment) {
    for (const std::size_t index : has_more_than_filler_) {
      const Campaign& campaign = playlist_.campaigns[index];
      const Zone& zone = *campaign.zone;
      for (Day day = zone.day_of(segment.span.from); zone.start_of(day) < segment.span.until;
           day += days{1}) {
        if (!contains(campaign.window, day)) continue;
        const Span part{std::max(segment.span.from, zone.start_of(day)),
                        std::min(segment.span.until, zone.start_of(day + days{1}))};
        if (part.from < part.until) add(gaps_[index], part, day, segment.items.empty());
      }
    }
  }

  static void add(Gap& gap, Span part, Day day, bool nothing_plays) {
    if (!gap.first) {
      gap.first = part;
      gap.nothing_plays = nothing_plays;
    } else if (gap.first->until == part.from) {
      gap.first->until = part.until;
    }
    gap.days.insert(day);
  }

  [[nodiscard]] std::string civil(Instant t) const { return to_string(display_.zone->civil_at(t)); }

  [[nodiscard]] Finding gap(const Campaign& campaign, const Gap& gap) const {
    const DayWindow& window = campaign.window;
    const SourcePlace place = window.yearly ? window.yearly_place
                              : window.from ? window.from_place
                                            : window.until_place;
    const std::string what = gap.nothing_plays ? say("nothing plays but the fallback card")
                                               : say("nothing but filler plays");
    return {Severity::warning,
            campaign.file,
            place,
            "gap",
            say("in the campaign's window there are {} days on which at times {}; first from {} "
                "until {}",
                gap.days.size(), what, civil(gap.first->from), civil(gap.first->until)),
            say("add an item for these hours, or a campaign of the role filler")};
  }

  [[nodiscard]] Finding halved() const {
    const EntryIndex first = halved_->items.front();
    std::vector<std::int64_t> weights;
    for (const EntryIndex item : halved_->items) weights.push_back(playlist_.entries[item].weight);
    return {Severity::warning,
            playlist_.campaign_of(first).file,
            playlist_.item_of(first).place,
            "weights-halved",
            say("{} items take turns from {} with weights that make a loop of {} turns; they are "
                "halved until it has at most {}, so shares of voice are not exactly as written",
                weights.size(), civil(halved_->span.from), loop_turns(weights), kLoopTurnsMax),
            say("write smaller weights with the same proportions")};
  }

  [[nodiscard]] Finding rare(EntryIndex entry, const Turns& turns) const {
    const Item& item = playlist_.item_of(entry);
    return {Severity::warning,
            playlist_.campaign_of(entry).file,
            item.place,
            "rare-turn",
            say("item {}: its hours are so short against the loop that it has {:.2f} turns a week",
                item.id.str(), turns.expected / static_cast<double>(turns.weeks.size())),
            say("widen its hours, raise its weight, or take items out of the loop")};
  }

  // Items that are open at times but never get a turn, because higher roles always go first.
  void report_shadowed(Findings& findings) const {
    std::vector<EntryIndex> suspects;
    for (EntryIndex entry = 0; entry < turns_.size(); ++entry) {
      const bool is_suspect =
          turns_[entry].weeks.empty() && playlist_.entries[entry].role != Role::filler;
      if (is_suspect && opens_within_the_year(entry)) suspects.push_back(entry);
    }
    if (suspects.empty()) return;
    const Playlist others = untargeted(playlist_);
    for_each_day(display_, now_, [&](Span day) {
      const std::vector<Segment> segments = segments_of(others, {}, day);
      std::erase_if(suspects, [&](EntryIndex entry) { return gets_a_turn(entry, day, segments); });
    });
    for (const EntryIndex entry : suspects) findings.push_back(shadowed(entry));
  }

  [[nodiscard]] bool opens_within_the_year(EntryIndex entry) const {
    const Campaign& campaign = playlist_.campaign_of(entry);
    const Item& item = playlist_.item_of(entry);
    if (item.share == 0) return false;
    if (is_open(campaign, item, now_)) return true;
    const auto change = next_change(campaign, item, now_);
    return change && *change < now_ + kLintAhead;
  }

  [[nodiscard]] bool gets_a_turn(EntryIndex entry, Span day,
                                 const std::vector<Segment>& segments) const {
    std::vector<Span> spans;
    spans_in(everywhere_.campaign_of(entry), everywhere_.item_of(entry), day, spans);
    return std::any_of(segments.begin(), segments.end(), [&](const Segment& segment) {
      const bool is_above =
          !segment.items.empty() &&
          playlist_.entries[segment.items.front()].role < playlist_.entries[entry].role;
      return !is_above && std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
        return span.from < segment.span.until && segment.span.from < span.until;
      });
    });
  }

  [[nodiscard]] Finding shadowed(EntryIndex entry) const {
    const Item& item = playlist_.item_of(entry);
    return {Severity::warning,
            playlist_.campaign_of(entry).file,
            item.place,
            "never-plays",
            say("item {}: whenever it might play, items of a higher role than {} go first",
                item.id.str(), in_words(item.role)),
            say("narrow the hours of the others, or raise its role")};
  }

  const Playlist& playlist_;
  Playlist everywhere_;
  const Display& display_;
  Instant now_;
  std::vector<Turns> turns_;
  std::vector<Gap> gaps_;
  std::set<std::size_t> has_more_than_filler_;
  std::optional<Segment> halved_;
};

}  // namespace

Findings lint_turns(const Playlist& playlist, const Display& display, Instant now) {
  Findings findings;
  Year(playlist, display, now).report(findings);
  return findings;
}

}  // namespace noseon
