// From the options of a program to what the player reads: the folder and the display together.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "player/folder.h"
#include "player/studio.h"

namespace noseon {

struct FolderAndDisplay {
  std::filesystem::path folder;                  ///< of campaigns
  std::optional<std::filesystem::path> display;  ///< display.toml
  std::optional<Size> size;                      ///< instead of the display's
  std::vector<std::string> labels;               ///< besides the display's
};

/// The display alone; nothing where there is a display.toml that cannot be used, of which the
/// findings tell.
[[nodiscard]] ParsedDisplay read_display(const FolderAndDisplay& source, Zones& zones);

/// Reads all of it, anew at each call; what is wrong with display.toml is among the findings, and
/// the default display stands in for it. Called from one thread at a time.
[[nodiscard]] std::function<LoadedFolder()> reader_of(FolderAndDisplay source);

/// A studio with the shipped fonts, the programs beside the running one, and the user's cache.
[[nodiscard]] Result<Studio> make_studio();
/// The same, which keeps finished pages in a folder for the next start; an empty path keeps none.
/// `report` hears of damaged blobs.
[[nodiscard]] Result<Studio> make_keeping_studio(const std::filesystem::path& frames,
                                                 ReportDamage report = {});

}  // namespace noseon
