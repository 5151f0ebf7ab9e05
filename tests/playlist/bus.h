// The vocabulary of these tests: campaigns as staff write them, on one bus, asked at civil times.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "playlist/explain.h"
#include "playlist/parse.h"
#include "playlist/playlist.h"
#include "playlist/schedule.h"

namespace noseon::testing {

inline SystemZones& zones() {
  static SystemZones zones;
  return zones;
}

inline ZonePtr zone(const std::string& name) {
  return zones().find(name).value();
}

/// The head that every campaign of these tests has, then `rest`.
inline std::string campaign_toml(const std::string& rest, const std::string& id = "spring",
                                 const std::string& timezone = "Asia/Seoul") {
  return "format = \"noseon.campaign/1\"\nid = \"" + id + "\"\ntimezone = \"" + timezone + "\"\n" +
         rest;
}

/// A text item with an id, and further keys.
inline std::string item_toml(const std::string& id, const std::string& keys = "",
                             int seconds = 10) {
  return "[[item]]\nid = \"" + id +
         "\"\ntext = { ko = \"가\" }\nseconds = " + std::to_string(seconds) + "\n" + keys + "\n";
}

/// A bus with one display and the campaigns it plays.
class Bus {
 public:
  explicit Bus(const std::vector<std::string>& campaigns,
               const std::string& display_zone = "Asia/Seoul") {
    display.zone = zone(display_zone);
    std::vector<Campaign> parsed;
    for (const std::string& toml : campaigns) {
      ParsedCampaign one = parse_campaign(toml, "campaign.toml", zones());
      for (const Finding& finding : one.findings) {
        EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
      }
      if (one.campaign) parsed.push_back(*std::move(one.campaign));
    }
    Findings findings;
    playlist = compile(std::move(parsed), display, findings);
    EXPECT_TRUE(findings.empty());
  }

  [[nodiscard]] Instant at(const std::string& civil) const {
    const auto parsed = parse_civil(civil);
    EXPECT_TRUE(parsed.has_value()) << civil;
    return display.zone->instant_of(*parsed);
  }

  /// The id of the item on the screen, or "fallback".
  [[nodiscard]] std::string shows(Instant instant) const { return name(showing(instant).slot); }
  [[nodiscard]] std::string shows(const std::string& civil) const { return shows(at(civil)); }

  [[nodiscard]] Showing showing(Instant instant) const {
    return showing_at(playlist, display, context, instant);
  }
  [[nodiscard]] std::string name(const Slot& slot) const {
    return slot.entry ? playlist.item_of(*slot.entry).id.str() : "fallback";
  }
  [[nodiscard]] std::string civil(Instant instant) const {
    return to_string(display.zone->civil_at(instant));
  }

  /// "08:00:00 a, 08:00:10 b ..."
  [[nodiscard]] std::vector<Slot> plan_of(const std::string& from, const std::string& until) const {
    return plan(playlist, display, context, {at(from), at(until)});
  }

  Playlist playlist;
  Display display;
  Context context;
};

}  // namespace noseon::testing
