// parse_campaign and parse_display: whatever bytes come, every finding has its words, and a
// campaign that is accepted comes back the same from its compiled form and from its own text.
#include <cstdint>
#include <cstdlib>

#include "base/check.h"
#include "playlist/compiled.h"
#include "playlist/write_toml.h"

namespace {

noseon::SystemZones& zones() {
  static noseon::SystemZones zones;
  return zones;
}

void check_findings(const noseon::Findings& findings) {
  for (const noseon::Finding& finding : findings) {
    CHECK(!finding.code.empty());
    CHECK(!finding.message.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_findings(noseon::parse_display(text, "display.toml", zones()).findings);
  const noseon::ParsedCampaign parsed = noseon::parse_campaign(text, "campaign.toml", zones());
  check_findings(parsed.findings);
  if (!parsed.campaign || parsed.campaign->items.empty()) return 0;

  const std::string compiled = noseon::write_compiled(*parsed.campaign);
  const auto read = noseon::read_compiled(compiled, "campaign.json", zones());
  CHECK(read.campaign);
  CHECK(noseon::write_compiled(*read.campaign) == compiled);

  const std::string written = noseon::write_toml(*parsed.campaign);
  const auto again = noseon::parse_campaign(written, "campaign.toml", zones());
  CHECK(again.campaign);
  CHECK(noseon::write_compiled(*again.campaign) == compiled);
  return 0;
}
