// noseon status: what a repository says to displays.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/json.h"
#include "base/say.h"
#include "fleet/publish/releases.h"
#include "playlist/compiled.h"
#include "staff/commands.h"
#include "staff/delivery.h"
#include "staff/json_text.h"
#include "staff/release_plan.h"
#include "staff/table.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

struct CampaignStatus {
  std::string agency;
  std::string campaign;
  std::optional<Manifest> live;
  std::string trouble;  ///< why it cannot be read
  CampaignReleases releases;
  std::uint64_t bytes = 0;  ///< of its live pictures
};

std::uint64_t bytes_in(const Manifest& manifest) {
  std::map<Sha256, std::uint64_t> blobs;
  for (const ManifestEdition& edition : manifest.editions)
    for (const ManifestPicture& picture : edition.pictures) blobs[picture.sha256] = picture.bytes;
  std::uint64_t bytes = 0;
  for (const auto& [hash, size] : blobs) bytes += size;
  return bytes;
}

std::vector<CampaignStatus> campaigns_of(const Site& site, const RepositoryState& state) {
  std::vector<CampaignStatus> all;
  for (const Delegation& delegation : state.targets().delegations) {
    for (auto& [campaign, releases] : releases_of(state, delegation.name)) {
      CampaignStatus status{delegation.name, campaign, {}, {}, releases, 0};
      if (releases.live) {
        Result<Manifest> live =
            read_live_manifest(site.repository, delegation.name, campaign, *releases.live);
        if (!live) status.trouble = live.error().message;
        if (live) status.bytes = bytes_in(*live);
        if (live) status.live = *std::move(live);
      }
      all.push_back(std::move(status));
    }
  }
  return all;
}

std::string left_text(const RoleExpiry& expiry, Instant now) {
  if (due_of(expiry, now) == Due::now) return say("expired");
  const auto left = std::chrono::floor<std::chrono::days>(expiry.expires - now).count();
  return left == 1 ? say("1 day") : say("{} days", left);
}

void print_roles(const RepositoryState& state, Instant now) {
  std::vector<std::vector<std::string>> rows;
  for (const RoleExpiry& expiry : expiries_of(state))
    rows.push_back({expiry.role, std::to_string(expiry.version), utc_text(expiry.expires),
                    left_text(expiry, now)});
  fmt::print("{}", format_table({say("role"), say("version"), say("expires"), say("left")},
                                {Side::left, Side::right, Side::left, Side::right}, rows));
}

std::string shares_text(const CampaignStatus& status) {
  if (!status.live || status.live->editions.size() == 1) return share_text(kShareWhole);
  return say("{0}; the others have release {1}", share_text(status.live->editions[0].share),
             status.live->editions[1].release);
}

void print_campaigns(const std::vector<CampaignStatus>& campaigns) {
  if (campaigns.empty()) {
    fmt::print("\n{}\n", say("nothing is published yet"));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const CampaignStatus& one : campaigns) {
    const std::string last = std::to_string(one.releases.next_release() - 1);
    if (!one.live) {
      const std::string what = one.trouble.empty() ? say("withdrawn") : say("damaged");
      rows.push_back({one.agency, one.campaign, last, what, "", ""});
      continue;
    }
    const ManifestEdition& edition = one.live->editions.front();
    rows.push_back({one.agency, one.campaign, std::to_string(edition.release),
                    utc_text(edition.published), shares_text(one), bytes_text(one.bytes)});
  }
  fmt::print("\n{}",
             format_table(
                 {say("agency"), say("campaign"), say("release"), say("published"), say("displays"),
                  say("pictures")},
                 {Side::left, Side::left, Side::right, Side::left, Side::left, Side::right}, rows));
}

void print_agencies(const RepositoryState& state) {
  for (const Delegation& delegation : state.targets().delegations) {
    if (!state.roles.contains(delegation.name))
      fmt::print("{}\n", say("{} may publish and has not yet", delegation.name));
  }
}

void print_profiles(const std::vector<DisplayProfile>& profiles) {
  for (const DisplayProfile& profile : profiles) {
    const Size size = profile.display.composed_size();
    fmt::print("{}\n", say("display {}: {} x {}", profile.name, size.width, size.height));
  }
}

ordered_json campaign_json(const CampaignStatus& one) {
  ordered_json json = {{"agency", one.agency}, {"campaign", one.campaign}};
  ordered_json kept = ordered_json::array();
  for (const auto& [release, file] : one.releases.kept) kept.push_back(release);
  json["live"] = ordered_json::array();
  if (one.live) {
    for (const ManifestEdition& edition : one.live->editions) {
      json["live"].push_back({{"release", edition.release},
                              {"published", metadata_time(edition.published)},
                              {"share", edition.share}});
    }
  }
  json["kept"] = std::move(kept);
  json["bytes"] = one.bytes;
  if (!one.trouble.empty()) json["trouble"] = one.trouble;
  return json;
}

void print_json(const Site& site, const RepositoryState& state,
                const std::vector<CampaignStatus>& campaigns,
                const std::vector<DisplayProfile>& profiles) {
  ordered_json roles = ordered_json::array();
  for (const RoleExpiry& expiry : expiries_of(state)) {
    roles.push_back({{"role", expiry.role},
                     {"version", expiry.version},
                     {"expires", metadata_time(expiry.expires)},
                     {"due", due_of(expiry, site.now) != Due::later}});
  }
  ordered_json agencies = ordered_json::array();
  for (const Delegation& delegation : state.targets().delegations) {
    agencies.push_back({{"agency", delegation.name},
                        {"keys", delegation.keys.key_ids},
                        {"threshold", delegation.keys.threshold}});
  }
  ordered_json all = ordered_json::array();
  for (const CampaignStatus& one : campaigns) all.push_back(campaign_json(one));
  ordered_json displays = ordered_json::array();
  for (const DisplayProfile& profile : profiles) {
    const Size size = profile.display.composed_size();
    displays.push_back({{"display", profile.name}, {"size", {size.width, size.height}}});
  }
  fmt::print(
      "{}\n",
      to_text(
          {{"roles", roles}, {"agencies", agencies}, {"campaigns", all}, {"displays", displays}}));
}

Status print_status(const SiteOptions& options, const Clock& clock, bool& is_damaged) {
  ASSIGN_OR_RETURN(const Site site, open_site(options, clock));
  ASSIGN_OR_RETURN(const RepositoryState state, site.read());
  SystemZones zones;
  ASSIGN_OR_RETURN(const std::vector<DisplayProfile> profiles,
                   read_profiles(site.repository, zones));
  const std::vector<CampaignStatus> campaigns = campaigns_of(site, state);
  for (const CampaignStatus& one : campaigns) {
    is_damaged = is_damaged || !one.trouble.empty();
    if (!one.trouble.empty()) fmt::print(stderr, "{}\n", one.trouble);
  }
  if (options.json) {
    print_json(site, state, campaigns, profiles);
    return {};
  }
  print_roles(state, site.now);
  print_campaigns(campaigns);
  fmt::print("\n");
  print_agencies(state);
  print_profiles(profiles);
  for (const std::string& line : reminders(state, site.now, options.repo)) fmt::print("{}\n", line);
  return {};
}

}  // namespace

int run_status(const SiteOptions& options, const Clock& clock) {
  bool is_damaged = false;
  const Status done = print_status(options, clock, is_damaged);
  if (!done) return refused(done.error());
  return is_damaged ? kRefused : kDone;
}

}  // namespace noseon
