#include "fleet/publish/releases.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/say.h"
#include "playlist/patterns.h"

namespace noseon {
namespace {

constexpr std::string_view kReleasePrefix = "release-";
constexpr std::string_view kCampaignPrefix = "campaign-";
constexpr std::string_view kSuffix = ".json";

struct ReleaseName {
  std::string campaign;
  std::int64_t release = 0;
};

// "release-spring-3.json"
std::optional<ReleaseName> parse_release(std::string_view name) {
  if (!name.starts_with(kReleasePrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  name.remove_prefix(kReleasePrefix.size());
  name.remove_suffix(std::min(kSuffix.size(), name.size()));
  const std::size_t dash = name.rfind('-');
  if (dash == std::string_view::npos || !is_id(name.substr(0, dash))) return std::nullopt;
  const std::string_view digits = name.substr(dash + 1);
  std::int64_t release = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), release);
  const bool is_number = error == std::errc{} && end == digits.data() + digits.size();
  if (!is_number || release < 1 || release > kReleaseMax) return std::nullopt;
  return ReleaseName{std::string(name.substr(0, dash)), release};
}

Result<Manifest> read_manifest_target(const std::filesystem::path& repository,
                                      const std::string& path, const TargetFile& file) {
  ASSIGN_OR_RETURN(const std::string bytes, read_target(repository, path, file));
  Result<Manifest> manifest = read_manifest(bytes);
  if (!manifest) return fail(manifest.error().with_context(path));
  return manifest;
}

using Targets = std::map<std::string, TargetFile, std::less<>>;
using Releases = std::map<std::string, CampaignReleases, std::less<>>;

void add_pictures(const Manifest& manifest, Targets& targets) {
  for (const ManifestEdition& edition : manifest.editions) {
    for (const ManifestPicture& picture : edition.pictures)
      targets[picture.target] = {picture.bytes, picture.sha256};
  }
}

// The newest `count` releases, and the live one.
void keep_newest(CampaignReleases& campaign, std::size_t count) {
  const std::optional<std::int64_t> live = campaign.live_release();
  std::size_t over = campaign.kept.size() - std::min(campaign.kept.size(), count);
  for (auto one = campaign.kept.begin(); one != campaign.kept.end() && over > 0; --over) {
    one = one->first == live ? std::next(one) : campaign.kept.erase(one);
  }
}

// All that the manifests of an agency come to.
Result<Targets> targets_of(const std::filesystem::path& repository, std::string_view agency,
                           const Releases& releases) {
  Targets targets;
  for (const auto& [campaign, all] : releases) {
    if (all.live) {
      ASSIGN_OR_RETURN(const Manifest manifest,
                       read_live_manifest(repository, agency, campaign, *all.live));
      targets[manifest_target(agency, campaign)] = *all.live;
      add_pictures(manifest, targets);
    }
    for (const auto& [release, file] : all.kept) {
      const auto manifest = read_kept_manifest(repository, agency, campaign, release, file);
      if (!manifest) continue;
      targets[release_target(agency, campaign, release)] = file;
      add_pictures(*manifest, targets);
    }
  }
  return targets;
}

Status put_manifest(RepositoryEditor& editor, const Manifest& manifest, Releases& releases) {
  ASSIGN_OR_RETURN(const std::string text, write_manifest(manifest));
  const std::int64_t release = manifest.editions.front().release;
  CampaignReleases& campaign = releases[manifest.campaign];
  ASSIGN_OR_RETURN(campaign.live,
                   editor.add_target(manifest_target(manifest.agency, manifest.campaign), text));
  ASSIGN_OR_RETURN(
      campaign.kept[release],
      editor.add_target(release_target(manifest.agency, manifest.campaign, release), text));
  return {};
}

// With as many releases as the metadata has room for.
Status set_role_that_fits(RepositoryEditor& editor, std::string_view agency, const Releases& all_of,
                          const Signers& signers) {
  Releases releases = all_of;
  Status status;
  for (std::size_t count = kReleasesKept; count > 0; count /= 2) {
    for (auto& [campaign, all] : releases) keep_newest(all, count);
    const auto live = editor.state().roles.find(agency);
    TargetsMetadata content = live == editor.state().roles.end() ? TargetsMetadata{} : live->second;
    ASSIGN_OR_RETURN(content.targets, targets_of(editor.folder(), agency, releases));
    status = editor.set_role(agency, std::move(content), signers);
    if (status || status.error().kind != ErrorKind::too_large) return status;
  }
  return status;
}

}  // namespace

std::string release_target(std::string_view agency, std::string_view campaign,
                           std::int64_t release) {
  return fmt::format("{}/{}{}-{}{}", agency, kReleasePrefix, campaign, release, kSuffix);
}

std::optional<std::int64_t> CampaignReleases::live_release() const {
  if (!live) return std::nullopt;
  const auto found = std::find_if(kept.rbegin(), kept.rend(),
                                  [&](const auto& one) { return one.second == *live; });
  return found == kept.rend() ? std::nullopt : std::optional(found->first);
}

std::int64_t CampaignReleases::next_release() const {
  return kept.empty() ? 1 : kept.rbegin()->first + 1;
}

Releases releases_of(const RepositoryState& state, std::string_view agency) {
  Releases releases;
  const auto role = state.roles.find(agency);
  if (role == state.roles.end()) return releases;
  for (const auto& [path, file] : role->second.targets) {
    if (!path.starts_with(std::string(agency) + "/")) continue;
    const std::string_view name = std::string_view(path).substr(agency.size() + 1);
    if (is_manifest_target(path)) {
      const std::string_view id = name.substr(
          kCampaignPrefix.size(), name.size() - kCampaignPrefix.size() - kSuffix.size());
      releases[std::string(id)].live = file;
    } else if (const auto kept = parse_release(name)) {
      releases[kept->campaign].kept[kept->release] = file;
    }
  }
  return releases;
}

Result<Manifest> read_live_manifest(const std::filesystem::path& repository,
                                    std::string_view agency, std::string_view campaign,
                                    const TargetFile& file) {
  return read_manifest_target(repository, manifest_target(agency, campaign), file);
}

Result<Manifest> read_kept_manifest(const std::filesystem::path& repository,
                                    std::string_view agency, std::string_view campaign,
                                    std::int64_t release, const TargetFile& file) {
  return read_manifest_target(repository, release_target(agency, campaign, release), file);
}

Status change_agency(RepositoryEditor& editor, std::string_view agency, const AgencyChange& change,
                     const Signers& signers) {
  Releases releases = releases_of(editor.state(), agency);
  for (const std::string& campaign : change.withdrawn) {
    const auto found = releases.find(campaign);
    if (found != releases.end()) found->second.live.reset();
  }
  for (const Manifest& manifest : change.published) TRY(put_manifest(editor, manifest, releases));
  return set_role_that_fits(editor, agency, releases, signers);
}

}  // namespace noseon
