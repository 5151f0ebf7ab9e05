// Which pictures a display asks for, and the files of a campaign's folder that they are made from:
// what the studio draws with, and what publishing prepares.
#pragma once

#include <filesystem>
#include <vector>

#include "player/published.h"

namespace noseon {

/// The poster, or the variant of it whose aspect is nearest to the box's (best_variant()). Reads
/// the files' sizes; variants that cannot be read are passed over.
[[nodiscard]] std::filesystem::path choose_file(const Campaign& campaign, const Item& item,
                                                Size box);

struct PictureRequest {
  PictureWish wish;
  std::filesystem::path file;
};

/// All that showing the campaign's items takes on such a display, whatever their `labels`, `routes`
/// and `share` say; each wish once, in the order of the items. Of a folder, not of what is
/// published.
[[nodiscard]] std::vector<PictureRequest> picture_requests(const Campaign& campaign,
                                                           const Display& display);

}  // namespace noseon
