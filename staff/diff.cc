#include "playlist/diff.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "base/sha256.h"
#include "media/sniff.h"
#include "playlist/words.h"
#include "staff/commands.h"
#include "staff/diff_text.h"
#include "staff/json_text.h"
#include "staff/progress.h"
#include "staff/range.h"
#include "staff/table.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

std::string digest_of(const fs::path& file) {
  const Result<std::string> bytes = read_file(file, kOriginalLimits.bytes_max);
  return bytes ? to_hex(sha256(*bytes)) : "unreadable";
}

// The bytes of a poster and its variants under what their names add to the poster's (".bar.png"),
// so that a poster that is renamed keeps its pictures; of a text those of the picture behind it.
std::string pictures_of(const Campaign& campaign, const Item& item) {
  if (!item.is_poster()) {
    const std::string picture = item.style ? campaign.styles[*item.style].picture : "";
    return picture.empty() ? "" : digest_of(fs::path(campaign.folder) / picture);
  }
  std::string all;
  const std::size_t stem = fs::path(item.poster).stem().string().size();
  for (const fs::path& file : poster_files(campaign, item))
    all += file.filename().string().substr(stem) + " " + digest_of(file) + "\n";
  return all;
}

std::vector<std::string> pictures_of(const Playlist& playlist, Progress& progress) {
  std::vector<std::string> pictures;
  for (EntryIndex entry = 0; entry < playlist.entries.size(); ++entry, progress.step()) {
    pictures.push_back(pictures_of(playlist.campaign_of(entry), playlist.item_of(entry)));
  }
  return pictures;
}

PlaylistDiff diff_of(const World& before, const World& after, Span range) {
  Progress progress(say("items read"),
                    before.playlist->entries.size() + after.playlist->entries.size());
  const std::vector<std::string> old_pictures = pictures_of(*before.playlist, progress);
  const std::vector<std::string> new_pictures = pictures_of(*after.playlist, progress);
  return diff({*before.playlist, before.context, old_pictures},
              {*after.playlist, after.context, new_pictures}, *before.display, range);
}

// ---- For machines -----------------------------------------------------------------------------

ordered_json key_json(const ItemKey& key) {
  return {{"campaign", key.campaign.str()}, {"item", key.item.str()}};
}

ordered_json keys_json(const std::vector<ItemKey>& keys) {
  ordered_json all = ordered_json::array();
  for (const ItemKey& key : keys) all.push_back(key_json(key));
  return all;
}

ordered_json changed_json(const std::vector<ChangedItem>& items) {
  ordered_json all = ordered_json::array();
  for (const ChangedItem& item : items) {
    ordered_json json = key_json(item.item);
    json["what"] = ordered_json::array();
    for (const Trait trait : item.what) json["what"].push_back(to_string(trait));
    all.push_back(std::move(json));
  }
  return all;
}

ordered_json share_json(const ShareChange& share) {
  ordered_json json = key_json(share.item);
  json.update({{"before", share.before.asked},
               {"after", share.after.asked},
               {"ms_before", share.before.shown.count()},
               {"ms_after", share.after.shown.count()}});
  return json;
}

// Stretch by stretch, as a plan is.
void print_json(Span range, const PlaylistDiff& found, const Zone& zone) {
  fmt::print("{{\"from\":\"{}\",\"until\":\"{}\",\"changes\":[", instant_text(range.from, zone),
             instant_text(range.until, zone));
  const char* separator = "";
  for (const auto& [span, difference] : found.stretches) {
    fmt::print("{}{}", separator,
               to_text({{"from", instant_text(span.from, zone)},
                        {"until", instant_text(span.until, zone)},
                        {"gained", keys_json(difference.gained)},
                        {"lost", keys_json(difference.lost)},
                        {"changed", changed_json(difference.changed)},
                        {"order", difference.order}}));
    separator = ",";
  }
  fmt::print("],\"share\":[");
  separator = "";
  for (const ShareChange& share : found.shares) {
    fmt::print("{}{}", separator, to_text(share_json(share)));
    separator = ",";
  }
  fmt::print("]}}\n");
}

// ---- For people -------------------------------------------------------------------------------

std::string signed_words(Millis change) {
  if (change == Millis{0}) return "-";
  const Millis seconds = std::chrono::round<std::chrono::seconds>(std::chrono::abs(change));
  return (change < Millis{0} ? "-" : "+") + in_words(seconds);
}

std::string percent(double part) {
  return fmt::format("{:.2f} %", part * 100);
}

void print_shares(const std::vector<ShareChange>& shares) {
  std::vector<std::vector<std::string>> rows;
  for (const ShareChange& share : shares) {
    rows.push_back({share.item.campaign.str() + "/" + share.item.item.str(),
                    percent(share.before.asked), percent(share.after.asked),
                    signed_words(share.after.shown - share.before.shown)});
  }
  fmt::print("\n{}",
             format_table({say("share of voice"), say("before"), say("after"), say("time shown")},
                          {Side::left, Side::right, Side::right, Side::right}, rows));
}

void print_for_people(Span range, const PlaylistDiff& found, const Zone& zone) {
  fmt::print("{}\n", range_in_words(range, zone));
  if (found.stretches.empty()) {
    fmt::print("{}\n", say("nothing plays differently"));
    return;
  }
  fmt::print("\n");
  for (const std::string& line : diff_lines(found.stretches, zone)) fmt::print("{}\n", line);
  if (!found.shares.empty()) print_shares(found.shares);
}

int compare(const World& before, const World& after, const DiffOptions& options) {
  const Zone& zone = before.zone();
  const auto range = parse_range(options.from, options.until, zone);
  if (!range) return wrong_usage(range.error());
  const PlaylistDiff found = diff_of(before, after, *range);
  options.world.json ? print_json(*range, found, zone) : print_for_people(*range, found, zone);
  return options.exit_code && !found.stretches.empty() ? kDiffers : kDone;
}

}  // namespace

int run_diff(const DiffOptions& options) {
  WorldOptions edited = options.world;
  edited.dir = options.edited;
  return with_items(options.world, [&](World& before) {
    return with_items(edited, [&](World& after) { return compare(before, after, options); });
  });
}

}  // namespace noseon
