// The compiled form of a campaign: strict JSON (RFC 8259) for machines, written by staff's tools
// and signed as bytes. The page compiled.md beside this file describes it with an example.
//
// It says everything that campaign.toml says, and leaves nothing to the reader: defaults are
// written out, the days of the holiday calendar travel with it, and what has an order is a list.
// `needs` names what a reader has to know; a reader that does not know one of them refuses the
// campaign (in its head) or the item (in an item), rather than play it wrongly.
//
// Reading believes nothing: bytes, depth and counts are capped before use, every value goes through
// the same rules as campaign.toml, and an unknown name is an error.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playlist/parse.h"

namespace noseon {

inline constexpr std::string_view kCompiledFormat = "noseon.compiled/1";
inline constexpr std::size_t kCompiledBytesMax = 8U << 20U;

/// One line of JSON, always the same bytes for the same campaign.
[[nodiscard]] std::string write_compiled(const Campaign& campaign);

/// Findings name the file and, in the message, the item or part; compiled JSON is for machines, so
/// they have no line. An error in an item costs that item, any other the campaign.
[[nodiscard]] ParsedCampaign read_compiled(std::string_view json, std::string_view file,
                                           Zones& zones);

/// What a reader has to know to play the item: "caption", "dayparts", "days", "hours", "labels",
/// "motion" (a ticker), "near", "routes", "share", "urgent", "yearly", in this order.
[[nodiscard]] std::vector<std::string> needs_of(const Item& item);
/// The same for the campaign as a whole: "clock" (a style has one), "holidays", "styles" (more of
/// one than colours, font, side, padding and clock), "yearly".
[[nodiscard]] std::vector<std::string> needs_of(const Campaign& campaign);

}  // namespace noseon
