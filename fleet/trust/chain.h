// A whole stored release verified at once: from a trusted root through metadata files to every
// target. What noseon-player does before it uses a generation, and noseon-sync before it keeps one.
// Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fleet/trust/lookup.h"

namespace noseon {

/// By name as they lie on disk: "2.root.json" for each root after the trusted one (older ones may
/// be there too), "timestamp.json", "snapshot.json", "targets.json", and encode_role_name(role) +
/// ".json" for every delegated role.
using MetadataFiles = std::map<std::string, std::string, std::less<>>;

/// At most so many delegated roles in one repository.
inline constexpr std::size_t kRolesMax = 1024;

/// The highest versions accepted so far, against rollback. 0 is "none".
struct AcceptedVersions {
  std::int64_t root = 0;
  std::int64_t timestamp = 0;
  std::int64_t snapshot = 0;
  std::map<std::string, std::int64_t, std::less<>> roles;  ///< "targets" and delegated ones
  friend bool operator==(const AcceptedVersions&, const AcceptedVersions&) = default;
};

struct VerifiedRelease {
  AcceptedVersions versions;
  std::optional<Instant> issued;     ///< the timestamp's x-issued
  std::vector<FoundTarget> targets;  ///< by path; each as find_target() finds it
  RootMetadata root;                 ///< the last of the chain
};

/// Errors: signature, rollback (a version under one of `accepted`), bad_format, not_found (a file
/// is missing), expired where it is judged. Every role that is delegated, from whatever depth, must
/// be there, since a campaign may be anyone's.
[[nodiscard]] Result<VerifiedRelease> verify_release(std::string_view trusted_root,
                                                     const MetadataFiles& files, Instant now,
                                                     Expiry expiry,
                                                     const AcceptedVersions& accepted);

}  // namespace noseon
