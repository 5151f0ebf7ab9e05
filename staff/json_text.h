// Output for machines: JSON text, instants in RFC 3339 with milliseconds and the display's offset.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "base/time.h"
#include "base/zone.h"
#include "playlist/findings.h"
#include "playlist/playlist.h"

namespace noseon {

/// On one line; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string to_text(const nlohmann::ordered_json& json);

[[nodiscard]] std::string instant_text(Instant instant, const Zone& zone);
/// null where time has no bound.
[[nodiscard]] nlohmann::ordered_json instant_json(std::optional<Instant> instant, const Zone& zone);

/// {"campaign", "item"} of an entry; both null for the fallback card.
[[nodiscard]] nlohmann::ordered_json name_json(const Playlist& playlist,
                                               std::optional<EntryIndex> entry);

/// [{"severity", "file", "line", "column", "code", "message", "remedy"}]; of a spreadsheet line and
/// column are its row and column.
[[nodiscard]] nlohmann::ordered_json findings_json(const Findings& findings);

}  // namespace noseon
