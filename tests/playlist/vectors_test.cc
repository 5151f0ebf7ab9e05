// The public vectors of tests/vectors/: what shows, as a second implementation says. See the README
// there for the format and for how they were made.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

using Json = nlohmann::json;

const std::filesystem::path kVectors = std::filesystem::path(NOSEON_SOURCE_DIR) / "tests/vectors";

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kVectors)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

Json read(const std::string& name) {
  std::ifstream in(kVectors / (name + ".json"));
  return Json::parse(in);
}

// Null stands for "ever since" and "for ever".
Instant instant(const Json& written, Instant otherwise) {
  if (written.is_null()) return otherwise;
  return parse_rfc3339(written.get<std::string>()).value();
}

std::string to_string(const Display& display, Instant instant) {
  if (instant == kBeginningOfTime) return "ever";
  if (instant == kEndOfTime) return "never";
  return to_rfc3339(instant, display.zone->offset_at(instant));
}

// One campaign of the file's table; it must be free of errors.
Campaign campaign_of(const Json& file, const std::string& key) {
  const Json& entry = file.at("campaigns").at(key);
  std::string toml;
  for (const Json& line : entry.at("toml")) toml += line.get<std::string>() + "\n";
  ParsedCampaign parsed = parse_campaign(toml, key, zones());
  for (const Finding& finding : parsed.findings) {
    EXPECT_NE(finding.severity, Severity::error) << noseon::to_string(finding);
  }
  parsed.campaign.value().agency = entry.at("agency");
  return *std::move(parsed.campaign);
}

Display display_of(const Json& json) {
  Display display;
  display.id = DisplayId{json.at("id").get<std::string>()};
  display.zone = zone(json.at("timezone"));
  display.languages = json.at("languages").get<std::vector<std::string>>();
  display.labels = json.at("labels").get<std::vector<std::string>>();
  return display;
}

Context context_of(const Json& json) {
  Context context;
  if (!json.at("route").is_null()) context.route = json.at("route").get<std::string>();
  context.inside = json.at("inside").get<decltype(context.inside)>();
  context.since = instant(json.at("since"), kBeginningOfTime);
  if (json.contains("clock_floor"))
    context.clock_floor = instant(json.at("clock_floor"), kBeginningOfTime);
  return context;
}

// "spring/a from ... until ..."
std::string asked(const Json& shows, const Display& display) {
  const std::string what =
      shows.at("item").is_null()
          ? "fallback"
          : shows.at("campaign").get<std::string>() + "/" + shows.at("item").get<std::string>();
  return what + " from " + to_string(display, instant(shows.at("from"), kBeginningOfTime)) +
         " until " + to_string(display, instant(shows.at("until"), kEndOfTime));
}

std::string shown(const Playlist& playlist, const Display& display, const Slot& slot) {
  const std::string what = slot.entry ? playlist.campaign_of(*slot.entry).id.str() + "/" +
                                            playlist.item_of(*slot.entry).id.str()
                                      : "fallback";
  return what + " from " + to_string(display, slot.from) + " until " +
         to_string(display, slot.until);
}

void run(const Json& file, const Json& test_case) {
  const Display display = display_of(test_case.at("display"));
  std::vector<Campaign> campaigns;
  for (const Json& key : test_case.at("campaigns")) campaigns.push_back(campaign_of(file, key));
  Findings findings;
  const Playlist playlist = compile(std::move(campaigns), display, findings);
  EXPECT_TRUE(findings.empty());
  const Instant at = parse_rfc3339(test_case.at("at").get<std::string>()).value();
  const Showing showing = showing_at(playlist, display, context_of(test_case.at("context")), at);
  EXPECT_EQ(shown(playlist, display, showing.slot), asked(test_case.at("shows"), display))
      << test_case.at("name").get<std::string>() << "\n  at " << to_string(display, at);
}

class VectorFile : public ::testing::TestWithParam<std::string> {};

TEST_P(VectorFile, IsShownAsItSays) {
  const Json file = read(GetParam());
  ASSERT_EQ(file.at("format"), "noseon.vectors/1");
  ASSERT_FALSE(file.at("cases").empty());
  for (const Json& test_case : file.at("cases")) run(file, test_case);
}

INSTANTIATE_TEST_SUITE_P(Vectors, VectorFile, ::testing::ValuesIn(files()),
                         [](const auto& file) { return file.param; });

TEST(Vectors, AreAtLeastSixHundred) {
  std::size_t cases = 0;
  for (const std::string& name : files()) cases += read(name).at("cases").size();
  EXPECT_GE(cases, 600U);
}

TEST(Vectors, AreWhatTheSecondImplementationSays) {
  if (std::system("python3 -c 'import tomllib, zoneinfo' 2>/dev/null") != 0) {
    GTEST_SKIP() << "no python3 of at least 3.11 here, so make.py cannot be run";
  }
  const std::string make = (kVectors / "make.py").string();
  EXPECT_EQ(std::system(("python3 '" + make + "' --check").c_str()), 0);
}

}  // namespace
}  // namespace noseon::testing
