// What the language allows and staff hardly mean: items that never play, stretches that nothing but
// filler fills, texts too long for their seconds. Warnings with place and remedy (one is an error);
// needs neither picture nor font. Each code has an example in findings.md beside this file.
#pragma once

#include "playlist/display.h"
#include "playlist/findings.h"
#include "playlist/playlist.h"

namespace noseon {

/// How far ahead it looks: a yearly window comes round once.
inline constexpr std::chrono::days kLintAhead{366};

/// Everything below, in the order of the playlist. `now` is what "past" is judged by.
[[nodiscard]] Findings lint(const Playlist& playlist, const Display& display, Instant now);

/// past-window, never-plays: windows that are over, items that no instant is open for.
[[nodiscard]] Findings lint_windows(const Playlist& playlist, Instant now);

/// gap, never-plays, rare-turn, weights-halved: what taking turns over the next year comes to.
/// Routes, places, labels and shares are taken as met wherever an item asks for them.
[[nodiscard]] Findings lint_turns(const Playlist& playlist, const Display& display, Instant now);

/// too-fast: text with less time than its reading takes on this display; an error below two thirds
/// of that.
[[nodiscard]] Findings lint_reading(const Playlist& playlist, const Display& display);

/// unused, beyond-2037, no-holidays: parts that nothing names, and what later years bring.
[[nodiscard]] Findings lint_parts(const Playlist& playlist, Instant now);

}  // namespace noseon
