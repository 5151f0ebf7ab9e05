#include "staff/proof_contract.h"

#include <algorithm>
#include <map>

#include "base/say.h"
#include "playlist/schedule.h"
#include "staff/progress.h"

namespace noseon {
namespace {

// "khojaly/city-hall on-board/depot", as player/journal/row.h writes it.
std::vector<std::pair<std::string, std::string>> places_of(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> places;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    const std::size_t slash = std::min(word.find('/'), word.size());
    places.emplace_back(word.substr(0, slash), word.substr(std::min(slash + 1, word.size())));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
  }
  return places;
}

Context context_of(const PlayRun& run) {
  Context context;
  if (!run.route.empty()) context.route = run.route;
  context.inside = places_of(run.places);
  return context;
}

struct Promise {
  double asked_ms = 0;
  Millis planned{0};
  std::int64_t plays = 0;
};

DeliveredItem& item_of(DeliveryReport& delivery, const Playlist& playlist, EntryIndex entry) {
  const std::string& campaign = playlist.campaign_of(entry).id.str();
  const std::string& item = playlist.item_of(entry).id.str();
  const auto found = std::find_if(
      delivery.items.begin(), delivery.items.end(),
      [&](const DeliveredItem& one) { return one.campaign == campaign && one.item == item; });
  if (found != delivery.items.end()) return *found;
  DeliveredItem added;
  added.agency = playlist.campaign_of(entry).agency;
  added.campaign = campaign;
  added.item = item;
  return *delivery.items.insert(delivery.items.end(), std::move(added));
}

}  // namespace

void add_contract(DeliveryReport& delivery, const World& world) {
  const Playlist& playlist = *world.playlist;
  Schedule schedule(playlist, *world.display);
  std::map<EntryIndex, Promise> promises;
  double on_ms = 0;
  Progress progress(say("stretches planned"), delivery.runs.size());
  for (const PlayRun& run : delivery.runs) {
    progress.step();
    if (run.is_doubtful || run.span.until <= run.span.from) continue;
    const auto length = static_cast<double>((run.span.until - run.span.from).count());
    const Context context = context_of(run);
    on_ms += length;
    for (const ItemShare& share :
         shares(playlist, *world.display, context, run.span, schedule.plan(context, run.span))) {
      if (share.asked <= 0 && share.plays == 0) continue;
      promises[share.entry].asked_ms += share.asked * length;
      promises[share.entry].planned += share.shown;
      promises[share.entry].plays += share.plays;
    }
  }
  for (const auto& [entry, promise] : promises) {
    DeliveredItem& item = item_of(delivery, playlist, entry);
    item.contracted = static_cast<double>(promise.planned.count()) / on_ms;
    item.weight = promise.asked_ms / on_ms;
    item.planned = promise.planned;
    item.planned_plays = promise.plays;
  }
}

}  // namespace noseon
