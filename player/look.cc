#include "player/look.h"

#include <algorithm>

#include "playlist/night.h"

namespace noseon {
namespace {

bool has_clock(const Playlist& playlist, EntryIndex entry) {
  const Item& item = playlist.item_of(entry);
  return item.style && playlist.campaign_of(entry).styles.at(*item.style).clock != ClockStrip::none;
}

}  // namespace

LookTurn look_at(const Playlist& playlist, const std::optional<EntryIndex>& entry,
                 const Display& display, const Context& context, Instant at) {
  if (context.clock_floor) return {.look = {}, .until = kEndOfTime};
  const Brightness brightness = brightness_at(display, at);
  LookTurn turn{.look = {.brightness = brightness.permille, .minute = {}},
                .until = brightness.until};
  if (!entry || !has_clock(playlist, *entry)) return turn;
  turn.look.minute = std::chrono::floor<std::chrono::minutes>(display.zone->civil_at(at));
  turn.until = std::min(turn.until, next_minute(*display.zone, at));
  return turn;
}

}  // namespace noseon
