// read_compiled: whatever bytes come, a campaign that is accepted is the same when written and read
// again, and keeps the rules of campaign.toml.
#include <cstdint>

#include "base/check.h"
#include "playlist/compiled.h"
#include "playlist/write_toml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static noseon::SystemZones zones;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const noseon::ParsedCampaign parsed = noseon::read_compiled(text, "campaign.json", zones);
  for (const noseon::Finding& finding : parsed.findings) CHECK(!finding.message.empty());
  if (!parsed.campaign || parsed.campaign->items.empty()) return 0;

  const std::string written = noseon::write_compiled(*parsed.campaign);
  const auto again = noseon::read_compiled(written, "campaign.json", zones);
  CHECK(again.campaign);
  CHECK(noseon::write_compiled(*again.campaign) == written);
  return 0;
}
