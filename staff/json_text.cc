#include "staff/json_text.h"

#include <nlohmann/json.hpp>

namespace noseon {

using nlohmann::ordered_json;

std::string to_text(const ordered_json& json) {
  return json.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string instant_text(Instant instant, const Zone& zone) {
  return to_rfc3339(instant, zone.offset_at(instant));
}

ordered_json instant_json(std::optional<Instant> instant, const Zone& zone) {
  const bool is_unbounded = !instant || *instant == kBeginningOfTime || *instant == kEndOfTime;
  return is_unbounded ? ordered_json(nullptr) : ordered_json(instant_text(*instant, zone));
}

ordered_json name_json(const Playlist& playlist, std::optional<EntryIndex> entry) {
  ordered_json name;
  name["campaign"] = nullptr;
  name["item"] = nullptr;
  if (entry) {
    name["campaign"] = playlist.campaign_of(*entry).id.str();
    name["item"] = playlist.item_of(*entry).id.str();
  }
  return name;
}

ordered_json findings_json(const Findings& findings) {
  ordered_json all = ordered_json::array();
  for (const Finding& finding : findings) {
    all.push_back({{"severity", finding.severity == Severity::error ? "error" : "warning"},
                   {"file", finding.file},
                   {"line", finding.place.line},
                   {"column", finding.place.column},
                   {"code", finding.code},
                   {"message", finding.message},
                   {"remedy", finding.remedy}});
  }
  return all;
}

}  // namespace noseon
