// What an agency has published, by the targets of its role: each campaign's live manifest, and the
// releases that it can go back to.
//
// The manifest of a release is a target of its own, `<agency>/release-<campaign>-<n>.json`, with
// the same bytes as `<agency>/campaign-<campaign>.json` had while it was live. So an old release
// stays signed, and its pictures in place, as long as it is kept.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/manifest.h"
#include "fleet/publish/repository.h"

namespace noseon {

/// So many of a campaign's releases are kept; fewer where the metadata would grow too large.
inline constexpr std::size_t kReleasesKept = 20;

[[nodiscard]] std::string release_target(std::string_view agency, std::string_view campaign,
                                         std::int64_t release);

struct CampaignReleases {
  std::optional<TargetFile> live;  ///< nothing: it is withdrawn
  std::map<std::int64_t, TargetFile> kept;

  /// Of the release that is live; nothing where none is, or it is not kept.
  [[nodiscard]] std::optional<std::int64_t> live_release() const;
  /// What the next release is called.
  [[nodiscard]] std::int64_t next_release() const;
};

/// By campaign. Empty for an agency that has not published. Pure.
[[nodiscard]] std::map<std::string, CampaignReleases, std::less<>> releases_of(
    const RepositoryState& state, std::string_view agency);

/// Errors: those of read_target() and read_manifest().
[[nodiscard]] Result<Manifest> read_live_manifest(const std::filesystem::path& repository,
                                                  std::string_view agency,
                                                  std::string_view campaign,
                                                  const TargetFile& file);
[[nodiscard]] Result<Manifest> read_kept_manifest(const std::filesystem::path& repository,
                                                  std::string_view agency,
                                                  std::string_view campaign, std::int64_t release,
                                                  const TargetFile& file);

struct AgencyChange {
  std::vector<Manifest> published;     ///< their first edition is the new release
  std::vector<std::string> withdrawn;  ///< campaigns; their releases stay
};

/// Puts the manifests in place and stages the agency's role with the targets that follow: the live
/// and kept manifests, and every picture of them. A kept release that cannot be read is let go.
/// Errors: those of set_role(), and of a live manifest that cannot be read and is not replaced.
/// REQUIRES: the pictures of `published` are in place (RepositoryEditor::add_target()).
[[nodiscard]] Status change_agency(RepositoryEditor& editor, std::string_view agency,
                                   const AgencyChange& change, const Signers& signers);

}  // namespace noseon
