#include "playlist/playlist.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <tuple>

#include "base/say.h"
#include "base/sha256.h"
#include "base/unicode.h"
#include "playlist/parse.h"

namespace noseon {
namespace {

constexpr std::uint32_t kShareParts = 10'000;
constexpr std::int64_t kReadingSecondsMax = 60;
constexpr std::int64_t kTickerSecondsMax = 3600;

// 2 s + W/6 with W in whole characters, rounded up to whole seconds: W/6 = half_characters / 12.
Millis time_to_read(std::size_t half_characters, std::int64_t seconds_max) {
  const auto seconds = static_cast<std::int64_t>(2 + (half_characters + 11) / 12);
  return std::chrono::seconds{std::clamp<std::int64_t>(seconds, 5, seconds_max)};
}

// Labels of one prefix ("depot:a", "depot:b") are OR-ed, prefixes AND-ed.
bool admits(const std::vector<std::string>& wanted, const std::vector<std::string>& has) {
  const auto prefix = [](const std::string& label) { return label.substr(0, label.find(':')); };
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
    return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& other) {
      return prefix(one) == prefix(other) && std::find(has.begin(), has.end(), other) != has.end();
    });
  });
}

// The first four bytes, big-endian, of SHA-256(salt ":" display id), mod 10000, below the share.
bool share_admits(const Campaign& campaign, const Item& item, const Display& display) {
  if (!item.share) return true;
  const std::string& salt = item.salt.empty() ? campaign.id.str() : item.salt;
  const Sha256 hash = sha256(salt + ":" + display.id.str());
  const std::uint32_t number = std::uint32_t{hash[0]} << 24U | std::uint32_t{hash[1]} << 16U |
                               std::uint32_t{hash[2]} << 8U | std::uint32_t{hash[3]};
  return number % kShareParts < static_cast<std::uint32_t>(*item.share);
}

Millis turn_length(const Item& item, const Display& display) {
  return item.seconds ? *item.seconds : usual_length(item, display);
}

bool is_before(const Campaign& a, const Campaign& b) {
  return std::tie(a.agency, a.id) < std::tie(b.agency, b.id);
}

void drop_doubles(std::vector<Campaign>& campaigns, Findings& findings) {
  std::map<std::pair<std::string, std::string>, std::string> taken;  // by which file
  std::erase_if(campaigns, [&](const Campaign& campaign) {
    const auto id = std::make_pair(campaign.agency, campaign.id.str());
    const auto [other, is_new] = taken.emplace(id, campaign.file);
    if (is_new) return false;
    findings.push_back(
        {Severity::error,
         campaign.file,
         {},
         "double-campaign",
         say("the campaign of {} has the id \"{}\" already", other->second, campaign.id.str()),
         say("give one of the two another id")});
    return true;
  });
}

void add_entries(Playlist& playlist, std::uint32_t campaign, const Display& display,
                 Findings& findings) {
  const Campaign& from = playlist.campaigns[campaign];
  for (std::uint32_t index = 0; index < from.items.size(); ++index) {
    const Item& item = from.items[index];
    if (playlist.entries.size() == kItemsMax) {
      findings.push_back({Severity::error, from.file, item.place, "too-many-items",
                          say("a display plays at most {} items; this one and all after "
                              "it are left out",
                              kItemsMax),
                          say("take items out, or spread them over displays")});
      return;
    }
    const bool labels_admit = admits(item.labels, display.labels);
    playlist.entries.push_back({campaign, index, turn_length(item, display), item.role, item.weight,
                                labels_admit && share_admits(from, item, display), labels_admit});
  }
}

}  // namespace

Playlist compile(std::vector<Campaign> campaigns, const Display& display, Findings& findings) {
  std::stable_sort(campaigns.begin(), campaigns.end(), is_before);
  drop_doubles(campaigns, findings);
  Playlist playlist;
  playlist.campaigns = std::move(campaigns);
  for (std::uint32_t campaign = 0; campaign < playlist.campaigns.size(); ++campaign) {
    if (playlist.entries.size() == kItemsMax) break;
    add_entries(playlist, campaign, display, findings);
  }
  return playlist;
}

Playlist without(const Playlist& playlist, const std::vector<EntryIndex>& entries) {
  Playlist rest{playlist.campaigns, {}};
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry) {
    if (std::find(entries.begin(), entries.end(), entry) == entries.end()) {
      rest.entries.push_back(playlist.entries[entry]);
    }
  }
  return rest;
}

std::string name_of(const Playlist& playlist, std::optional<EntryIndex> entry) {
  if (!entry) return say("the fallback card");
  return playlist.campaign_of(*entry).id.str() + "/" + playlist.item_of(*entry).id.str();
}

std::size_t half_characters(const Item& item, const Display& display) {
  const Texts& words = item.words();
  std::size_t halves = 0;
  bool any = false;
  for (const std::string& language : display.languages) {
    if (const std::string* text = find_text(words, language)) {
      halves += reading_half_characters(*text);
      any = true;
    }
  }
  return any || words.empty() ? halves : reading_half_characters(words.front().second);
}

Millis reading_time(std::size_t half_characters) {
  return time_to_read(half_characters, kReadingSecondsMax);
}

Millis ticker_time(std::size_t half_characters) {
  return time_to_read(half_characters, kTickerSecondsMax);
}

Millis usual_length(const Item& item, const Display& display) {
  const std::size_t halves = half_characters(item, display);
  if (item.motion == Motion::ticker) return ticker_time(halves);
  if (!item.is_poster()) return reading_time(halves);
  return halves == 0 ? kPosterLength : std::max(kPosterLength, reading_time(halves));
}

double distance_m(Position a, Position b) {
  constexpr double kEarthRadiusM = 6'371'008.8;
  const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180.0; };
  const double dlat = radians(b.latitude - a.latitude);
  const double dlon = radians(b.longitude - a.longitude);
  const double h = std::pow(std::sin(dlat / 2), 2) + std::cos(radians(a.latitude)) *
                                                         std::cos(radians(b.latitude)) *
                                                         std::pow(std::sin(dlon / 2), 2);
  return 2 * kEarthRadiusM * std::asin(std::min(1.0, std::sqrt(h)));
}

std::vector<std::pair<std::string, std::string>> places_around(const Playlist& playlist,
                                                               Position position) {
  std::vector<std::pair<std::string, std::string>> around;
  for (const Campaign& campaign : playlist.campaigns) {
    for (const GeoPlace& place : campaign.places) {
      if (distance_m(position, {place.latitude, place.longitude}) <= place.radius_m) {
        around.emplace_back(campaign.id.str(), place.name);
      }
    }
  }
  return around;
}

}  // namespace noseon
