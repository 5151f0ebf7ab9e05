// Reading campaign.toml and display.toml: bytes in, values and findings out. No I/O; zones come
// from the caller. TOML 1.0 by toml++, guarded by a scan of our own (it overflows its stack on a
// key of 500,000 parts).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/zone.h"
#include "playlist/display.h"
#include "playlist/findings.h"
#include "playlist/model.h"

namespace noseon {

inline constexpr std::size_t kCampaignBytesMax = 1U << 20U;
inline constexpr std::size_t kItemsMax = 10'000;
inline constexpr std::size_t kTextBytesMax = 4096;
inline constexpr std::size_t kLanguagesMax = 16;  ///< of a display

struct ParsedCampaign {
  /// Nothing where an error concerns the whole campaign. An error inside an item drops that item.
  std::optional<Campaign> campaign;
  Findings findings;  ///< all of them; of syntax errors the first
};

/// `file` is the name used in messages.
[[nodiscard]] ParsedCampaign parse_campaign(std::string_view toml, std::string_view file,
                                            Zones& zones);

struct ParsedDisplay {
  std::optional<Display> display;
  Findings findings;
};

[[nodiscard]] ParsedDisplay parse_display(std::string_view toml, std::string_view file,
                                          Zones& zones);

}  // namespace noseon
