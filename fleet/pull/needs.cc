#include "fleet/pull/needs.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/say.h"
#include "playlist/compiled.h"
#include "playlist/rotation.h"
#include "playlist/schedule.h"

namespace noseon {
namespace {

// A campaign, and its pictures that this display shows.
struct Shown {
  Campaign campaign;
  std::vector<ManifestPicture> pictures;
};

// By campaign and picture, as written there: when it is first on the screen.
using FirstPlays = std::map<std::pair<std::uint32_t, std::string>, Instant>;

Result<Shown> read_shown(const Need& need, std::string_view bytes, const Display& display,
                         Zones& zones) {
  ASSIGN_OR_RETURN(const Manifest manifest, read_manifest(bytes));
  if (manifest_target(manifest.agency, manifest.campaign) != need.target) {
    return fail(ErrorKind::bad_format,
                say("it says that it is {}/{}", manifest.agency, manifest.campaign));
  }
  const ManifestEdition& edition = edition_for(manifest, display.id);
  ParsedCampaign parsed = read_compiled(edition.compiled, need.target, zones);
  if (!parsed.campaign) {
    return fail(ErrorKind::bad_format, parsed.findings.empty() ? say("its campaign cannot be read")
                                                               : parsed.findings.front().message);
  }
  parsed.campaign->agency = manifest.agency;
  return Shown{*std::move(parsed.campaign), pictures_of(edition, display.composed_size())};
}

void note(FirstPlays& plays, const Playlist& playlist, EntryIndex entry, Instant at) {
  const Campaign& campaign = playlist.campaign_of(entry);
  const Item& item = playlist.item_of(entry);
  const auto first = [&](const std::string& written) {
    if (!written.empty()) plays.try_emplace({playlist.entries[entry].campaign, written}, at);
  };
  first(item.poster);
  if (item.style) first(campaign.styles[*item.style].picture);
}

bool has_news(const Showing& showing, const std::vector<bool>& is_known) {
  return showing.loop && std::any_of(showing.loop->items.begin(), showing.loop->items.end(),
                                     [&](EntryIndex entry) { return !is_known[entry]; });
}

// An item whose last day was days ago, in whatever zone: it plays no more, and looking for the day
// on which it does would cost more than all the others.
bool is_over(const Playlist& playlist, EntryIndex entry, Instant now) {
  const auto has_ended = [&](const DayWindow& window) {
    return window.until && !window.yearly &&
           std::chrono::sys_days{window.until->time_since_epoch()} + std::chrono::days{3} < now;
  };
  return has_ended(playlist.campaign_of(entry).window) || has_ended(playlist.item_of(entry).window);
}

Playlist without_what_is_over(const Playlist& playlist, Instant now) {
  std::vector<EntryIndex> over;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry)
    if (is_over(playlist, entry, now)) over.push_back(entry);
  return without(playlist, over);
}

// The first turns of each segment in a year, from the one that plays now. A loop comes round within
// minutes; what a segment has not shown in two hours may wait for the rest.
FirstPlays first_plays(const Playlist& playlist, const Display& display, Instant now) {
  constexpr int kSegmentsMax = 400;
  constexpr std::chrono::hours kLook{2};
  const Instant end = now + std::chrono::days{366};
  FirstPlays plays;
  Schedule schedule(playlist, display);
  const Context context;
  std::vector<bool> is_known(playlist.entries.size(), false);
  Instant from = now;
  for (int i = 0; i < kSegmentsMax && from < end; ++i) {
    const Instant next = schedule.next_edge(context, from).value_or(end);
    // Most of a year shows what was shown before.
    if (!has_news(schedule.showing_at(context, from), is_known)) {
      from = next;
      continue;
    }
    for (const Slot& slot : schedule.plan(context, {from, std::min<Instant>(next, from + kLook)})) {
      if (!slot.entry) continue;
      is_known[*slot.entry] = true;
      note(plays, playlist, *slot.entry, slot.from);
    }
    if (std::find(is_known.begin(), is_known.end(), false) == is_known.end()) break;
    from = next;
  }
  return plays;
}

ZonePtr zone_for(const Display& display, const std::vector<Campaign>& campaigns) {
  if (display.zone) return display.zone;
  return campaigns.empty() ? std::make_shared<const Zone>(Zone::utc()) : campaigns.front().zone;
}

// What `compile` made of the campaigns keeps their order by agency and id, which is how they are
// found again.
std::vector<Need> in_order(std::vector<Shown> shown, const Display& display,
                           std::optional<Instant> now) {
  std::map<std::pair<std::string, std::string>, std::vector<ManifestPicture>> pictures;
  std::vector<Campaign> campaigns;
  for (Shown& each : shown) {
    pictures[{each.campaign.agency, each.campaign.id.str()}] = std::move(each.pictures);
    campaigns.push_back(std::move(each.campaign));
  }
  Display here = display;
  here.zone = zone_for(display, campaigns);
  Findings findings;
  const Playlist playlist = compile(std::move(campaigns), here, findings);
  const FirstPlays plays =
      now ? first_plays(without_what_is_over(playlist, *now), here, *now) : FirstPlays{};

  std::map<BlobId, Need> needs;
  for (std::uint32_t i = 0; i < playlist.campaigns.size(); ++i) {
    const Campaign& campaign = playlist.campaigns[i];
    for (const ManifestPicture& picture : pictures[{campaign.agency, campaign.id.str()}]) {
      const auto play = plays.find({i, picture.written});
      const Instant at = play == plays.end() ? kEndOfTime : play->second;
      const BlobId id{picture.sha256, picture.bytes};
      const auto [need, is_new] = needs.try_emplace(id, Need{id, picture.target, at});
      if (!is_new) need->second.plays_at = std::min(need->second.plays_at, at);
    }
  }
  std::vector<Need> ordered;
  for (auto& [id, need] : needs) ordered.push_back(std::move(need));
  std::sort(ordered.begin(), ordered.end(), [](const Need& a, const Need& b) {
    return std::tie(a.plays_at, a.target) < std::tie(b.plays_at, b.target);
  });
  return ordered;
}

}  // namespace

std::vector<Need> manifests_of(const VerifiedRelease& release) {
  std::vector<Need> manifests;
  for (const FoundTarget& target : release.targets) {
    if (!is_manifest_target(target.path)) continue;
    manifests.push_back({{target.file.sha256, target.file.length}, target.path, kBeginningOfTime});
  }
  return manifests;
}

Result<PictureNeeds> pictures_for(const std::vector<Need>& manifests,
                                  const std::function<Result<std::string>(const Need&)>& read,
                                  const Display& display, std::optional<Instant> now,
                                  Zones& zones) {
  PictureNeeds needs;
  std::vector<Shown> shown;
  for (const Need& manifest : manifests) {
    ASSIGN_OR_RETURN(const std::string bytes, read(manifest));
    Result<Shown> one = read_shown(manifest, bytes, display, zones);
    if (one) {
      shown.push_back(*std::move(one));
    } else if (one.error().kind == ErrorKind::unavailable) {
      return fail(one.error().with_context(manifest.target));
    } else {
      needs.problems.push_back(one.error().with_context(manifest.target).message);
    }
  }
  needs.pictures = in_order(std::move(shown), display, now);
  return needs;
}

}  // namespace noseon
