// Reads a campaign folder, or a folder of campaign folders, from disk into a playlist.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/zone.h"
#include "playlist/findings.h"
#include "playlist/parse.h"
#include "playlist/playlist.h"

namespace noseon {

struct StoreOffer;

struct LoadedFolder {
  std::shared_ptr<const Playlist> playlist;  ///< never null; what could be read, perhaps nothing
  std::shared_ptr<const Display> display;    ///< never null; its zone is set
  Findings findings;                         ///< everything that is wrong, all at once
  /// Of a store, which chose it already: what of it (player/store_source.h); else null.
  std::shared_ptr<const StoreOffer> offer{};
};

/// The playlist of these campaigns. A display without a zone of its own gets the first campaign's,
/// else UTC.
[[nodiscard]] LoadedFolder put_together(std::vector<Campaign> campaigns, const Display& display,
                                        Findings findings);

/// DIR is a campaign folder (it has a campaign.toml, or its compiled form campaign.json) or a
/// folder of them. Never fails: whatever cannot be read is a finding, and costs its item or its
/// campaign alone.
[[nodiscard]] LoadedFolder load_folder(const std::filesystem::path& dir, const Display& display,
                                       Zones& zones);

/// display.toml from a file, its fallback card a path from here; the findings of it and of that
/// picture, and nothing where it cannot be used. A card that is no picture costs itself alone.
[[nodiscard]] ParsedDisplay load_display(const std::filesystem::path& file, Zones& zones);

/// What is wrong with the posters, and with the pictures of styles: files that are missing,
/// unreadable, no picture, truncated or too large. Reads headers, decodes nothing.
[[nodiscard]] Findings check_posters(const Playlist& playlist);

/// The files a poster may be shown from: the poster, then its variants (x.png -> x.*.png) in order.
[[nodiscard]] std::vector<std::filesystem::path> poster_files(const Campaign& campaign,
                                                              const Item& item);

}  // namespace noseon
