// A table as the text of a campaign.toml in which every key has a line of its own, so that what
// parse_campaign() finds can be told by row and column. Nobody reads a draft.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playlist/sheet_rows.h"

namespace noseon {

struct Draft {
  std::string text;
  std::vector<SourcePlace> cells;    ///< of each line; {0, 0} where no cell made it
  std::vector<SourcePlace> refused;  ///< cells that were reported when the draft was made
  std::size_t head_lines = 0;        ///< lines of a head that the table did not make
};

/// Where a campaign says nothing about itself.
struct AssumedHead {
  std::string id;
  std::string timezone;
};

/// A whole campaign.
[[nodiscard]] Draft draft_campaign(const Sheet& sheet, const AssumedHead& assumed,
                                   Reporter& reporter);
/// The items alone, behind a head of TOML.
[[nodiscard]] Draft draft_items(const Sheet& sheet, std::string_view head, Reporter& reporter);

}  // namespace noseon
