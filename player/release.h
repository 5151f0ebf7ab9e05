// One generation of a store as this display plays it: verified from the player's own root through
// every role to every manifest, and its campaigns with the blobs that show their pictures.
//
// The store is written by a process that talks to the network, so nothing of it is believed: what
// is used is bytes in memory that were verified there. Pictures are verified where they are opened
// (studio.h).
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "fleet/store/store.h"
#include "fleet/trust/chain.h"
#include "player/folder.h"
#include "player/published.h"

namespace noseon {

struct StoreRelease {
  std::uint64_t generation = 0;
  AcceptedVersions versions;
  std::optional<Instant> issued;  ///< when the repository signed its timestamp
  std::vector<Campaign> campaigns;
  Findings findings;  ///< of campaigns that cannot be read: each costs itself alone
  /// Why it is not used while another can be: a manifest that is not there whole, or one that needs
  /// what this version does not know. Empty: it is complete.
  std::vector<std::string> lacks;
  std::vector<DamagedBlob> damaged;  ///< the manifests that are not there whole
  std::set<Sha256> blobs;            ///< all that it needs here, as far as is known
};

/// Errors: those of verify_release() and bad_format.
[[nodiscard]] Result<StoreRelease> read_release(const Generation& generation,
                                                const StoreReader& store,
                                                std::string_view trusted_root,
                                                const AcceptedVersions& accepted,
                                                const Display& display, Zones& zones, Instant now);

}  // namespace noseon
