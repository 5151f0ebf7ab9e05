#include <algorithm>
#include <cmath>

#include "base/files.h"
#include "base/say.h"
#include "media/sniff.h"
#include "player/compose.h"
#include "player/folder.h"
#include "staff/lint_look.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// What nobody sees: a few per cent of enlargement, narrow margins.
constexpr double kEnlargedMax = 1.05;
constexpr double kLostMax = 0.2;

// How a poster of one size comes out on a display of another.
struct Placed {
  double scale = 1;  // of its pixels
  double lost = 0;   // the part of the display that stays empty, or of the poster that is cut off
};

Placed place(Size poster, Size box, Fit fit) {
  const double across = static_cast<double>(box.width) / poster.width;
  const double down = static_cast<double>(box.height) / poster.height;
  const double scale = fit == Fit::fit ? std::min(across, down) : std::max(across, down);
  return {scale, 1 - std::min(across, down) / std::max(across, down)};
}

// The variant that shows on the display, and its size; nothing where none can be read.
struct Chosen {
  fs::path file;
  Size size;
};

std::optional<Chosen> choose(const Campaign& campaign, const Item& item, Size box) {
  std::vector<Chosen> all;
  std::vector<Size> sizes;
  for (const fs::path& file : poster_files(campaign, item)) {
    const Result<std::string> bytes = read_file(file, kOriginalLimits.bytes_max);
    const auto info = bytes ? sniff_picture(*bytes) : fail(bytes.error());
    if (!info) continue;
    all.push_back({file.lexically_relative(campaign.folder), info->size});
    sizes.push_back(info->size);
  }
  if (all.empty()) return std::nullopt;
  return all[best_variant(sizes, box)];
}

Finding too_small(const Campaign& campaign, const Item& item, const Chosen& poster, double scale,
                  const Display& display) {
  const auto enlarged = [&](int side) { return static_cast<int>(std::ceil(side * scale)); };
  return {Severity::warning,
          campaign.file,
          item.poster_place,
          "poster-small",
          say("poster \"{}\" has {} x {} pixels and is enlarged {:.1f} times on display {}",
              poster.file.string(), poster.size.width, poster.size.height, scale, display.id.str()),
          say("export it with {} x {} pixels or more", enlarged(poster.size.width),
              enlarged(poster.size.height))};
}

Finding other_aspect(const Campaign& campaign, const Item& item, const Chosen& poster, double lost,
                     const Display& display) {
  const int percent = static_cast<int>(std::lround(lost * 100));
  const Size box = display.composed_size();
  const fs::path path(item.poster);
  const std::string variant =
      (path.parent_path() / (path.stem().string() + (box.width > box.height ? ".wide" : ".tall") +
                             path.extension().string()))
          .string();
  return {Severity::warning,
          campaign.file,
          item.poster_place,
          "poster-aspect",
          item.fit == Fit::fit ? say("poster \"{}\" leaves {} % of display {} empty",
                                     poster.file.string(), percent, display.id.str())
                               : say("{} % of poster \"{}\" is cut off on display {}", percent,
                                     poster.file.string(), display.id.str()),
          say("put a variant of about {} x {} pixels beside it, for example \"{}\"", box.width,
              box.height, variant)};
}

}  // namespace

Findings lint_posters(const Playlist& playlist, const Display& display) {
  Findings findings;
  const Size box = display.composed_size();
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    const Campaign& campaign = playlist.campaign_of(entry);
    const Item& item = playlist.item_of(entry);
    if (!playlist.entries[entry].is_targeted || !item.is_poster()) continue;
    const std::optional<Chosen> poster = choose(campaign, item, box);
    if (!poster) continue;
    const Placed placed = place(poster->size, box, item.fit);
    if (placed.scale > kEnlargedMax)
      findings.push_back(too_small(campaign, item, *poster, placed.scale, display));
    if (placed.lost >= kLostMax)
      findings.push_back(other_aspect(campaign, item, *poster, placed.lost, display));
  }
  return findings;
}

}  // namespace noseon
