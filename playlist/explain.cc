#include "playlist/explain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/say.h"
#include "playlist/days.h"
#include "playlist/doubt.h"
#include "playlist/edges.h"
#include "playlist/patterns.h"
#include "playlist/rotation.h"
#include "playlist/segments.h"
#include "playlist/times.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using std::chrono::days;

// The first rule by which a civil day keeps an item out; `hours` where the day itself would do.
Rule day_rule(const Campaign& campaign, const Item& item, Day day) {
  if (!contains(campaign.window, day) || !contains(item.window, day)) return Rule::window;
  if (item.days && !matches(*item.days, day, campaign.holidays)) return Rule::days;
  return Rule::hours;
}

// What keeps an item out at `t` as far as time decides.
std::optional<Rule> time_rule(const Campaign& campaign, const Item& item, Instant t) {
  if (is_open(campaign, item, t)) return std::nullopt;
  if (item.urgent && (t < item.urgent->from || t >= item.urgent->until)) return Rule::window;
  return day_rule(campaign, item, campaign.zone->day_of(t));
}

// What keeps it out as far as context and display decide.
std::optional<Rule> place_rule(const Playlist& playlist, EntryIndex index, const Context& context) {
  const Entry& entry = playlist.entries[index];
  const Item& item = playlist.item_of(index);
  const bool on_route =
      item.routes.empty() || (context.route && std::find(item.routes.begin(), item.routes.end(),
                                                         *context.route) != item.routes.end());
  if (!on_route) return Rule::routes;
  if (!entry.labels_admit) return Rule::labels;
  if (!entry.is_targeted) return Rule::share;
  return is_admitted(playlist, index, context) ? std::nullopt : std::optional(Rule::near);
}

// What keeps it out for want of a clock, where time and place admit it.
std::optional<Rule> clock_rule(const Campaign& campaign, const Item& item, const Context& context,
                               Instant t) {
  return is_open(campaign, item, context, t) ? std::nullopt : std::optional(Rule::clock);
}

std::optional<Instant> earlier(std::optional<Instant> a, std::optional<Instant> b) {
  return a && b ? std::min(a, b) : std::max(a, b);
}

// The next instant at which another rule of time decides, or none does.
std::optional<Instant> next_time_change(const Campaign& campaign, const Item& item, Instant t) {
  std::optional<Instant> change = next_change(campaign, item, t);
  if (const auto rule = time_rule(campaign, item, t); rule && !item.urgent) {
    const Day today = campaign.zone->day_of(t);
    for (Day day = today + days{1}; day <= today + kDaysAhead; day += days{1}) {
      const Instant start = campaign.zone->start_of(day);
      if (change && *change <= start) break;
      if (day_rule(campaign, item, day) != *rule) return start;
    }
  }
  return change;
}

std::string window_sentence(const Campaign& campaign, const Item& item, Instant t) {
  const std::string own = in_words(item.window);
  const std::string all = in_words(campaign.window);
  if (item.urgent && (t < item.urgent->from || t >= item.urgent->until))
    return say("outside its urgent hours");
  if (own.empty()) return say("outside the campaign's window ({})", all);
  if (all.empty()) return say("outside its window ({})", own);
  return say("outside its window ({}, in the campaign's {})", own, all);
}

std::string hours_sentence(const Campaign& campaign, const Item& item) {
  std::vector<std::string> parts = names_of(item.dayparts, campaign.dayparts);
  if (item.hours) parts.insert(parts.begin(), to_string(*item.hours));
  return say("outside its hours ({})", fmt::join(parts, ", "));
}

std::string near_sentence(const Campaign& campaign, const Item& item) {
  return say("asks to be near {}; the display is not known to be there",
             fmt::join(names_of(item.near, campaign.places), say(" or ")));
}

// A working day by the calendar on the wall may be none by the campaign's.
std::string with_holiday(const Campaign& campaign, const Item& item, Instant t, std::string why) {
  const bool asks =
      (item.days && item.days->mentions_holidays()) ||
      std::any_of(item.dayparts.begin(), item.dayparts.end(), [&](std::size_t daypart) {
        return mentions_holidays(campaign.dayparts[daypart]);
      });
  if (!asks || !campaign.holidays) return why;
  const Day day = campaign.zone->day_of(t);
  return campaign.holidays->is_holiday(day) ? say("{}; {} is a public holiday", why, to_string(day))
                                            : why;
}

std::string clock_sentence(const Campaign& campaign, const Item& item, const Context& context,
                           Instant t) {
  if (clock_need(campaign, item) == ClockNeed::hours)
    return say("nothing confirms the display's clock; items with days or hours wait for it");
  const Instant floor = context.floor_at(t);
  return say(
      "nothing confirms the display's clock; an item with a window plays only if it is "
      "inside from {} to {}",
      to_string(campaign.zone->civil_at(floor)),
      to_string(campaign.zone->civil_at(floor + kDoubtReach)));
}

std::string sentence(const Playlist& playlist, EntryIndex entry, Rule rule, Instant t,
                     const Context& context, std::optional<Role> playing) {
  const Campaign& campaign = playlist.campaign_of(entry);
  const Item& item = playlist.item_of(entry);
  switch (rule) {
    case Rule::window:
      return window_sentence(campaign, item, t);
    case Rule::days:
      return with_holiday(campaign, item, t, say("this is none of its days"));
    case Rule::hours:
      return with_holiday(campaign, item, t, hours_sentence(campaign, item));
    case Rule::routes:
      return say("asks for route {}; the route is {}", fmt::join(item.routes, say(" or ")),
                 context.route ? *context.route : say("unknown"));
    case Rule::near:
      return near_sentence(campaign, item);
    case Rule::labels:
      return say("asks for a display with the label {}", fmt::join(item.labels, ", "));
    case Rule::share:
      return say("its share of {:.2f} % of displays leaves this one out",
                 static_cast<double>(item.share.value_or(0)) / 100.0);
    case Rule::clock:
      return clock_sentence(campaign, item, context, t);
    case Rule::role:
      return say("items of the role \"{}\" go first",
                 playing ? in_words(*playing) : say("unknown"));
  }
  return "";
}

// Finds when shown and waiting items change: walks slot by slot, day by day.
class TurnWalk {
 public:
  TurnWalk(const Playlist& playlist, const Display& display, const Context& context, Instant at)
      : playlist_(playlist), display_(display), context_(context), at_(at) {}

  // The first instant > at_ at which `entry`, which is eligible, is no longer (or now) shown.
  [[nodiscard]] std::optional<Instant> change_of(EntryIndex entry, ItemState state) {
    const Day today = display_.zone->day_of(at_);
    for (Day day = today; day <= today + kDaysAhead; day += days{1}) {
      const Span span{display_.zone->start_of(day), display_.zone->start_of(day + days{1})};
      for (const Segment& segment : segments_of(playlist_, context_, span)) {
        if (segment.span.until <= at_) continue;
        if (const auto change = change_in(segment, day, entry, state)) return change;
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::optional<Instant> change_in(const Segment& segment, Day day, EntryIndex entry,
                                                 ItemState state) {
    const bool takes_turns = std::binary_search(segment.items.begin(), segment.items.end(), entry);
    if (!takes_turns) return std::max(segment.span.from, at_);
    const bool is_alone = segment.items.size() == 1;
    if (is_alone && state == ItemState::shown) return std::nullopt;
    const Rotation rotation = rotate(segment, day);
    const Instant from = std::max(segment.span.from, at_);
    for (std::int64_t turn = rotation.turn_at(from); turn <= rotation.last(); ++turn) {
      const bool shows = rotation.entry_of(turn) == entry;
      const Instant start = rotation.slot_of(turn).from;
      if (shows != (state == ItemState::shown) && start > at_) return start;
    }
    return std::nullopt;
  }

  [[nodiscard]] Rotation rotate(const Segment& segment, Day day) {
    if (!loop_ || loop_->items != segment.items) {
      loop_ = std::make_shared<const Loop>(lay_loop(playlist_, segment.items));
    }
    return Rotation(loop_, segment.span, day, display_.zone->start_of(day));
  }

  const Playlist& playlist_;
  const Display& display_;
  const Context& context_;
  Instant at_;
  std::shared_ptr<const Loop> loop_;
};

// When items of lower tiers get their turn: one walk over the edges serves them all.
void find_role_changes(const Playlist& playlist, const Context& context, Instant at,
                       std::vector<Explanation>& items) {
  std::vector<Explanation*> pending;
  for (Explanation& item : items) {
    if (item.rule == Rule::role) pending.push_back(&item);
  }
  EdgeWalk walk(playlist, context, at, Direction::forward);
  while (!pending.empty()) {
    const auto edge = walk.next();
    if (!edge || *edge > at + kDaysAhead) return;
    std::erase_if(pending, [&](Explanation* item) {
      if (item->changes && *item->changes <= *edge) return true;
      if (walk.top_role() != playlist.entries[item->entry].role) return false;
      item->changes = *edge;
      return true;
    });
  }
}

}  // namespace

Explained explain(const Playlist& playlist, const Display& display, const Context& context,
                  Instant at) {
  Explained explained;
  explained.showing = showing_at(playlist, display, context, at);
  const Slot& slot = explained.showing.slot;
  const auto playing = slot.entry ? std::optional(explained.showing.role) : std::nullopt;
  TurnWalk turns(playlist, display, context, at);
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const Campaign& campaign = playlist.campaign_of(entry);
    const Item& item = playlist.item_of(entry);
    Explanation one;
    one.entry = entry;
    one.changes = next_time_change(campaign, item, at);
    one.rule = time_rule(campaign, item, at);
    if (!one.rule) one.rule = place_rule(playlist, entry, context);
    if (!one.rule) {
      one.rule = clock_rule(campaign, item, context, at);
      one.changes = earlier(one.changes, next_change(campaign, item, context, at));
    }
    if (!one.rule && playing != playlist.entries[entry].role) one.rule = Rule::role;
    if (one.rule) {
      one.reason = sentence(playlist, entry, *one.rule, at, context, playing);
    } else {
      one.state = slot.entry == entry ? ItemState::shown : ItemState::waiting;
      one.changes = turns.change_of(entry, one.state);
      one.reason =
          one.state == ItemState::shown ? reason(explained.showing) : say("waits for its turn");
    }
    explained.items.push_back(std::move(one));
  }
  find_role_changes(playlist, context, at, explained.items);
  return explained;
}

std::string_view to_string(Rule rule) {
  constexpr std::string_view kWords[] = {"window", "days",  "hours", "routes", "near",
                                         "labels", "share", "clock", "role"};
  return kWords[static_cast<std::size_t>(rule)];
}

std::string_view to_string(ItemState state) {
  constexpr std::string_view kWords[] = {"shown", "waiting", "out"};
  return kWords[static_cast<std::size_t>(state)];
}

std::string in_words(Rule rule) {
  switch (rule) {
    case Rule::window:
      return say("window");
    case Rule::days:
      return say("days");
    case Rule::hours:
      return say("hours");
    case Rule::routes:
      return say("routes");
    case Rule::near:
      return say("near");
    case Rule::labels:
      return say("labels");
    case Rule::share:
      return say("share");
    case Rule::clock:
      return say("clock");
    case Rule::role:
      return say("role");
  }
  return "";
}

std::string in_words(ItemState state) {
  switch (state) {
    case ItemState::shown:
      return say("shown");
    case ItemState::waiting:
      return say("waiting");
    case ItemState::out:
      return say("out");
  }
  return "";
}

}  // namespace noseon
