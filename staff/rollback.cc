// noseon rollback and noseon withdraw: what is live changes without a campaign folder.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/say.h"
#include "fleet/publish/releases.h"
#include "staff/commands.h"
#include "staff/confirm.h"
#include "staff/delivery.h"
#include "staff/json_text.h"
#include "staff/release_plan.h"

namespace noseon {
namespace {

/// A campaign of an agency, as it was found.
struct Found {
  std::string agency;
  CampaignReleases releases;
};

// The one agency that has a campaign of that id, or the one that was named.
Result<Found> find_campaign(const RepositoryState& state, const RollbackOptions& options) {
  std::vector<Found> all;
  for (const Delegation& delegation : state.targets().delegations) {
    if (!options.agency.empty() && delegation.name != options.agency) continue;
    const auto releases = releases_of(state, delegation.name);
    const auto found = releases.find(options.campaign);
    if (found != releases.end()) all.push_back({delegation.name, found->second});
  }
  if (all.size() == 1) return all.front();
  if (all.empty()) {
    return fail(ErrorKind::not_found,
                say("there is no campaign \"{}\"; \"noseon status {}\" lists them",
                    options.campaign, options.site.repo));
  }
  return fail(
      ErrorKind::bad_format,
      say("several agencies have a campaign \"{}\"; say which, with --agency", options.campaign));
}

Status commit(Site& site, RepositoryEditor& editor, const std::string& agency,
              const AgencyChange& change) {
  const RoleKeys keys = editor.state().delegation(agency)->keys;
  ASSIGN_OR_RETURN(const Signers signers, site.ring.signers_for(keys, agency));
  ASSIGN_OR_RETURN(const OnlineSigners online, site.online(editor.state().root));
  TRY(change_agency(editor, agency, change, signers));
  return editor.commit(online);
}

std::string kept_text(const CampaignReleases& releases) {
  std::string text;
  for (const auto& [release, file] : releases.kept)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", release);
  return text;
}

// The content of an old release, as the next one.
Result<Manifest> old_content(const Site& site, const Found& found, const RollbackOptions& options) {
  const auto kept = found.releases.kept.find(options.release);
  if (kept == found.releases.kept.end()) {
    return fail(ErrorKind::not_found,
                say("{}: release {} is not kept; there are {}", options.campaign, options.release,
                    kept_text(found.releases)));
  }
  ASSIGN_OR_RETURN(Manifest manifest,
                   read_kept_manifest(site.repository, found.agency, options.campaign,
                                      options.release, kept->second));
  manifest.editions.resize(1);
  ManifestEdition& edition = manifest.editions.front();
  edition.release = found.releases.next_release();
  edition.published = std::chrono::floor<std::chrono::seconds>(site.now);
  edition.share = kShareWhole;
  edition.salt.clear();
  return manifest;
}

Result<bool> roll_back(const RollbackOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(const RepositoryState state, site.read());
  TRY(check_not_expired(state, site.now, options.site.repo));
  ASSIGN_OR_RETURN(const Found found, find_campaign(state, options));
  ASSIGN_OR_RETURN(const Manifest manifest, old_content(site, found, options));
  std::optional<Manifest> live;
  if (found.releases.live) {
    Result<Manifest> read =
        read_live_manifest(site.repository, found.agency, options.campaign, *found.releases.live);
    if (read) live = *std::move(read);
  }
  SystemZones zones;
  ASSIGN_OR_RETURN(const auto profiles, read_profiles(site.repository, zones));
  const CampaignPlan plan = plan_of(manifest, live ? &*live : nullptr, profiles);
  if (!options.site.json) {
    for (const std::string& line : plan_lines(plan)) fmt::print("{}\n", line);
  }
  ASSIGN_OR_RETURN(const bool is_agreed,
                   confirm(say("Bring release {} back as release {}?", options.release,
                               manifest.editions.front().release),
                           options.yes, options.site.json));
  if (!is_agreed) return false;
  ASSIGN_OR_RETURN(RepositoryEditor editor, site.edit());
  ASSIGN_OR_RETURN(const Found again, find_campaign(editor.state(), options));
  if (again.releases.next_release() != found.releases.next_release()) {
    return fail(ErrorKind::rollback,
                say("{}: somebody else has published release {} meanwhile; look at what changes "
                    "now, by publishing again",
                    options.campaign, again.releases.next_release() - 1));
  }
  TRY(commit(site, editor, found.agency, {{manifest}, {}}));
  if (options.site.json) {
    fmt::print("{}\n", to_text({{"published", plan_json(plan)}, {"content_of", options.release}}));
  } else {
    fmt::print("{}\n", say("published; displays take it when they ask next"));
  }
  return true;
}

Result<bool> withdraw(const RollbackOptions& options, const Clock& clock) {
  ASSIGN_OR_RETURN(Site site, open_site(options.site, clock));
  ASSIGN_OR_RETURN(RepositoryEditor editor, site.edit());
  ASSIGN_OR_RETURN(const Found found, find_campaign(editor.state(), options));
  const std::optional<std::int64_t> live = found.releases.live_release();
  if (!found.releases.live) {
    return fail(ErrorKind::not_found,
                say("{} is withdrawn already; bring it back with \"noseon rollback {} --to {}\"",
                    options.campaign, options.campaign, found.releases.next_release() - 1));
  }
  ASSIGN_OR_RETURN(const bool is_agreed, confirm(say("Take {} off all displays?", options.campaign),
                                                 options.yes, options.site.json));
  if (!is_agreed) return false;
  TRY(commit(site, editor, found.agency, {{}, {options.campaign}}));
  if (options.site.json) {
    fmt::print("{}\n", to_text({{"agency", found.agency},
                                {"campaign", options.campaign},
                                {"withdrawn", live.value_or(0)}}));
    return true;
  }
  fmt::print("{}\n", say("{}: withdrawn; displays drop it when they ask next", options.campaign));
  fmt::print("{}\n", say("To bring it back:"));
  fmt::print("    noseon rollback {} --to {} --repo {}\n", options.campaign, live.value_or(0),
             options.site.repo);
  return true;
}

int exit_code_of(const Result<bool>& done) {
  if (!done) return refused(done.error());
  return *done ? kDone : kRefused;
}

}  // namespace

int run_rollback(const RollbackOptions& options, const Clock& clock) {
  return exit_code_of(roll_back(options, clock));
}

int run_withdraw(const RollbackOptions& options, const Clock& clock) {
  return exit_code_of(withdraw(options, clock));
}

}  // namespace noseon
