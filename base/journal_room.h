// How much room proof of play has to find on a display's disk: what the player's journal reserves
// (player/journal/reserve.h), and noseon-sync leaves free for it until it has. They are programs of
// their own; the disk is all they share.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace noseon {

/// 300,000 rows, 30 days of a play every 8.6 s, at what a row with one picture, a route and two
/// places takes in the file and once more in the log (tests/bench/journal_bench.cc measures it).
inline constexpr std::uint64_t kReserveRows = 300'000;
inline constexpr std::uint64_t kReserveBytesPerRow = 512;
inline constexpr std::uint64_t kReserveBytes = kReserveRows * kReserveBytesPerRow;

/// In the journal's folder.
inline constexpr const char* kReserveFile = "plays.reserve";

/// In the player's run folder: what it tells of itself. Its "journal" says how much is to be left
/// free where nobody but the player may look at the journal's folder.
inline constexpr const char* kPlayerStatusFile = "player.json";

/// What the disk has promised a file, at most its length; 0 for one that is not there; nothing
/// where it may not be looked at.
[[nodiscard]] std::optional<std::uint64_t> allocated_bytes(const std::filesystem::path& file);

/// Whoever fills the disk of the journal in `folder` leaves so much free: what its reserve does not
/// hold yet, all of it where there is none. Nothing where that may not be looked at.
[[nodiscard]] std::optional<std::uint64_t> journal_room_missing(
    const std::filesystem::path& folder);

}  // namespace noseon
