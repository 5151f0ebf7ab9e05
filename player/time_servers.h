// Whether a time server's daemon keeps the machine's clock, as far as files say: the player has no
// socket to ask a daemon by, starts no program, and may be denied adjtimex(2) by its sandbox
// (ProtectClock= hides it).
//
// - systemd-timesyncd touches /run/systemd/timesync/synchronized at each answer that it took, at
//   most 34 minutes apart (systemd-timesyncd.service(8)). When it was touched is when the clock was
//   right last; that the file is there says only that it was once.
// - chrony leaves no such file: its drift file lies where only it may look, and is also written
//   where it lost its servers. Where a display runs chrony, a unit that calls `chronyc waitsync`
//   touches the second file (deploy/README.md has it).
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "base/time.h"

namespace noseon {

inline constexpr const char* kTimesyncdFile = "/run/systemd/timesync/synchronized";
inline constexpr const char* kOtherDaemonFile = "/run/noseon-clock/synchronized";

/// The latest time at which one of them was touched; nothing where none is there.
[[nodiscard]] std::optional<Instant> last_synchronised(
    const std::vector<std::filesystem::path>& files);

}  // namespace noseon
