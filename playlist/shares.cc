#include "playlist/rotation.h"
#include "playlist/schedule.h"
#include "playlist/segments.h"

namespace noseon {
namespace {

double part(Millis of, Span range) {
  return static_cast<double>(of.count()) / static_cast<double>((range.until - range.from).count());
}

// Adds each item's part of its tier's weight over one segment of the range.
void ask(const Playlist& playlist, const Segment& segment, Span range,
         std::vector<ItemShare>& shares) {
  const Millis length = segment.span.until - segment.span.from;
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
  for_each_segment(playlist, *display.zone, context, range,
                   [&](const Segment& segment) { ask(playlist, segment, range, shares); });
  for (ItemShare& share : shares) share.share = part(share.shown, range);
  return shares;
}

}  // namespace noseon
