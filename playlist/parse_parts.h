// The parts of campaign.toml and display.toml, each read by one function from its table.
#pragma once

#include "playlist/fields.h"
#include "playlist/model.h"
#include "playlist/parse.h"

namespace noseon {

/// A whole campaign from its tree, whatever that was written as. `carried`: the calendar of
/// holidays that came with it; without one, the key "holidays" names a calendar that is shipped.
[[nodiscard]] ParsedCampaign read_campaign(const TomlTable& table, std::string_view file,
                                           Zones& zones, const HolidaysPtr& carried);

/// A display from its tree.
[[nodiscard]] ParsedDisplay read_display(const TomlTable& table, std::string_view file,
                                         Zones& zones);

/// Reports names that are none: a daypart's and the like, to which items refer.
void check_name(const TomlMember& member, Reporter& reporter);
/// Reports a path that leads out of the campaign's folder, or is none.
void check_path(const PlacedText& path, Fields& fields);

/// from, until (days) and yearly.
[[nodiscard]] DayWindow read_window(Fields& fields);
[[nodiscard]] std::vector<Daypart> read_dayparts(const TomlTable& table, Reporter& reporter);
[[nodiscard]] std::vector<GeoPlace> read_places(const TomlTable& table, Reporter& reporter);
[[nodiscard]] std::vector<Style> read_styles(const TomlTable& table, Reporter& reporter);

/// An item of a campaign whose window, dayparts, places and styles are read. Whether it is sound
/// shows in reporter.errors(). A shipped style that it is the first to ask for is appended to the
/// campaign's.
[[nodiscard]] Item read_item(const TomlTable& table, SourcePlace place, Campaign& campaign,
                             Reporter& reporter);

}  // namespace noseon
