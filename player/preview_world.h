// The world that a tester puts the display into.
#pragma once

#include "player/folder.h"
#include "player/preview.h"

namespace noseon {

/// The display as the passenger sees it: however the panel hangs, upright in the window.
/// `quarter_turns` hangs it another way first.
[[nodiscard]] LoadedFolder upright(LoadedFolder loaded, int quarter_turns);

/// Route, position, places and the clock as the options have them; `start` is what the clock says
/// first. not_found for a place that no campaign names; bad_format as in_doubt().
[[nodiscard]] Result<Context> context_of(const PreviewOptions& options, const LoadedFolder& folder,
                                         Instant start);

}  // namespace noseon
