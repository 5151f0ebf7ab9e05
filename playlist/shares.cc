#include <algorithm>

#include "playlist/rotation.h"
#include "playlist/schedule.h"
#include "playlist/segments.h"

namespace noseon {
namespace {

double part(Millis of, Span range) {
  return static_cast<double>(of.count()) / static_cast<double>((range.until - range.from).count());
}

// Adds each item's part of its tier's weight over one segment.
void ask(const Playlist& playlist, const Segment& segment, Span range,
         std::vector<ItemShare>& shares) {
  const Millis length =
      std::min(segment.span.until, range.until) - std::max(segment.span.from, range.from);
  if (length <= Millis{0}) return;
  std::int64_t weights = 0;
  for (const EntryIndex entry : segment.items) weights += playlist.entries[entry].weight;
  for (const EntryIndex entry : segment.items) {
    shares[entry].asked +=
        part(length, range) * playlist.entries[entry].weight / static_cast<double>(weights);
  }
}

}  // namespace

std::vector<ItemShare> shares(const Playlist& playlist, const Display& display,
                              const Context& context, Span range, const std::vector<Slot>& slots) {
  std::vector<ItemShare> shares(playlist.entries.size());
  for (EntryIndex entry = 0; entry < shares.size(); ++entry) shares[entry].entry = entry;
  if (range.from >= range.until) return shares;

  for (const Slot& slot : slots) {
    if (!slot.entry) continue;
    ++shares[*slot.entry].plays;
    shares[*slot.entry].shown += slot.until - slot.from;
  }
  const Zone& zone = *display.zone;
  for (Day day = zone.day_of(range.from); zone.start_of(day) < range.until;
       day += std::chrono::days{1}) {
    const Span span{zone.start_of(day), zone.start_of(day + std::chrono::days{1})};
    for (const Segment& segment : segments_of(playlist, context, span)) {
      ask(playlist, segment, range, shares);
    }
  }
  for (ItemShare& share : shares) share.share = part(share.shown, range);
  return shares;
}

}  // namespace noseon
