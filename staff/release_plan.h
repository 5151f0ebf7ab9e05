// What publishing would change, as values: for people, for machines, and to be done.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "fleet/manifest.h"
#include "playlist/model.h"
#include "staff/site.h"

namespace noseon {

struct ItemChange {
  std::string item;
  std::vector<std::string> what;  ///< the keys of campaign.toml that say something else, "picture"
};

/// What a display of a profile fetches that it does not have.
struct FetchSize {
  std::string display;
  Size size;
  std::size_t files = 0;
  std::uint64_t bytes = 0;
};

struct CampaignPlan {
  Manifest manifest;                        ///< its first edition is the new release
  std::optional<ManifestEdition> live;      ///< what all displays, or most, play now
  bool is_try_ended = false;                ///< another release was being tried on a share
  std::vector<std::string> added, removed;  ///< items
  std::vector<ItemChange> changed;
  std::vector<std::string> campaign_changes;  ///< keys of the campaign itself
  std::vector<FetchSize> fetches;

  /// Whether a display would see anything of it.
  [[nodiscard]] bool is_change() const;
};

/// `live`: the manifest that is live, or null. Fills all but `manifest`.
[[nodiscard]] CampaignPlan plan_of(Manifest manifest, const Manifest* live,
                                   const std::vector<DisplayProfile>& profiles);

/// For people, a line each.
[[nodiscard]] std::vector<std::string> plan_lines(const CampaignPlan& plan);
[[nodiscard]] nlohmann::ordered_json plan_json(const CampaignPlan& plan);

/// "1.2 MB", "350 kB", "12 bytes"
[[nodiscard]] std::string bytes_text(std::uint64_t bytes);
/// Of ten-thousandths: "5 %", "0.5 %"
[[nodiscard]] std::string share_text(int share);

}  // namespace noseon
