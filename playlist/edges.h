// Edges: the instants at which the set of items that take turns changes.
#pragma once

#include "playlist/playlist.h"

namespace noseon {

/// The longest stretch around `t` with the same set E, across midnights, cut where the context
/// began. Where nothing changes within ten years, the bound is kBeginningOfTime or kEndOfTime.
[[nodiscard]] Span same_eligible_around(const Playlist& playlist, const Context& context,
                                        Instant t);

}  // namespace noseon
