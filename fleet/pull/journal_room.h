// What noseon-sync leaves free on the store's disk for the player's journal, so that thirty days of
// proof of play always find room (base/journal_room.h).
#pragma once

#include <cstdint>
#include <filesystem>

namespace noseon {

struct JournalPlaces {
  std::filesystem::path journal;  ///< the player's; empty: nothing is left free for it
  std::filesystem::path run;      ///< where the player's status is (player.json)
  std::filesystem::path store;
};

/// Nothing where no journal is, or where it is on another disk. noseon-sync is another user than
/// the player: where it may not look into the folder, what the player's status says (`keep_free` of
/// its `journal`), and where that says nothing, all that a reserve takes. Never more than that.
[[nodiscard]] std::uint64_t bytes_for_journal(const JournalPlaces& places);

}  // namespace noseon
