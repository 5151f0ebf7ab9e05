// The schema that editors use and the validator that speaks to people, held against each other.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "playlist/compiled.h"
#include "playlist/parse_parts.h"
#include "playlist/styles.h"
#include "tests/playlist/bus.h"
#include "tests/playlist/editor_schema.h"
#include "tests/playlist/whole_files.h"
#include "tests/support/random_campaign.h"
#include "tests/support/same_campaign.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

// ---------------------------------------------------------------------------------- good files

void expect_good_campaign(const std::string& toml) {
  EXPECT_EQ(codes_of(parse_campaign(toml, "campaign.toml", zones()).findings), "") << toml;
  EXPECT_TRUE(campaign_schema().accepts(json_of_file(toml))) << toml;
}

TEST(Schema, AcceptsTheDemonstrations) {
  for (const char* name : {"khojaly", "on-board"}) {
    expect_good_campaign(
        read_file(fmt::format("{}/media/demo/{}/campaign.toml", NOSEON_SOURCE_DIR, name),
                  kCampaignBytesMax)
            .value());
  }
}

TEST(Schema, AcceptsACampaignAndADisplayWithEveryKey) {
  expect_good_campaign(kWholeCampaign);
  EXPECT_EQ(codes_of(parse_display(kWholeDisplay, "display.toml", zones()).findings), "");
  EXPECT_TRUE(display_schema().accepts(json_of_file(kWholeDisplay)));
}

// Compiled JSON says a campaign in lists; campaign.toml says the same in tables.
json by_name(const json& list, const char* name, const char* value) {
  json table = json::object();
  for (json entry : list) {
    const std::string key = entry.at(name);
    entry.erase(name);
    table[key] = value ? entry.at(value) : entry;
  }
  return table;
}

json as_written(const Campaign& campaign) {
  json head = json::parse(write_compiled(campaign));
  head.erase("needs");
  head["format"] = "noseon.campaign/1";
  head["title"] = by_name(head["title"], "language", "text");
  if (head.contains("holidays")) head["holidays"] = head["holidays"]["id"];
  head["dayparts"] = by_name(head["dayparts"], "name", "entries");
  head["places"] = by_name(head["places"], "name", nullptr);
  for (json& style : head["styles"]) style.erase("shipped");
  head["styles"] = by_name(head["styles"], "name", nullptr);
  for (json item : head["items"]) {
    item.erase("needs");
    item["alt"] = by_name(item["alt"], "language", "text");
    for (const char* key : {"text", "caption"})
      if (item.contains(key)) item[key] = by_name(item[key], "language", "text");
    head["item"].push_back(std::move(item));
  }
  head.erase("items");
  return head;
}

TEST(Schema, AcceptsRandomGoodCampaigns) {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const json written = as_written(random_campaign(seed, zones()));
    EXPECT_TRUE(campaign_schema().accepts(written)) << "seed " << seed << "\n" << written.dump(1);
  }
}

// ------------------------------------------------------------------------------- what it promises

TEST(Schema, KnowsTheCalendarsOfHolidaysThatAreShipped) {
  EXPECT_EQ(campaign_schema().at("/properties/holidays/enum").get<std::vector<std::string>>(),
            holiday_calendars());
}

TEST(Schema, KnowsTheStylesThatAreShipped) {
  EXPECT_EQ(campaign_schema()
                .at("/definitions/style/properties/like/enum")
                .get<std::vector<std::string>>(),
            shipped_style_names());
}

// Every key with a default, written into a tree that has none of them.
void write_defaults(const nlohmann::ordered_json& properties, TomlTable& into) {
  for (const auto& [key, schema] : properties.items()) {
    const bool is_there =
        std::any_of(into.begin(), into.end(),
                    [&name = key](const TomlMember& member) { return member.key == name; });
    if (is_there || !schema.contains("default")) continue;
    const std::string line = key + " = " + schema["default"].dump();
    ParsedToml parsed = parse_toml(line, "default", kCampaignBytesMax);
    ASSERT_TRUE(parsed.is_good) << line;
    into.push_back(std::move(parsed.table.front()));
  }
}

TomlTable& table_of(TomlTable& parent, std::string_view key) {
  const auto found = std::find_if(parent.begin(), parent.end(),
                                  [&](const TomlMember& member) { return member.key == key; });
  return std::get<TomlTable>(found->value.value);
}

TEST(Schema, SaysTheDefaultsThatACampaignHasWhereNothingIsWritten) {
  const std::string toml = campaign_toml(
      "[dayparts]\nd = [{}]\n[styles]\ns = { outline = { color = \"#000000\" }, shadow = {} }\n"
      "[[item]]\nid = \"a\"\ntext = { ko = \"가\" }\n");
  TomlTable table = parse_toml(toml, "campaign.toml", kCampaignBytesMax).table;
  const auto bare = read_campaign(table, "campaign.toml", zones(), nullptr).campaign.value();
  write_defaults(campaign_schema().at("/properties"), table);
  auto& items = std::get<TomlArray>(std::find_if(table.begin(), table.end(), [](const auto& m) {
                                      return m.key == "item";
                                    })->value.value);
  write_defaults(campaign_schema().at("/definitions/item/properties"),
                 std::get<TomlTable>(items.front().value));
  TomlTable& style = table_of(table_of(table, "styles"), "s");
  write_defaults(campaign_schema().at("/definitions/style/properties"), style);
  for (const char* part : {"outline", "shadow"}) {
    write_defaults(
        campaign_schema().at(fmt::format("/definitions/style/properties/{}/properties", part)),
        table_of(style, part));
  }
  auto& entries = std::get<TomlArray>(table_of(table, "dayparts").front().value.value);
  write_defaults(campaign_schema().at("/definitions/daypart-entry/properties"),
                 std::get<TomlTable>(entries.front().value));
  const ParsedCampaign full = read_campaign(table, "campaign.toml", zones(), nullptr);
  ASSERT_EQ(codes_of(full.findings), "");
  EXPECT_EQ(difference(bare, full.campaign.value()), "");
}

TEST(Schema, SaysTheDefaultsThatADisplayHasWhereNothingIsWritten) {
  TomlTable table;
  write_defaults(display_schema().at("/properties"), table);
  const ParsedDisplay full = read_display(table, "display.toml", zones());
  ASSERT_EQ(codes_of(full.findings), "");
  const Display bare;
  EXPECT_EQ(full.display->id.str(), bare.id.str());
  EXPECT_EQ(full.display->size, bare.size);
  EXPECT_EQ(full.display->rotation, bare.rotation);
  EXPECT_EQ(full.display->languages, bare.languages);
  EXPECT_EQ(full.display->labels, bare.labels);
  EXPECT_EQ(full.display->diagonal_inch, bare.diagonal_inch);
  EXPECT_EQ(full.display->distance_m, bare.distance_m);
  EXPECT_EQ(full.display->screen, bare.screen);
  EXPECT_EQ(full.display->has_rtc, bare.has_rtc);
  EXPECT_EQ(full.display->source_urls, bare.source_urls);
  EXPECT_EQ(display_schema().at("/properties/night/properties/brightness/default"),
            Night{}.brightness_permille / 1000.0);
}

}  // namespace
}  // namespace noseon::testing
