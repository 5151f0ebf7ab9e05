// Why an item shows or does not: the first rule that decides, and when that changes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playlist/schedule.h"

namespace noseon {

/// In the order in which they are tested.
enum class Rule { window, days, hours, routes, near, labels, share, clock, role };
enum class ItemState { shown, waiting, out };

struct Explanation {
  EntryIndex entry = 0;
  ItemState state = ItemState::out;
  std::optional<Rule> rule;        ///< what keeps it out; nothing when shown or waiting
  std::string reason;              ///< a sentence for a person
  std::optional<Instant> changes;  ///< next change of state or rule, within ten years
};

struct Explained {
  Showing showing;
  std::vector<Explanation> items;  ///< one for each entry, in order
};

[[nodiscard]] Explained explain(const Playlist& playlist, const Display& display,
                                const Context& context, Instant at);

[[nodiscard]] std::string_view to_string(Rule rule);
[[nodiscard]] std::string_view to_string(ItemState state);

/// The same for a person.
[[nodiscard]] std::string in_words(Rule rule);
[[nodiscard]] std::string in_words(ItemState state);

}  // namespace noseon
