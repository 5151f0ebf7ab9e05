// Writing campaign.toml: the reverse of playlist/parse.h. Pure.
#pragma once

#include <string>
#include <string_view>

#include "playlist/model.h"

namespace noseon {

/// The whole campaign, laid out for people; what has its default is left out. parse_campaign() of
/// it gives the same campaign, places in the file aside, as long as the text is not longer than
/// kCampaignBytesMax. REQUIRES: a campaign as parse_campaign() makes it without errors.
[[nodiscard]] std::string write_toml(const Campaign& campaign);

/// Its two halves: all that comes before the items, and the items, which end the file.
[[nodiscard]] std::string write_toml_head(const Campaign& campaign);
[[nodiscard]] std::string write_toml_items(const Campaign& campaign);

/// A basic string of TOML 1.0 in its quotes. REQUIRES: UTF-8.
[[nodiscard]] std::string toml_string(std::string_view text);

/// RFC 3339 to the millisecond, at the offset; at another where the year would not have four
/// digits.
[[nodiscard]] std::string toml_instant(Instant instant, std::chrono::seconds offset);

}  // namespace noseon
