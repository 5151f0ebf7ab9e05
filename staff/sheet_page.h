// A contact sheet as a frame: every item as a thumbnail with its caption, campaign by campaign.
#pragma once

#include <string>
#include <vector>

#include "player/frame.h"

namespace noseon {

struct SheetTile {
  PicturePtr thumbnail;  ///< never null; all tiles of a sheet have the same size
  std::string name;      ///< large: the item's id
  std::string caption;   ///< small: role, turns, window
};

struct SheetGroup {
  std::string title;
  std::string caption;
  std::string language;  ///< of the title
  std::vector<SheetTile> tiles;
};

/// REQUIRES: at least one tile in all.
[[nodiscard]] Frame compose_sheet(const std::vector<SheetGroup>& groups, Typesetter& typesetter);

/// How large a thumbnail of a display's picture is on a sheet.
[[nodiscard]] Size thumbnail_size(Size display);

}  // namespace noseon
