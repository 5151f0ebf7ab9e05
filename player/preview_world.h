// The world that a tester puts the display into.
#pragma once

#include "player/folder.h"
#include "player/preview.h"

namespace noseon {

/// The display as the passenger sees it: however the panel hangs, upright in the window.
/// `quarter_turns` hangs it another way first.
[[nodiscard]] LoadedFolder upright(LoadedFolder loaded, int quarter_turns);

/// Route, position and places as the options have them; not_found for a place that no campaign
/// names.
[[nodiscard]] Result<Context> context_of(const PreviewOptions& options, const Playlist& playlist);

}  // namespace noseon
