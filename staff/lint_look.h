// The lint that needs fonts and pictures: how each item looks on a display.
#pragma once

#include "player/studio.h"
#include "playlist/display.h"
#include "playlist/findings.h"
#include "playlist/playlist.h"

namespace noseon {

/// Of the texts: missing-glyph (no shipped font has a character), text-cut (an error: it does not
/// fit at the smallest legible size, so the display ends it with an ellipsis), language-left-out,
/// low-contrast (under 4.5:1, WCAG 2.2, on the pixels as they are composed).
[[nodiscard]] Findings lint_texts(const Playlist& playlist, const Display& display, Studio& studio);

/// Of the posters: poster-small (it has to be enlarged) and poster-aspect (a fifth or more of the
/// display stays empty, or of the poster is cut off). Files that cannot be read are left to
/// check_posters() (player/folder.h). Reads headers, decodes nothing.
[[nodiscard]] Findings lint_posters(const Playlist& playlist, const Display& display);

}  // namespace noseon
