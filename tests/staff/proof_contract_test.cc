// What a report says was contracted, by the campaigns' own plan over the time that a display was
// on.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "tests/player/journal_rig.h"
#include "tests/playlist/bus.h"
#include "tests/staff/command_line.h"

namespace noseon::testing {
namespace {

using nlohmann::json;
using std::chrono::hours;
using std::chrono::seconds;

// An item for the surroundings of a station, and one for everywhere, eight seconds each.
class Contract : public ::testing::Test {
 protected:
  Contract() {
    folder_.write(
        "campaigns/khojaly/campaign.toml",
        campaign_toml("[places]\nstation = { lat = 37.5547, lon = 126.9707, radius_m = 600 }\n" +
                          item_toml("near-the-station", "near = [\"station\"]", 8) +
                          item_toml("everywhere", "", 8),
                      "khojaly"));
  }

  // Of an hour in which the one for everywhere was shown alone, at the station or elsewhere.
  json report(bool is_at_station) {
    {
      Journal journal(options_in(folder_ / "bus"));
      for (Millis at{0}; at < hours{1}; at += seconds{8}) {
        Play play = play_at(at);
        play.item = "everywhere";
        play.places.clear();
        if (is_at_station) play.places.emplace_back("khojaly", "station");
        journal.record(play);
      }
      EXPECT_TRUE(journal.end(moment(hours{1})));
    }
    const std::string to = (folder_ / "report.json").string();
    const Ran ran = run_noseon({"proof", "report", (folder_ / "bus/plays.db").string(), "--from",
                                "2027-02-25 08:00", "--until", "2027-02-25 09:00", "--campaigns",
                                (folder_ / "campaigns").string(), "-o", to});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return json::parse(read_file(to, 1U << 24U).value());
  }
  static json item_of(const json& report, const std::string& name) {
    for (const json& item : report["items"])
      if (item["item"] == name) return item;
    return nullptr;
  }
  TemporaryFolder folder_;
};

TEST_F(Contract, OfAnItemForAPlaceIsForTheTimeThatTheDisplayWasThere) {
  const json there = item_of(report(true), "near-the-station");
  ASSERT_FALSE(there.is_null()) << "what was contracted and never shown is not in the report";
  EXPECT_NEAR(there["contracted_share"].get<double>(), 0.5, 0.01);
  EXPECT_EQ(there["delivered_share"], 0.0);
  EXPECT_EQ(there["plays"], 0);
  EXPECT_NEAR(there["planned_ms"].get<double>(), 1'800'000, 10'000);
}

TEST_F(Contract, OfAnItemForAPlaceIsNothingElsewhere) {
  const json elsewhere = report(false);
  EXPECT_TRUE(item_of(elsewhere, "near-the-station").is_null());
  EXPECT_NEAR(item_of(elsewhere, "everywhere")["contracted_share"].get<double>(), 1, 0.01);
}

}  // namespace
}  // namespace noseon::testing
