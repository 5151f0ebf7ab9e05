// Which blobs a display needs of a release, and which of them plays soonest. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/zone.h"
#include "fleet/manifest.h"
#include "fleet/store/store.h"
#include "fleet/trust/chain.h"
#include "playlist/display.h"

namespace noseon {

struct Need {
  BlobId id;
  std::string target;  ///< TUF's path
  /// When it is first on the screen; kBeginningOfTime for a manifest, kEndOfTime where that is not
  /// within a year or depends on where the vehicle is.
  Instant plays_at = kEndOfTime;
  [[nodiscard]] bool is_manifest() const { return plays_at == kBeginningOfTime; }
  friend bool operator==(const Need&, const Need&) = default;
};

/// The manifests of all campaigns, in the order of their paths. Each hash once.
[[nodiscard]] std::vector<Need> manifests_of(const VerifiedRelease& release);

struct PictureNeeds {
  std::vector<Need> pictures;         ///< each hash once; what plays first is first
  std::vector<std::string> problems;  ///< of campaigns that cannot be read, which cost themselves
};

/// `now`: from when on it is asked what plays first; nothing: it is not, and the order is that of
/// their targets. `read` gives a manifest's bytes. Errors: those of read(), and unavailable where a
/// manifest needs what this version does not know: then the whole release is not for this display.
[[nodiscard]] Result<PictureNeeds> pictures_for(
    const std::vector<Need>& manifests, const std::function<Result<std::string>(const Need&)>& read,
    const Display& display, std::optional<Instant> now, Zones& zones);

}  // namespace noseon
