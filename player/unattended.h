// The unattended mode: a signed store, or a folder, on the whole screen, for ever. Whatever is
// missing, something stands on the screen; whatever hangs, or crashes it, it comes back
// (watchdog.h, crashes.h).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/geometry.h"
#include "base/result.h"
#include "player/store_source.h"
#include "player/way_choice.h"

namespace noseon {

inline constexpr const char* kJournalFolder = "/var/lib/noseon/journal";

struct UnattendedOptions {
  StorePlaces places;                            ///< `store` is empty where a folder is played
  std::filesystem::path folder;                  ///< unsigned, instead of a store
  bool counts_crashes = false;                   ///< in places.state, by what is in places.run
  std::optional<std::filesystem::path> display;  ///< display.toml
  std::optional<Size> size;                      ///< instead of the display's
  std::optional<std::string> at;  ///< a simulated start of the clock, for demonstrations
  std::optional<int> screen;      ///< from 1, instead of the display's
  std::optional<WayKind> way;     ///< to the glass, instead of the one that is chosen
  /// Where finished pages are kept for the next start; nothing: default_frame_cache(); "": nowhere.
  std::optional<std::filesystem::path> frames;
  /// Where proof of play is kept; "": nowhere; nothing: kJournalFolder with a store, else nowhere.
  std::optional<std::filesystem::path> journal;
  bool has_run = false;  ///< places.run was named: a folder's player tells of itself there, too
  bool is_windowed = false;
  bool prints_stats = false;  ///< frame times on stderr at the end
};

/// Gives up the network first, for good. Until SIGTERM or SIGINT. On a console, and under a
/// compositor, it first waits for a screen to be plugged in, and says so once. SIGHUP reads the
/// folder again, SIGUSR1 prints the frame times. To be called before any other thread is there.
/// unavailable: there is no display, or it is over the network; denied: a folder, where a trusted
/// root is installed; bad_format: `at` is no time.
[[nodiscard]] Status run_unattended(const UnattendedOptions& options);

}  // namespace noseon
