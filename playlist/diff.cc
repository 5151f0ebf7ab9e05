#include "playlist/diff.h"

#include <algorithm>
#include <map>
#include <optional>

#include "playlist/rotation.h"
#include "playlist/segments.h"
#include "playlist/styles.h"

namespace noseon {
namespace {

// What is set on this display: in its languages, or in the first written where it has none.
Texts shown_of(const Texts& texts, const Display& display) {
  Texts shown;
  for (const std::string& language : display.languages) {
    if (const std::string* text = find_text(texts, language)) shown.emplace_back(language, *text);
  }
  if (shown.empty() && !texts.empty()) shown.push_back(texts.front());
  return shown;
}

Style style_of(const Playlist& playlist, EntryIndex entry) {
  const Item& item = playlist.item_of(entry);
  return item.style ? playlist.campaign_of(entry).styles[*item.style] : Style{};
}

const std::string& picture_of(const DiffSide& side, EntryIndex entry) {
  static const std::string none;
  return entry < side.pictures.size() ? side.pictures[entry] : none;
}

std::vector<Trait> changed_traits(const DiffSide& before, EntryIndex a, const DiffSide& after,
                                  EntryIndex b, const Display& display) {
  const Item& old_item = before.playlist.item_of(a);
  const Item& new_item = after.playlist.item_of(b);
  const Entry& old_turn = before.playlist.entries[a];
  const Entry& new_turn = after.playlist.entries[b];
  std::vector<Trait> traits;
  const auto add_if = [&](bool differs, Trait trait) {
    if (differs) traits.push_back(trait);
  };
  add_if(old_item.poster != new_item.poster, Trait::poster);
  add_if(picture_of(before, a) != picture_of(after, b), Trait::picture);
  add_if(shown_of(old_item.text, display) != shown_of(new_item.text, display), Trait::text);
  add_if(shown_of(old_item.caption, display) != shown_of(new_item.caption, display),
         Trait::caption);
  add_if(!looks_alike(style_of(before.playlist, a), style_of(after.playlist, b)), Trait::style);
  add_if(old_item.fit != new_item.fit, Trait::fit);
  add_if(old_item.transition != new_item.transition, Trait::transition);
  add_if(old_item.motion != new_item.motion, Trait::motion);
  add_if(old_turn.length != new_turn.length, Trait::seconds);
  add_if(old_turn.weight != new_turn.weight, Trait::weight);
  return traits;
}

// The items of both playlists under common numbers, in the order of their keys.
using Number = std::size_t;

class Items {
 public:
  Items(const DiffSide& before, const DiffSide& after, const Display& display) {
    std::map<ItemKey, std::pair<std::optional<EntryIndex>, std::optional<EntryIndex>>> all;
    for (EntryIndex entry = 0; entry < before.playlist.entries.size(); ++entry)
      all[key_of(before.playlist, entry)].first = entry;
    for (EntryIndex entry = 0; entry < after.playlist.entries.size(); ++entry)
      all[key_of(after.playlist, entry)].second = entry;
    before_.resize(before.playlist.entries.size());
    after_.resize(after.playlist.entries.size());
    for (const auto& [key, entries] : all) {
      const auto [a, b] = entries;
      if (a) before_[*a] = keys_.size();
      if (b) after_[*b] = keys_.size();
      keys_.push_back(key);
      traits_.push_back(a && b ? changed_traits(before, *a, after, *b, display)
                               : std::vector<Trait>{});
    }
  }

  [[nodiscard]] const ItemKey& key(Number number) const { return keys_[number]; }
  [[nodiscard]] const std::vector<Trait>& traits(Number number) const { return traits_[number]; }
  [[nodiscard]] std::vector<Number> before(const std::vector<EntryIndex>& entries) const {
    return numbers(entries, before_);
  }
  [[nodiscard]] std::vector<Number> after(const std::vector<EntryIndex>& entries) const {
    return numbers(entries, after_);
  }

 private:
  static std::vector<Number> numbers(const std::vector<EntryIndex>& entries,
                                     const std::vector<Number>& of) {
    std::vector<Number> numbers;
    numbers.reserve(entries.size());
    for (const EntryIndex entry : entries) numbers.push_back(of[entry]);
    return numbers;
  }

  std::vector<ItemKey> keys_;
  std::vector<std::vector<Trait>> traits_;  // of those in both
  std::vector<Number> before_, after_;      // by entry
};

class Comparison {
 public:
  Comparison(const DiffSide& before, const DiffSide& after, const Display& display)
      : before_(before), after_(after), items_(before, after, display) {}

  // Over a stretch in which neither changes. From stretch to stretch the answer is often the same.
  const Difference& of(const std::vector<EntryIndex>& a, const std::vector<EntryIndex>& b) {
    if (!is_known_ || a != last_a_ || b != last_b_) {
      last_a_ = a;
      last_b_ = b;
      last_ = compare(a, b);
      is_known_ = true;
    }
    return last_;
  }

 private:
  [[nodiscard]] Difference compare(const std::vector<EntryIndex>& a,
                                   const std::vector<EntryIndex>& b) const {
    const std::vector<Number> old_order = items_.before(a);
    const std::vector<Number> new_order = items_.after(b);
    std::vector<Number> old_set = old_order;
    std::vector<Number> new_set = new_order;
    std::sort(old_set.begin(), old_set.end());
    std::sort(new_set.begin(), new_set.end());

    Difference difference;
    for (const Number number : new_set) {
      if (!std::binary_search(old_set.begin(), old_set.end(), number)) {
        difference.gained.push_back(items_.key(number));
      } else if (!items_.traits(number).empty()) {
        difference.changed.push_back({items_.key(number), items_.traits(number)});
      }
    }
    for (const Number number : old_set) {
      if (!std::binary_search(new_set.begin(), new_set.end(), number))
        difference.lost.push_back(items_.key(number));
    }
    // Ties between equal items go to the first, so the order in the file may be seen.
    if (difference.is_none() && old_order != new_order) difference.order = turns_differ(a, b);
    return difference;
  }

  [[nodiscard]] bool turns_differ(const std::vector<EntryIndex>& a,
                                  const std::vector<EntryIndex>& b) const {
    return items_.before(lay_loop(before_.playlist, a).turns) !=
           items_.after(lay_loop(after_.playlist, b).turns);
  }

  DiffSide before_, after_;
  Items items_;
  bool is_known_ = false;
  std::vector<EntryIndex> last_a_, last_b_;
  Difference last_;
};

void append(std::vector<DiffStretch>& stretches, Span span, const Difference& difference) {
  if (span.from >= span.until || difference.is_none()) return;
  if (!stretches.empty() && stretches.back().span.until == span.from &&
      stretches.back().difference == difference) {
    stretches.back().span.until = span.until;
  } else {
    stretches.push_back({span, difference});
  }
}

// Walks the segments of one day of both, side by side.
void compare_day(Comparison& comparison, const std::vector<Segment>& before,
                 const std::vector<Segment>& after, Span range,
                 std::vector<DiffStretch>& stretches) {
  auto a = before.begin();
  auto b = after.begin();
  while (a != before.end() && b != after.end()) {
    const Span both{std::max({a->span.from, b->span.from, range.from}),
                    std::min({a->span.until, b->span.until, range.until})};
    if (both.from < both.until) append(stretches, both, comparison.of(a->items, b->items));
    const Instant reached = std::min(a->span.until, b->span.until);
    if (a->span.until == reached) ++a;
    if (b->span.until == reached) ++b;
  }
}

}  // namespace

ItemKey key_of(const Playlist& playlist, EntryIndex entry) {
  const Campaign& campaign = playlist.campaign_of(entry);
  return {campaign.agency, campaign.id, playlist.item_of(entry).id};
}

std::string_view to_string(Trait trait) {
  switch (trait) {
    case Trait::poster:
      return "poster";
    case Trait::picture:
      return "picture";
    case Trait::text:
      return "text";
    case Trait::caption:
      return "caption";
    case Trait::style:
      return "style";
    case Trait::fit:
      return "fit";
    case Trait::transition:
      return "transition";
    case Trait::motion:
      return "motion";
    case Trait::seconds:
      return "seconds";
    case Trait::weight:
      return "weight";
  }
  return "";
}

PlaylistDiff diff(const DiffSide& before, const DiffSide& after, const Display& display,
                  Span range) {
  PlaylistDiff result;
  if (range.from >= range.until) return result;
  const Zone& zone = *display.zone;
  Comparison comparison(before, after, display);
  const Day last = zone.day_of(range.until - Millis{1});
  for (Day day = zone.day_of(range.from); day <= last; day += std::chrono::days{1}) {
    const Span whole{zone.start_of(day), zone.start_of(day + std::chrono::days{1})};
    compare_day(comparison, segments_of(before.playlist, before.context, whole),
                segments_of(after.playlist, after.context, whole), range, result.stretches);
  }
  result.shares = changed_shares(before, after, zone, range);
  return result;
}

}  // namespace noseon
