#include "staff/release_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/json.h"
#include "base/say.h"
#include "playlist/compiled.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::uint64_t kKilo = 1000;

using ItemsById = std::map<std::string, json>;

json compiled_of(const ManifestEdition& edition) {
  const Result<json> compiled =
      parse_json(edition.compiled, {.bytes_max = kCompiledBytesMax, .depth_max = 8});
  return compiled && compiled->is_object() ? *compiled : json::object();
}

ItemsById items_of(const json& compiled) {
  ItemsById items;
  const auto found = compiled.find("items");
  if (found == compiled.end() || !found->is_array()) return items;
  for (const json& item : *found) {
    if (item.is_object() && item.value("id", json()).is_string())
      items.emplace(item["id"].get<std::string>(), item);
  }
  return items;
}

// The keys whose values differ; what follows from the others is left out.
std::vector<std::string> changed_keys(const json& before, const json& after) {
  std::set<std::string> keys;
  const auto collect = [&](const json& one, const json& other) {
    for (const auto& [key, value] : one.items()) {
      if (key == "needs" || key == "items" || key == "format") continue;
      const auto found = other.find(key);
      if (found == other.end() || *found != value) keys.insert(key);
    }
  };
  collect(before, after);
  collect(after, before);
  return {keys.begin(), keys.end()};
}

// The hashes of an edition's pictures by what they show.
std::map<std::string, std::set<Sha256>> hashes_of(const ManifestEdition& edition) {
  std::map<std::string, std::set<Sha256>> hashes;
  for (const ManifestPicture& picture : edition.pictures)
    hashes[picture.written].insert(picture.sha256);
  return hashes;
}

std::string poster_of(const json& item) {
  const json poster = item.value("poster", json());
  return poster.is_string() ? poster.get<std::string>() : "";
}

void compare_items(CampaignPlan& plan) {
  const json after = compiled_of(plan.manifest.editions.front());
  const json before = plan.live ? compiled_of(*plan.live) : json::object();
  const ItemsById new_items = items_of(after);
  const ItemsById old_items = items_of(before);
  const auto new_hashes = hashes_of(plan.manifest.editions.front());
  const auto old_hashes = plan.live ? hashes_of(*plan.live) : decltype(new_hashes){};
  const auto hashes = [](const auto& all, const std::string& written) {
    const auto found = all.find(written);
    return found == all.end() ? std::set<Sha256>{} : found->second;
  };
  for (const auto& [id, item] : new_items) {
    const auto old = old_items.find(id);
    if (old == old_items.end()) {
      plan.added.push_back(id);
      continue;
    }
    std::vector<std::string> what = changed_keys(old->second, item);
    const std::string poster = poster_of(item);
    const bool is_same_poster = poster == poster_of(old->second) && !poster.empty();
    if (is_same_poster && hashes(new_hashes, poster) != hashes(old_hashes, poster))
      what.emplace_back("picture");
    if (!what.empty()) plan.changed.push_back({id, std::move(what)});
  }
  for (const auto& [id, item] : old_items)
    if (!new_items.contains(id)) plan.removed.push_back(id);
  if (plan.live) plan.campaign_changes = changed_keys(before, after);
}

FetchSize fetch_of(const DisplayProfile& profile, const Manifest& manifest, const Manifest* live) {
  const Size size = profile.display.composed_size();
  std::map<Sha256, std::uint64_t> wanted;
  for (const ManifestPicture& picture : pictures_of(manifest.editions.front(), size))
    wanted[picture.sha256] = picture.bytes;
  if (live != nullptr) {
    for (const ManifestEdition& edition : live->editions)
      for (const ManifestPicture& picture : pictures_of(edition, size))
        wanted.erase(picture.sha256);
  }
  FetchSize fetch{profile.name, size, wanted.size(), 0};
  for (const auto& [hash, bytes] : wanted) fetch.bytes += bytes;
  return fetch;
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

// "text" or "poster", and its days where it has some.
std::string item_words(const ManifestEdition& edition, const std::string& id) {
  const json compiled = compiled_of(edition);
  const ItemsById items = items_of(compiled);
  const json& item = items.at(id);
  std::string words = poster_of(item).empty() ? say("text") : say("poster");
  const json window = item.value("window", json::object());
  const auto day = [&](const char* key) {
    for (const json* where : std::initializer_list<const json*>{&item, &window}) {
      if (!where->is_object()) continue;
      const auto found = where->find(key);
      if (found != where->end() && found->is_string()) return found->get<std::string>();
    }
    return std::string();
  };
  if (const std::string yearly = day("yearly"); !yearly.empty())
    words += ", " + say("{} every year", yearly);
  if (const std::string from = day("from"); !from.empty()) words += ", " + say("from {}", from);
  if (const std::string until = day("until"); !until.empty())
    words += ", " + say("until {}", until);
  return words;
}

std::string fetch_line(const FetchSize& fetch) {
  const std::string pictures =
      fetch.files == 1 ? say("1 picture") : say("{} pictures", fetch.files);
  return say("display {}, {} x {}: fetches {}, {}", fetch.display, fetch.size.width,
             fetch.size.height, pictures, bytes_text(fetch.bytes));
}

}  // namespace

bool CampaignPlan::is_change() const {
  if (!live || is_try_ended || manifest.editions.size() > 1) return true;
  return live->compiled != manifest.editions.front().compiled ||
         live->pictures != manifest.editions.front().pictures;
}

CampaignPlan plan_of(Manifest manifest, const Manifest* live,
                     const std::vector<DisplayProfile>& profiles) {
  CampaignPlan plan;
  plan.manifest = std::move(manifest);
  if (live != nullptr) {
    plan.live = live->editions.back();
    plan.is_try_ended = live->editions.size() > 1;
  }
  compare_items(plan);
  for (const DisplayProfile& profile : profiles)
    plan.fetches.push_back(fetch_of(profile, plan.manifest, live));
  return plan;
}

std::vector<std::string> plan_lines(const CampaignPlan& plan) {
  const ManifestEdition& edition = plan.manifest.editions.front();
  std::vector<std::string> lines;
  lines.push_back(plan.live ? say("{} ({}): release {}, live is release {} of {}",
                                  plan.manifest.campaign, plan.manifest.agency, edition.release,
                                  plan.live->release, utc_text(plan.live->published))
                            : say("{} ({}): release {}, the first that displays play",
                                  plan.manifest.campaign, plan.manifest.agency, edition.release));
  if (edition.share != kShareWhole) {
    lines.push_back("  " + say("for {} of the displays; the others keep release {}",
                               share_text(edition.share), plan.live->release));
  }
  for (const std::string& item : plan.added)
    lines.push_back(fmt::format("  + {}: {}", item, item_words(edition, item)));
  for (const std::string& item : plan.removed)
    lines.push_back(fmt::format("  - {}: {}", item, item_words(*plan.live, item)));
  for (const ItemChange& change : plan.changed)
    lines.push_back(fmt::format("  ~ {}: {}", change.item, joined(change.what)));
  if (!plan.campaign_changes.empty())
    lines.push_back("  ~ " + say("the campaign: {}", joined(plan.campaign_changes)));
  for (const FetchSize& fetch : plan.fetches) lines.push_back("  " + fetch_line(fetch));
  return lines;
}

ordered_json plan_json(const CampaignPlan& plan) {
  const ManifestEdition& edition = plan.manifest.editions.front();
  ordered_json changed = ordered_json::array();
  for (const ItemChange& change : plan.changed)
    changed.push_back({{"item", change.item}, {"what", change.what}});
  ordered_json fetches = ordered_json::array();
  for (const FetchSize& fetch : plan.fetches) {
    fetches.push_back({{"display", fetch.display},
                       {"size", {fetch.size.width, fetch.size.height}},
                       {"files", fetch.files},
                       {"bytes", fetch.bytes}});
  }
  ordered_json text = {{"agency", plan.manifest.agency}, {"campaign", plan.manifest.campaign}};
  text["release"] = edition.release;
  text["live"] = plan.live ? ordered_json(plan.live->release) : ordered_json(nullptr);
  text["share"] = edition.share;
  text["added"] = plan.added;
  text["removed"] = plan.removed;
  text["changed"] = std::move(changed);
  text["campaign_changes"] = plan.campaign_changes;
  text["displays"] = std::move(fetches);
  return text;
}

std::string bytes_text(std::uint64_t bytes) {
  if (bytes < kKilo) return say("{} bytes", bytes);
  const double kilo = static_cast<double>(bytes) / kKilo;
  if (bytes < kKilo * kKilo) return fmt::format("{:.0f} kB", kilo);
  return fmt::format("{:.1f} MB", kilo / kKilo);
}

std::string share_text(int share) {
  return fmt::format("{:g} %", static_cast<double>(share) / 100);
}

}  // namespace noseon
