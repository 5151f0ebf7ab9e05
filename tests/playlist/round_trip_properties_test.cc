// Whatever a campaign holds, its text and its table bring it back.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>

#include "playlist/parse.h"
#include "playlist/spreadsheet.h"
#include "playlist/write_toml.h"
#include "tests/support/long_run.h"
#include "tests/support/random_campaign.h"
#include "tests/support/same_campaign.h"

namespace noseon {
namespace {

// 500 seeds, 20,000 with NOSEON_LONG, one with NOSEON_SEED; up to the first that fails.
void for_random_campaigns(const std::function<void(const Campaign&, Zones&)>& property) {
  SystemZones zones;
  std::uint64_t first = 1;
  std::uint64_t last = is_long_run() ? 20'000 : quick_cases(500);
  if (const char* seed = std::getenv("NOSEON_SEED"))
    first = last = std::strtoull(seed, nullptr, 10);
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const Campaign campaign = random_campaign(seed, zones);
    SCOPED_TRACE("NOSEON_SEED=" + std::to_string(seed) + " repeats this case:\n" +
                 write_toml(campaign));
    property(campaign, zones);
    if (testing::Test::HasFailure()) return;
  }
}

void expect_same(const Campaign& campaign, const std::string& toml, Zones& zones) {
  const ParsedCampaign again = parse_campaign(toml, "campaign.toml", zones);
  for (const Finding& finding : again.findings)
    EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
  ASSERT_TRUE(again.campaign);
  EXPECT_EQ(difference(campaign, *again.campaign), "");
}

TEST(RoundTripProperty, TheTextOfACampaignReadsBackTheSame) {
  for_random_campaigns([](const Campaign& campaign, Zones& zones) {
    expect_same(campaign, write_toml(campaign), zones);
  });
}

TEST(RoundTripProperty, TheTableOfACampaignReadsBackTheSameInBothLanguages) {
  for_random_campaigns([](const Campaign& campaign, Zones& zones) {
    for (const auto language : {SheetLanguage::english, SheetLanguage::korean}) {
      const auto sheet = export_sheet(campaign, language);
      ASSERT_TRUE(sheet) << sheet.error().message;
      const ImportedSheet imported = import_sheet(sheet->csv, "plan.csv", {}, zones);
      for (const Finding& finding : imported.findings)
        EXPECT_NE(finding.severity, Severity::error) << to_string(finding) << "\n" << sheet->csv;
      expect_same(campaign, imported.toml, zones);
    }
  });
}

}  // namespace
}  // namespace noseon
