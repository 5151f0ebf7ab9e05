#include "playlist/geofence.h"

#include <algorithm>

namespace noseon {
namespace {

bool has_left(const EnteredFence& fence, Instant now) {
  return fence.beyond_since && *fence.beyond_since + kFenceLeaving <= now;
}

bool is_stale(const GeofenceState& state, Instant now) {
  return !state.fix_at || *state.fix_at + kFixLifetime <= now;
}

const EnteredFence* find_entered(const GeofenceState& state, const Campaign& campaign,
                                 const GeoPlace& place) {
  const auto found =
      std::find_if(state.entered.begin(), state.entered.end(), [&](const EnteredFence& fence) {
        return fence.campaign == campaign.id && fence.place == place.name;
      });
  return found == state.entered.end() ? nullptr : &*found;
}

// The fence after the fix; nothing where the display is not inside of it.
std::optional<EnteredFence> look_at(const EnteredFence* before, const Campaign& campaign,
                                    const GeoPlace& place, const Fix& fix) {
  const double away = distance_m(fix.position, {place.latitude, place.longitude});
  EnteredFence fence{campaign.id, place.name, std::nullopt};
  const bool was_inside = before && !has_left(*before, fix.at);
  if (!was_inside) return away <= place.radius_m ? std::optional(fence) : std::nullopt;
  if (away > place.radius_m + kFenceMarginM)
    fence.beyond_since = before->beyond_since.value_or(fix.at);
  return fence;
}

}  // namespace

GeofenceState after_fix(const Playlist& playlist, const GeofenceState& before, const Fix& fix) {
  if (before.fix_at && fix.at <= *before.fix_at) return before;
  const GeofenceState known = is_stale(before, fix.at) ? GeofenceState{} : before;
  GeofenceState after{fix.at, {}};
  for (const Campaign& campaign : playlist.campaigns) {
    for (const GeoPlace& place : campaign.places) {
      if (auto fence = look_at(find_entered(known, campaign, place), campaign, place, fix))
        after.entered.push_back(*std::move(fence));
    }
  }
  return after;
}

std::vector<std::pair<std::string, std::string>> inside_at(const GeofenceState& state,
                                                           Instant now) {
  std::vector<std::pair<std::string, std::string>> inside;
  if (is_stale(state, now)) return inside;
  for (const EnteredFence& fence : state.entered)
    if (!has_left(fence, now)) inside.emplace_back(fence.campaign.str(), fence.place);
  return inside;
}

std::optional<Instant> next_change(const GeofenceState& state, Instant now) {
  if (inside_at(state, now).empty()) return std::nullopt;
  Instant next = *state.fix_at + kFixLifetime;
  for (const EnteredFence& fence : state.entered)
    if (fence.beyond_since && !has_left(fence, now))
      next = std::min(next, *fence.beyond_since + kFenceLeaving);
  return next;
}

Context with_places(Context context, const GeofenceState& state, Instant now) {
  auto inside = inside_at(state, now);
  if (inside == context.inside) return context;
  context.inside = std::move(inside);
  context.move_to(now);
  return context;
}

}  // namespace noseon
