// The row "clocks" of the faults: what may be on a display whose clock lies, whose power goes, or
// whose zone changes its clocks; and what can be planted so that it must be found out.
#pragma once

#include <fmt/format.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/zone.h"
#include "playlist/parse.h"
#include "playlist/playlist.h"
#include "tests/support/slow_schedule.h"

namespace noseon {

inline const std::vector<std::string>& fault_zones() {
  static const std::vector<std::string> kZones{"Asia/Seoul", "UTC", "America/New_York",
                                               "Europe/Paris", "Australia/Lord_Howe"};
  return kZones;
}

/// How a harness did: every fault injected, seen to have happened, and borne.
struct Tally {
  int injected = 0;
  int proven = 0;
  int survived = 0;
  std::vector<std::string> wrong;  ///< the first few, for a person

  void add(bool was_proven, const std::vector<std::string>& complaints) {
    ++injected;
    if (was_proven) ++proven;
    if (was_proven && complaints.empty()) ++survived;
    for (const std::string& complaint : complaints)
      if (wrong.size() < 5) wrong.push_back(complaint);
  }
  /// For whoever collects them.
  [[nodiscard]] std::string summary() const {
    return fmt::format("faults: clocks: injected {}, proven {}, survived {}\n", injected, proven,
                       survived);
  }
};

/// Three items in a zone, none of which may show when another does: `window` from `from` on for 60
/// days, `hours` from 03:00 to 12:00 of those days, which takes over, and `always`.
/// `show` are the keys by which they show: text = ..., poster = ....
inline std::string fault_campaign(const std::string& zone, Day from,
                                  const std::function<std::string(const char*)>& show) {
  const std::string until = to_string(from + std::chrono::days{59});
  const auto item = [&](const char* id, const std::string& keys) {
    return fmt::format("[[item]]\nid = \"{}\"\n{}\nseconds = 3600\ntransition = \"cut\"\n{}\n", id,
                       show(id), keys);
  };
  const std::string days = fmt::format("from = {}\nuntil = {}", to_string(from), until);
  return fmt::format("format = \"noseon.campaign/1\"\nid = \"c\"\ntimezone = \"{}\"\n", zone) +
         item("window", days) +
         item("hours", days + "\nrole = \"takeover\"\nhours = \"03:00-12:00\"") +
         item("always", "role = \"filler\"");
}

/// What an observer who knows the truth says of an entry that stands; empty: it may.
/// `context` is what the display believes, `clock` what it goes by, `is_trusted` its grade.
inline std::string complaint_of(const Playlist& playlist, EntryIndex entry, const Context& context,
                                Instant clock, bool is_trusted, Instant truth) {
  const auto say_of = [&](const char* what) {
    return fmt::format("{} shows {}: clock {}, truth {}", playlist.item_of(entry).id.str(), what,
                       to_rfc3339(clock, std::chrono::seconds{0}),
                       to_rfc3339(truth, std::chrono::seconds{0}));
  };
  const Context sure;
  const bool is_right = slow::is_eligible(playlist, entry, sure, truth);
  if (is_trusted) return is_right ? "" : say_of("outside its window in trusted time");
  if (!context.clock_floor) return say_of("as if its clock were trusted");
  if (!slow::is_eligible(playlist, entry, context, clock)) return say_of("outside the bound");
  // What the bound is for: nothing is outside its window where the power was off for 72 h or less.
  const bool is_near = truth - context.floor_at(clock) <= std::chrono::hours{72};
  return is_near && !is_right ? say_of("outside its window, 72 h or less after the floor") : "";
}

}  // namespace noseon
