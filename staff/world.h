// What every command starts from: a folder, the display it is for, and what is around it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/zone.h"
#include "player/folder.h"
#include "playlist/display.h"
#include "playlist/playlist.h"

namespace noseon {

/// The options common to all commands, as written.
struct WorldOptions {
  std::string dir;
  std::string display_file;         ///< --display FILE
  std::string size;                 ///< --size WxH
  std::string route;                ///< --route R
  std::string position;             ///< --position LAT,LON
  std::vector<std::string> labels;  ///< --label L, added to the display's
  std::string clock;                ///< --clock unknown|T
  bool json = false;                ///< --json
};

struct World {
  std::shared_ptr<const Playlist> playlist;  ///< never null
  std::shared_ptr<const Display> display;    ///< never null, its zone set
  Context context;
  Findings findings;  ///< of the display file, the folder and its posters

  [[nodiscard]] const Zone& zone() const { return *display->zone; }
};

/// Errors are those of the options alone; what is wrong with the folder is in World::findings.
[[nodiscard]] Result<World> open_world(const WorldOptions& options, Zones& zones);

/// Opens the world and runs a command in it; kWrongUsage, with the reason printed, where the
/// options do not allow it. Exit codes: staff/commands.h.
[[nodiscard]] int with_world(const WorldOptions& options,
                             const std::function<int(World&)>& command);

/// The same for commands that need something to show: prints the errors of the folder to stderr and
/// goes on with what could be read; kRefused where that is nothing.
[[nodiscard]] int with_items(const WorldOptions& options,
                             const std::function<int(World&)>& command);

/// Puts the display's clock in doubt where --clock does; `at` is what it says.
[[nodiscard]] Status doubt_clock(World& world, const WorldOptions& options, Instant at);

/// A time as parse_when() reads it; an empty text is now.
[[nodiscard]] Result<Instant> moment_or_now(const std::string& text, const Zone& zone);

/// Prints the error for a person; kWrongUsage.
[[nodiscard]] int wrong_usage(const Error& error);
/// The same for what the world refused; kRefused.
[[nodiscard]] int refused(const Error& error);

}  // namespace noseon
