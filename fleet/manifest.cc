// Which edition, and which of its pictures: the choices that displays make, all of them pure.
#include "fleet/manifest.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/check.h"
#include "playlist/patterns.h"

namespace noseon {
namespace {

constexpr std::string_view kCampaignPrefix = "campaign-";
constexpr std::string_view kCampaignSuffix = ".json";
constexpr std::size_t kAgencyMax = 40;
constexpr std::array<std::string_view, 4> kTopLevelRoles{"root", "timestamp", "snapshot",
                                                         "targets"};

// How far two aspects are apart, as a fraction of 1 or more. Sides are at most 8192, so that two
// fractions are compared exactly.
struct Distance {
  std::int64_t above = 1;
  std::int64_t below = 1;
  friend bool operator<(Distance a, Distance b) { return a.above * b.below < b.above * a.below; }
};

Distance aspect_distance(Size a, Size b) {
  const std::int64_t one = std::int64_t{a.width} * b.height;
  const std::int64_t other = std::int64_t{b.width} * a.height;
  return {std::max(one, other), std::max<std::int64_t>(std::min(one, other), 1)};
}

bool covers(Size size, Size box) {
  return size.width >= box.width && size.height >= box.height;
}

std::int64_t area_of(Size size) {
  return std::int64_t{size.width} * size.height;
}

// The nearest in aspect; of those the smallest that covers, else the largest.
bool suits_better(Size a, Size b, Size wanted) {
  const Distance from_a = aspect_distance(a, wanted);
  const Distance from_b = aspect_distance(b, wanted);
  if (from_a < from_b || from_b < from_a) return from_a < from_b;
  const bool a_covers = covers(a, wanted);
  if (a_covers != covers(b, wanted)) return a_covers;
  return a_covers ? area_of(a) < area_of(b) : area_of(a) > area_of(b);
}

// In 0 to 9,999, as playlist/playlist.cc has it for items.
std::uint32_t part_of(std::string_view salt, const DisplayId& display) {
  const Sha256 hash = sha256(std::string(salt) + ":" + display.str());
  const std::uint32_t number = std::uint32_t{hash[0]} << 24U | std::uint32_t{hash[1]} << 16U |
                               std::uint32_t{hash[2]} << 8U | std::uint32_t{hash[3]};
  return number % kShareWhole;
}

// The profile whose pictures a display takes, its own where that is there: none suits better.
// Nothing where there are no pictures.
std::optional<Size> profile_for(const ManifestEdition& edition, Size composed_size) {
  std::optional<Size> best;
  for (const ManifestPicture& picture : edition.pictures) {
    for (const Size profile : picture.displays) {
      if (!best || suits_better(profile, *best, composed_size)) best = profile;
    }
  }
  return best;
}

}  // namespace

const ManifestEdition& edition_for(const Manifest& manifest, const DisplayId& display) {
  CHECK(!manifest.editions.empty());
  const auto admitted = std::find_if(
      manifest.editions.begin(), manifest.editions.end() - 1, [&](const ManifestEdition& edition) {
        return part_of(edition.salt, display) < static_cast<std::uint32_t>(edition.share);
      });
  return *admitted;
}

std::vector<ManifestPicture> pictures_of(const ManifestEdition& edition, Size composed_size) {
  std::vector<ManifestPicture> pictures;
  const std::optional<Size> profile = profile_for(edition, composed_size);
  if (!profile) return pictures;
  std::copy_if(edition.pictures.begin(), edition.pictures.end(), std::back_inserter(pictures),
               [&](const ManifestPicture& picture) {
                 return std::find(picture.displays.begin(), picture.displays.end(), *profile) !=
                        picture.displays.end();
               });
  return pictures;
}

const ManifestPicture* picture_for(const std::vector<ManifestPicture>& pictures,
                                   std::string_view written, Size box, Fit fit, Color background) {
  const auto misses = [&](const ManifestPicture& picture) {
    return std::tuple(picture.fit != fit, picture.background != background, picture.box != box);
  };
  const ManifestPicture* best = nullptr;
  for (const ManifestPicture& picture : pictures) {
    if (picture.written != written) continue;
    const bool is_better =
        best == nullptr || misses(picture) < misses(*best) ||
        (misses(picture) == misses(*best) && suits_better(picture.size, best->size, box));
    if (is_better) best = &picture;
  }
  return best;
}

bool is_agency_name(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return is_id(text) && text.size() <= kAgencyMax &&
         !std::all_of(text.begin(), text.end(), is_digit) &&
         std::find(kTopLevelRoles.begin(), kTopLevelRoles.end(), text) == kTopLevelRoles.end();
}

std::string manifest_target(std::string_view agency, std::string_view campaign) {
  return std::string(agency) + "/" + std::string(kCampaignPrefix) + std::string(campaign) +
         std::string(kCampaignSuffix);
}

bool is_manifest_target(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || !is_agency_name(path.substr(0, slash))) return false;
  std::string_view name = path.substr(slash + 1);
  if (!name.starts_with(kCampaignPrefix) || !name.ends_with(kCampaignSuffix)) return false;
  name.remove_prefix(kCampaignPrefix.size());
  if (name.size() < kCampaignSuffix.size()) return false;
  return is_id(name.substr(0, name.size() - kCampaignSuffix.size()));
}

}  // namespace noseon
