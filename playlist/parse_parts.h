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

/// from, until (days) and yearly.
[[nodiscard]] DayWindow read_window(Fields& fields);
[[nodiscard]] std::vector<Daypart> read_dayparts(const TomlTable& table, Reporter& reporter);
[[nodiscard]] std::vector<GeoPlace> read_places(const TomlTable& table, Reporter& reporter);
[[nodiscard]] std::vector<Style> read_styles(const TomlTable& table, Reporter& reporter);

/// An item of a campaign whose window, dayparts, places and styles are read. Whether it is sound
/// shows in reporter.errors().
[[nodiscard]] Item read_item(const TomlTable& table, SourcePlace place, const Campaign& campaign,
                             Reporter& reporter);

}  // namespace noseon
