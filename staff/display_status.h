// How one display fares: what its programs say and its disk shows, judged, and on one screen. Pure.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "fleet/pull/report.h"
#include "player/player_status.h"

namespace noseon {

/// All that is known, gathered by who may look (staff/status_display.cc).
struct DisplayFacts {
  Instant now;
  Millis now_steady{0};  ///< since boot
  std::string boot;      ///< of this boot

  std::string run;                     ///< the folder
  std::optional<PlayerStatus> player;  ///< as it says
  std::string player_trouble;          ///< why that cannot be read; empty: there is none
  bool is_player_alive = false;        ///< the process that wrote it is there
  std::optional<SyncReport> sync;
  std::string sync_trouble;

  bool has_store = false;
  bool is_store_hidden = false;                    ///< from this user
  std::optional<std::uint64_t> current, previous;  ///< generations in the store
  bool is_current_new = false;                     ///< for less than two minutes

  std::optional<std::uint64_t> disk_free;  ///< bytes, of the journal's disk, else of the store's
  std::optional<std::uint64_t> reserved;   ///< that the journal holds; nothing: hidden, too
};

/// Each as a sentence with its remedy, the most pressing first; none: all is well.
[[nodiscard]] std::vector<std::string> what_needs_a_person(const DisplayFacts& facts);

/// At most 25 lines of 80 columns: the first what is the matter, or that all is well.
[[nodiscard]] std::string one_screen(const DisplayFacts& facts);

/// The same for machines.
[[nodiscard]] nlohmann::ordered_json display_json(const DisplayFacts& facts);

}  // namespace noseon
