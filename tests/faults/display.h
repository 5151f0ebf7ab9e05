// A display of a bus in one folder, as the part "The disk of a display" of ARCHITECTURE.md has it,
// with a store of three posters; and the player on it, without a screen.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/faults/strace.h"

namespace noseon::faults {

/// Makes the folders, signs a release into the store, and installs its root. The same seed of files
/// is then copied for each try.
void make_display(const std::filesystem::path& folder);

/// noseon-player on the display in `folder`. It draws into memory (SDL's driver offscreen), so that
/// nobody sees it; for a screen the environment says where.
[[nodiscard]] std::vector<std::string> player_on(const std::filesystem::path& folder);

/// For a player that is not traced, in sanitized builds: SDL asks D-Bus for its desktop's settings,
/// and libdbus keeps them. Leaks are looked for elsewhere.
inline constexpr const char* kKeepsLeaks = "ASAN_OPTIONS=detect_leaks=0:exitcode=99";

/// What the player says of itself, in RUN/player.json.
struct Played {
  bool has_ended = false;
  std::int64_t dark_ms = 0;
  std::int64_t read_backs = 0;  ///< without one nobody knows of the dark
  std::int64_t shown = 0, recorded = 0, parked = 0, lost = 0;
};
/// Nothing where it has not said anything yet; what is not read whole is an error.
[[nodiscard]] Result<std::optional<Played>> played_on(const std::filesystem::path& folder);

/// What is wrong with the disk of a display after whatever came: with the journal, of which at
/// least `recorded` plays are there, and with what the player had written down. One play is added.
[[nodiscard]] std::optional<std::string> wrong_with_display(const std::filesystem::path& folder,
                                                            std::int64_t recorded);

}  // namespace noseon::faults
