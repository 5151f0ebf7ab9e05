// A whole stored release verified at once: from a trusted root through metadata files to every
// target. What noseon-player does before it uses a generation, and noseon-sync before it keeps one.
// Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fleet/trust/lookup.h"

namespace noseon {

/// By name as they lie on disk: "2.root.json" for each root after the trusted one (older ones may
/// be there too), "timestamp.json", "snapshot.json", "targets.json", and encode_role_name(role) +
/// ".json" for every delegated role.
using MetadataFiles = std::map<std::string, std::string, std::less<>>;

/// At most so many delegations to roles in one repository, all roles together.
inline constexpr std::size_t kDelegationsMax = 1024;

/// The versions accepted last, against rollback. 0 is "none".
struct AcceptedVersions {
  std::int64_t root = 0;
  std::int64_t timestamp = 0;
  std::int64_t snapshot = 0;
  std::map<std::string, std::int64_t, std::less<>> roles;  ///< all that the snapshot listed
  friend bool operator==(const AcceptedVersions&, const AcceptedVersions&) = default;
};

struct VerifiedRelease {
  AcceptedVersions versions;
  std::optional<Instant> issued;      ///< the timestamp's x-issued
  std::vector<FoundTarget> targets;   ///< by path; each as find_target() finds it
  RootMetadata root;                  ///< the last of the chain
  std::vector<std::string> left_out;  ///< roles whose file is empty, by name
};

/// Errors: signature, rollback (a version under one of `accepted`, or a role of it that is no
/// longer listed), bad_format (also a delegated role named as a root's file, "2.root"), not_found
/// (a file is missing), too_large (over kDelegationsMax), expired where it is judged.
///
/// Every role that is delegated, from whatever depth, and listed in the snapshot must be there,
/// since a campaign may be anyone's. An empty file says that whoever pulled left that role out: it
/// had expired when this display saw it for the first time. Such a role, and one that is delegated
/// and not listed, which has not published yet, has no targets, and a target whose search leads
/// through it is nobody's.
///
/// Expiry is judged of the top-level roles. Of a delegated role it was judged by whoever accepted
/// its file first (TrustedMetadata::accept_delegated()).
///
/// Where a root after `accepted.root` replaced the keys of timestamp or snapshot, what was accepted
/// of anything but roots is forgotten (5.3.11): so does a repository recover from a fast-forward
/// attack. A trusted root that is itself newer than `accepted.root` says nothing of this, and
/// nothing is forgotten.
[[nodiscard]] Result<VerifiedRelease> verify_release(std::string_view trusted_root,
                                                     const MetadataFiles& files, Instant now,
                                                     Expiry expiry,
                                                     const AcceptedVersions& accepted);

}  // namespace noseon
