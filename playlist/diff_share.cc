#include <cmath>
#include <map>

#include "playlist/diff.h"
#include "playlist/segments.h"

namespace noseon {
namespace {

// Of what sums of parts round differently when segments are cut elsewhere.
constexpr double kSameShare = 1e-9;

double milliseconds(Span span) {
  return static_cast<double>((span.until - span.from).count());
}

struct Part {
  double asked = 0;
  double shown_ms = 0;
};

void add(const Playlist& playlist, const Segment& segment, Span range, std::vector<Part>& parts) {
  double weights = 0;
  double loop_ms = 0;
  for (const EntryIndex index : segment.items) {
    const Entry& entry = playlist.entries[index];
    weights += entry.weight;
    loop_ms += entry.weight * static_cast<double>(entry.length.count());
  }
  const double length = milliseconds(segment.span);
  for (const EntryIndex index : segment.items) {
    const Entry& entry = playlist.entries[index];
    parts[index].asked += length / milliseconds(range) * entry.weight / weights;
    parts[index].shown_ms +=
        length * entry.weight * static_cast<double>(entry.length.count()) / loop_ms;
  }
}

std::vector<PartOfRange> parts_of(const DiffSide& side, const Zone& zone, Span range) {
  std::vector<Part> parts(side.playlist.entries.size());
  for_each_segment(side.playlist, zone, side.context, range,
                   [&](const Segment& segment) { add(side.playlist, segment, range, parts); });
  std::vector<PartOfRange> rounded;
  for (const Part& part : parts)
    rounded.push_back({part.asked, Millis{std::llround(part.shown_ms)}});
  return rounded;
}

bool differ(const PartOfRange& a, const PartOfRange& b) {
  return std::abs(a.asked - b.asked) > kSameShare ||
         std::chrono::abs(a.shown - b.shown) > Millis{1};
}

}  // namespace

std::vector<ShareChange> changed_shares(const DiffSide& before, const DiffSide& after,
                                        const Zone& zone, Span range) {
  std::map<ItemKey, ShareChange> all;
  const std::vector<PartOfRange> old_parts = parts_of(before, zone, range);
  const std::vector<PartOfRange> new_parts = parts_of(after, zone, range);
  for (EntryIndex entry = 0; entry < old_parts.size(); ++entry)
    all[key_of(before.playlist, entry)].before = old_parts[entry];
  for (EntryIndex entry = 0; entry < new_parts.size(); ++entry)
    all[key_of(after.playlist, entry)].after = new_parts[entry];
  std::vector<ShareChange> changes;
  for (auto& [key, change] : all) {
    change.item = key;
    if (differ(change.before, change.after)) changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace noseon
