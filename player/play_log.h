// From what really was on the glass to plays. Decisions that came onto the glass in, plays that
// have ended out; pure, time is an argument.
//
// The rules:
// - A play begins with the first frame of its item and ends with the first of what stands next, so
//   that plays leave no gap: the sum of their lengths is the time since the first frame.
// - One play for each turn: an item that is alone has one after the other, though its picture
// stands
//   on. The pages and looks of a turn are one play.
// - What stands in for an item that is not ready is not that item's: an item that stands on goes on
//   with its play, a card that stands in is a card's play. So is a draft (there is none on a bus).
// - Complete is what stood to the end of its slot, by the civil clock and by the monotonic one: not
//   what something urgent or a new release took over, nor what the player's end cut short.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "player/journal/play.h"
#include "player/show.h"

namespace noseon {

/// One turn of an item, or of a card: what makes a play another than the one before it.
struct TurnOnGlass {
  std::string campaign;  ///< empty, as `item`, for a card
  std::string item;
  std::string agency;
  std::int64_t generation = 0;
  std::vector<Sha256> blobs;
  std::optional<std::string> route;
  std::vector<std::pair<std::string, std::string>> places;
  Instant from;  ///< the slot
  Instant until;
  friend bool operator==(const TurnOnGlass&, const TurnOnGlass&) = default;
};

/// Whose turn it is on the glass, once the decision is there. `before`: what was there until then.
/// Nothing for a decision without a picture at the start. REQUIRES: it is the show's last one.
[[nodiscard]] std::optional<TurnOnGlass> turn_on_glass(const Decision& decision, const Show& show,
                                                       std::int64_t generation,
                                                       const std::optional<TurnOnGlass>& before);

/// One thread; steady times rise.
class PlayLog {
 public:
  /// `turn` stands from now on; the play that has ended by it.
  [[nodiscard]] std::optional<Play> stands(const TurnOnGlass& turn, const Moment& now);
  /// Nothing is shown any more.
  [[nodiscard]] std::optional<Play> end(const Moment& now);

  /// What stands.
  [[nodiscard]] const std::optional<TurnOnGlass>& turn() const { return turn_; }

 private:
  [[nodiscard]] Play ended(const Moment& now) const;

  std::optional<TurnOnGlass> turn_;
  Moment start_;
};

}  // namespace noseon
