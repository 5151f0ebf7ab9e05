#include "player/picture_requests.h"

#include <algorithm>

#include "base/files.h"
#include "media/sniff.h"
#include "player/compose.h"
#include "player/folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

Result<Size> size_of(const fs::path& file) {
  ASSIGN_OR_RETURN(const std::string bytes, read_file(file, kOriginalLimits.bytes_max));
  ASSIGN_OR_RETURN(const PictureInfo info, sniff_picture(bytes));
  return info.size;
}

}  // namespace

// Where no variant can be read, decoding the poster itself says why.
fs::path choose_file(const Campaign& campaign, const Item& item, Size box) {
  const std::vector<fs::path> files = poster_files(campaign, item);
  if (files.size() <= 1) return fs::path(campaign.folder) / item.poster;
  std::vector<fs::path> known;
  std::vector<Size> sizes;
  for (const fs::path& file : files) {
    const Result<Size> size = size_of(file);
    if (!size) continue;
    known.push_back(file);
    sizes.push_back(*size);
  }
  return known.empty() ? files.front() : known[best_variant(sizes, box)];
}

std::vector<PictureRequest> picture_requests(const Campaign& campaign, const Display& display) {
  std::vector<PictureRequest> requests;
  const auto is_new = [&](const PictureWish& wish) {
    return std::none_of(requests.begin(), requests.end(),
                        [&](const PictureRequest& one) { return one.wish == wish; });
  };
  for (const Item& item : campaign.items) {
    if (item.is_poster()) {
      const PictureWish wish = poster_wish(campaign, item, display);
      if (is_new(wish)) requests.push_back({wish, choose_file(campaign, item, wish.box)});
    } else if (const auto wish = backdrop_wish(style_of(campaign, item), display)) {
      if (is_new(*wish)) requests.push_back({*wish, fs::path(campaign.folder) / wish->written});
    }
  }
  return requests;
}

}  // namespace noseon
