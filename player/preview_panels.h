// What the panels of a preview say. Pure: facts in, a panel out.
#pragma once

#include "player/overlay.h"
#include "player/pages.h"
#include "playlist/explain.h"

namespace noseon {

/// How the preview is doing, besides what it shows.
struct PreviewState {
  Instant now;
  double speed = 1;
  bool is_paused = false;
  double frames_per_second = 0;  ///< while fading; 0 is "not yet"
  std::uint64_t frames_dropped = 0;
  std::uint64_t memory_bytes = 0;
  std::size_t aside_count = 0;           ///< items whose picture cannot be made
  std::optional<EntryIndex> standing{};  ///< another than was explained where some are set aside
  PageTurn page{};                       ///< of what stands
};

/// The key i: what shows and why, then every item with its state.
[[nodiscard]] Panel why_panel(const Playlist& playlist, const Display& display,
                              const Context& context, const Explained& explained,
                              const PreviewState& state);
/// The key h.
[[nodiscard]] Panel help_panel();
/// The key g: what is typed so far, and what is wrong with it.
[[nodiscard]] Panel prompt_panel(const std::string& typed, const std::string& error);
/// A word on what a key did.
[[nodiscard]] Panel notice_panel(const std::string& text);

/// "2027-02-25 08:00:03 Thu"
[[nodiscard]] std::string time_with_weekday(Instant at, const Zone& zone);
/// "paused", "1x", "0.5x", "60x"
[[nodiscard]] std::string speed_text(double speed, bool is_paused);
}  // namespace noseon
