#include "staff/proof_tables.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "player/journal/device_key.h"
#include "staff/csv.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

constexpr std::array<std::string_view, 5> kGapWords{"off", "stopped", "outside", "lost",
                                                    "doubtful"};

std::string word_of(GapKind kind) {
  return std::string(kGapWords[static_cast<std::size_t>(kind)]);
}

std::string share_text(std::optional<double> share) {
  return share ? fmt::format("{:.6f}", *share) : "";
}

bool has_plays(const Tally& tally) {
  return tally.plays + tally.doubtful > 0;
}

using Record = std::vector<std::string>;

// One line of an item's: of all of it, or of a part.
Record record_of(const DeliveredItem& item, const char* by, const std::string& part,
                 const Tally& tally, std::optional<double> contracted,
                 std::optional<double> delivered) {
  return {item.campaign,
          item.agency,
          item.item,
          by,
          part,
          std::to_string(tally.plays),
          csv_seconds(tally.shown),
          share_text(contracted),
          share_text(delivered),
          std::to_string(tally.cut_short),
          std::to_string(tally.doubtful),
          csv_seconds(tally.doubtful_shown)};
}

std::string item_csv(const DeliveryReport& delivery, const DeliveredItem& item) {
  std::string text = csv_record(
      record_of(item, "total", "", item.total, item.contracted, delivery.share_of(item)));
  const auto add = [&](const char* by, const std::string& part, const Tally& tally) {
    text += csv_record(record_of(item, by, part, tally, std::nullopt, std::nullopt));
  };
  for (const auto& [day, tally] : item.days) add("day", to_string(day), tally);
  for (std::size_t hour = 0; hour < item.hours.size(); ++hour) {
    if (has_plays(item.hours[hour])) add("hour", fmt::format("{:02}:00", hour), item.hours[hour]);
  }
  for (const auto& [route, tally] : item.routes) add("route", route, tally);
  for (const auto& [display, tally] : item.displays) add("display", display, tally);
  return text;
}

ordered_json tally_json(const Tally& tally) {
  return {{"plays", tally.plays},
          {"ms", tally.shown.count()},
          {"cut_short", tally.cut_short},
          {"doubtful", tally.doubtful},
          {"doubtful_ms", tally.doubtful_shown.count()}};
}

template <class Key, class Text>
ordered_json tallies_json(const std::map<Key, Tally>& tallies, const Text& text) {
  ordered_json json = ordered_json::object();
  for (const auto& [key, tally] : tallies) json[text(key)] = tally_json(tally);
  return json;
}

ordered_json hours_json(const std::array<Tally, 24>& hours) {
  ordered_json json = ordered_json::object();
  for (std::size_t hour = 0; hour < hours.size(); ++hour) {
    if (has_plays(hours[hour])) json[fmt::format("{:02}:00", hour)] = tally_json(hours[hour]);
  }
  return json;
}

ordered_json item_json(const DeliveryReport& delivery, const DeliveredItem& item) {
  const auto same = [](const std::string& text) { return text; };
  ordered_json json = {{"campaign", item.campaign}, {"agency", item.agency}, {"item", item.item}};
  json["contracted_share"] = item.contracted ? ordered_json(*item.contracted) : ordered_json();
  json["delivered_share"] = delivery.share_of(item);
  json["weight_share"] = item.weight ? ordered_json(*item.weight) : ordered_json();
  json["planned_ms"] = item.contracted ? ordered_json(item.planned.count()) : ordered_json();
  json["planned_plays"] = item.contracted ? ordered_json(item.planned_plays) : ordered_json();
  json.update(tally_json(item.total));
  json["days"] = tallies_json(item.days, [](Day day) { return to_string(day); });
  json["hours"] = hours_json(item.hours);
  json["routes"] = tallies_json(item.routes, same);
  json["displays"] = tallies_json(item.displays, same);
  return json;
}

ordered_json overlaps_json(const std::vector<Overlap>& overlaps) {
  ordered_json json = ordered_json::array();
  for (const Overlap& overlap : overlaps) {
    json.push_back({{"file", overlap.other},
                    {"first", overlap.rows.first},
                    {"last", overlap.rows.last},
                    {"is_all", overlap.is_all}});
  }
  return json;
}

ordered_json journal_json(const Proved& proved, const Zone& zone) {
  const Verification& found = proved.found;
  return {{"file", proved.file},
          {"rows", found.rows},
          {"first", found.first},
          {"last", found.last},
          {"sealed", found.sealed},
          {"sealed_at", instant_json(found.sealed_at, zone)},
          {"unsealed", found.unsealed},
          {"end", to_hex(found.end)},
          {"key", fingerprint(*found.key)},
          {"key_file", proved.key_file.empty() ? ordered_json() : ordered_json(proved.key_file)},
          {"also_in", overlaps_json(proved.overlaps)}};
}

}  // namespace

std::string play_csv_heading() {
  return csv_record({"campaign", "agency", "start", "end", "display", "route", "places", "item",
                     "seconds", "complete", "clock", "release", "kind", "lost", "sequence", "boot",
                     "steady_ms", "blobs", "previous"});
}

std::string play_csv(const Row& row, const Zone& zone) {
  return csv_record({row.campaign, row.agency, instant_text(row.start, zone),
                     instant_text(row.start + row.shown, zone), row.display, row.route, row.places,
                     row.item, csv_seconds(row.shown), row.complete ? "yes" : "no",
                     std::string(kGradeWords[static_cast<std::size_t>(row.grade)]),
                     std::to_string(row.generation),
                     std::string(kRecordKindWords[static_cast<std::size_t>(row.kind)]),
                     std::to_string(row.count), std::to_string(row.sequence), row.boot,
                     std::to_string(row.steady.count()), row.blobs, to_hex(row.previous)});
}

std::string play_json(const Row& row, const Zone& zone) {
  return to_text(ordered_json{{"campaign", row.campaign},
                              {"agency", row.agency},
                              {"start", instant_text(row.start, zone)},
                              {"end", instant_text(row.start + row.shown, zone)},
                              {"display", row.display},
                              {"route", row.route},
                              {"places", row.places},
                              {"item", row.item},
                              {"ms", row.shown.count()},
                              {"complete", row.complete},
                              {"clock", kGradeWords[static_cast<std::size_t>(row.grade)]},
                              {"release", row.generation},
                              {"kind", kRecordKindWords[static_cast<std::size_t>(row.kind)]},
                              {"lost", row.count},
                              {"sequence", row.sequence},
                              {"boot", row.boot},
                              {"steady_ms", row.steady.count()},
                              {"blobs", row.blobs},
                              {"previous", to_hex(row.previous)}});
}

std::string delivery_csv(const DeliveryReport& delivery, const Zone& zone) {
  std::string text = csv_record({"campaign", "agency", "item", "by", "part", "plays", "seconds",
                                 "contracted_share", "delivered_share", "cut_short",
                                 "doubtful_clock", "doubtful_seconds"});
  for (const DeliveredItem& item : delivery.items) text += item_csv(delivery, item);
  for (const Gap& gap : delivery.gaps) {
    text += csv_record({"", "", "", "gap " + word_of(gap.kind),
                        fmt::format("{} {} {}", gap.display, instant_text(gap.span.from, zone),
                                    instant_text(gap.span.until, zone)),
                        std::to_string(gap.plays), csv_seconds(gap.span.until - gap.span.from), "",
                        "", "", "", ""});
  }
  for (const LeftOut& left_out : delivery.left_out) {
    text += csv_record(
        {"", "", "", "left out", left_out.file + ": " + left_out.why, "", "", "", "", "", "", ""});
  }
  return text;
}

std::string delivery_json(const DeliveryReport& delivery, const Zone& zone, Instant generated) {
  ordered_json json = {{"generated", instant_text(generated, zone)},
                       {"from", instant_text(delivery.range.from, zone)},
                       {"until", instant_text(delivery.range.until, zone)},
                       {"zone", zone.name()},
                       {"displays", delivery.displays}};
  for (const Proved& proved : delivery.journals) {
    json["journals"].push_back(journal_json(proved, zone));
  }
  json["left_out"] = ordered_json::array();
  for (const LeftOut& left_out : delivery.left_out) {
    json["left_out"].push_back({{"file", left_out.file}, {"why", left_out.why}});
  }
  json["all"] = tally_json(delivery.all);
  json["cards"] = tally_json(delivery.cards);
  json["lost"] = delivery.lost;
  json["unsealed"] = delivery.unsealed;
  json["items"] = ordered_json::array();
  for (const DeliveredItem& item : delivery.items) {
    json["items"].push_back(item_json(delivery, item));
  }
  json["gaps"] = ordered_json::array();
  for (const Gap& gap : delivery.gaps) {
    json["gaps"].push_back({{"display", gap.display},
                            {"kind", word_of(gap.kind)},
                            {"from", instant_text(gap.span.from, zone)},
                            {"until", instant_text(gap.span.until, zone)},
                            {"plays", gap.plays}});
  }
  return to_text(json) + "\n";
}

}  // namespace noseon
