// The compiled form: nothing is lost on the way there and back, and nothing hostile is believed.
#include "playlist/compiled.h"

#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "playlist/days.h"
#include "tests/playlist/bus.h"
#include "tests/support/long_run.h"
#include "tests/support/random_campaign.h"
#include "tests/support/same_campaign.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

Campaign parsed(const std::string& toml) {
  ParsedCampaign parsed = parse_campaign(toml, "campaign.toml", zones());
  for (const Finding& finding : parsed.findings)
    EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
  EXPECT_TRUE(parsed.campaign.has_value());
  return parsed.campaign.value();
}

ParsedCampaign read_back(const std::string& text) {
  return read_compiled(text, "campaign.json", zones());
}

std::vector<std::string> codes(const ParsedCampaign& read) {
  std::vector<std::string> codes;
  for (const Finding& finding : read.findings) codes.push_back(finding.code);
  return codes;
}

// One item that uses everything that a place, a daypart, a share ... can say.
std::string whole_campaign() {
  return campaign_toml(
      "title = { ko = \"봄\", en = \"Spring\" }\nholidays = \"kr\"\ncontact = \"a@example.org\"\n"
      "[window]\nyearly = \"02-01/03-31\"\n"
      "[dayparts]\ncommute = [{ days = \"mon-fri,-holiday\", hours = \"06:30-09:30\" }, "
      "{ hours = \"22:00-02:00\" }]\n"
      "[places]\nstation = { lat = 37.5547, lon = 126.9707, radius_m = 600 }\n"
      "[styles.calm]\nbackground = \"#101418\"\nfont = \"serif\"\npicture = \"a.jpg\"\nscrim = 40\n"
      "align = \"start\"\nwrap = \"syllable\"\nsize = 130\nline_height = 140\nletter_spacing = -2\n"
      "outline = { color = \"#223344\" }\nshadow = { down = 6 }\n"
      "[[item]]\nid = \"all\"\ntext = { ko = \"가\", az = \"ə\", en = \"a\" }\nstyle = \"calm\"\n"
      "weight = 3\nyearly = \"02-20/03-31\"\ndays = \"mon-fri,holiday\"\nhours = \"08:00-22:00\"\n"
      "dayparts = [\"commute\"]\nroutes = [\"421\", \"N16\"]\nnear = [\"station\"]\n"
      "labels = [\"depot:a\"]\nshare = 0.0001\nsalt = \"s\"\n"
      "[[item]]\nid = \"plain\"\nposter = \"posters/a.png\"\nalt = { ko = \"나\" }\nseconds = 8\n"
      "style = \"notice\"\n"
      "[[item]]\nid = \"alarm\"\nrole = \"urgent\"\ntext = { ko = \"대피\" }\n"
      "from = 2027-02-25T08:00:00.125+09:00\nuntil = 2027-02-26T08:00:00+09:00\n");
}

// The whole campaign as JSON, changed by hand, read.
ParsedCampaign read_changed(const std::function<void(json&)>& change) {
  json changed = json::parse(write_compiled(parsed(whole_campaign())));
  change(changed);
  return read_back(changed.dump());
}

json& item(json& campaign, const char* id) {
  for (json& one : campaign["items"])
    if (one["id"] == id) return one;
  ADD_FAILURE() << "no item " << id;
  return campaign;
}

TEST(Compiled, SaysEverythingThatTheCampaignSays) {
  const Campaign campaign = parsed(whole_campaign());
  const ParsedCampaign back = read_back(write_compiled(campaign));
  EXPECT_TRUE(back.findings.empty()) << to_string(back.findings.front());
  ASSERT_TRUE(back.campaign.has_value());
  EXPECT_EQ(difference(campaign, *back.campaign), "");
}

TEST(Compiled, KeepsTheOrderOfLanguagesWhichDecidesWhatShows) {
  const ParsedCampaign back = read_back(write_compiled(parsed(whole_campaign())));
  EXPECT_EQ(back.campaign.value().items[0].text[1].first, "az");
}

TEST(Compiled, CarriesTheDaysOfItsCalendar) {
  const ParsedCampaign read = read_changed([](json& campaign) {
    campaign["holidays"] = {{"id", "depot"}, {"years", {2031}}, {"days", {"2031-03-04"}}};
  });
  ASSERT_TRUE(read.campaign.has_value());
  const Day day = *parse_day("2031-03-04");
  EXPECT_TRUE(read.campaign->holidays->is_holiday(day));
  EXPECT_TRUE(chooses(*read.campaign, read.campaign->items[0], day));
}

TEST(Compiled, IsTheSameBytesAgainForTheSameCampaign) {
  const std::string once = write_compiled(parsed(whole_campaign()));
  EXPECT_EQ(write_compiled(read_back(once).campaign.value()), once);
}

TEST(Compiled, LosesNothingOfRandomCampaigns) {
  const std::uint64_t last = is_long_run() ? 20'000 : quick_cases(300);
  for (std::uint64_t seed = 1; seed <= last; ++seed) {
    const Campaign campaign = random_campaign(seed, zones());
    const ParsedCampaign back = read_back(write_compiled(campaign));
    ASSERT_TRUE(back.campaign.has_value())
        << "seed " << seed << ": " << to_string(back.findings.front());
    ASSERT_EQ(difference(campaign, *back.campaign), "") << "seed " << seed;
  }
}

TEST(Compiled, LosesNothingOfTheDemonstration) {
  for (const char* name : {"khojaly", "on-board"}) {
    const std::string file =
        std::string(NOSEON_SOURCE_DIR) + "/media/demo/" + name + "/campaign.toml";
    const Campaign campaign = parsed(read_file(file, kCampaignBytesMax).value());
    EXPECT_EQ(difference(campaign, read_back(write_compiled(campaign)).campaign.value()), "");
  }
}

// ---- What a reader must know ------------------------------------------------------------------

TEST(CompiledNeeds, NameWhatAnItemUses) {
  const json campaign = json::parse(write_compiled(parsed(whole_campaign())));
  EXPECT_EQ(campaign["needs"], json({"holidays", "styles", "yearly"}));
  EXPECT_EQ(campaign["items"][0]["needs"],
            json({"dayparts", "days", "hours", "labels", "near", "routes", "share", "yearly"}));
  EXPECT_EQ(campaign["items"][1]["needs"], json::array());
  EXPECT_EQ(campaign["items"][2]["needs"], json({"urgent"}));
}

TEST(CompiledNeeds, ThatAreUnknownInAnItemCostThatItem) {
  const ParsedCampaign read =
      read_changed([](json& campaign) { item(campaign, "plain")["needs"].push_back("ticker"); });
  EXPECT_EQ(codes(read), std::vector<std::string>{"unknown-need"});
  ASSERT_TRUE(read.campaign.has_value());
  EXPECT_EQ(read.campaign->items.size(), 2U);
}

TEST(CompiledNeeds, ThatAreUnknownInTheHeadCostTheCampaign) {
  const ParsedCampaign read =
      read_changed([](json& campaign) { campaign["needs"].push_back("video"); });
  EXPECT_FALSE(read.campaign.has_value());
  EXPECT_EQ(codes(read).front(), "unknown-need");
}

TEST(CompiledNeeds, MustBeWhatTheItemUses) {
  const ParsedCampaign read =
      read_changed([](json& campaign) { item(campaign, "all")["needs"].erase(0); });
  EXPECT_EQ(codes(read), std::vector<std::string>{"wrong-needs"});
  EXPECT_EQ(read.campaign.value().items.size(), 2U);
}

TEST(CompiledNeeds, ThatAreMissingCostWhatLacksThem) {
  const ParsedCampaign head = read_changed([](json& campaign) { campaign.erase("needs"); });
  EXPECT_FALSE(head.campaign.has_value());
  EXPECT_EQ(codes(head), std::vector<std::string>{"missing-key"});
  const ParsedCampaign in_item =
      read_changed([](json& campaign) { item(campaign, "plain").erase("needs"); });
  EXPECT_EQ(codes(in_item), std::vector<std::string>{"missing-key"});
  EXPECT_EQ(in_item.campaign.value().items.size(), 2U);
}

TEST(CompiledNeeds, OfASecondItemOfTheSameIdAreHeldToTheFirst) {
  const ParsedCampaign read = read_changed([](json& campaign) {
    json twin = item(campaign, "plain");
    twin.erase("needs");
    campaign["items"].push_back(twin);
  });
  EXPECT_EQ(codes(read), (std::vector<std::string>{"missing-key", "wrong-needs"}));
  EXPECT_EQ(read.campaign.value().items.size(), 2U);
}

TEST(CompiledNeeds, NameStylesWhereOneIsMoreThanTheFirstReadersKnow) {
  const auto needs = [](const std::string& keys) {
    const std::string toml = campaign_toml("[styles.a]\n" + keys + "\n" + item_toml("a"));
    return json::parse(write_compiled(parsed(toml)))["needs"];
  };
  EXPECT_EQ(needs("background = \"#000000\"\nink = \"#ffffff\"\nfont = \"serif\"\n"
                  "weight = \"regular\"\nalign = \"right\"\npadding = 1"),
            json::array());
  for (const char* keys :
       {"picture = \"a.png\"", "scrim = 1", "align = \"start\"", "wrap = \"syllable\"",
        "size = 101", "line_height = 126", "letter_spacing = 1",
        "outline = { color = \"#000000\" }", "shadow = {}"})
    EXPECT_EQ(needs(keys), json({"styles"})) << keys;
  EXPECT_EQ(needs("clock = \"none\""), json::array());
  EXPECT_EQ(needs("clock = \"time\""), json({"clock"}));
  EXPECT_EQ(needs("clock = \"date\"\nsize = 130"), json({"clock", "styles"}));
  const Campaign shipped = parsed(campaign_toml(item_toml("a", "style = \"warm\"")));
  EXPECT_EQ(json::parse(write_compiled(shipped))["needs"], json({"styles"}));
}

// A display that knows neither plays all that has neither.
TEST(CompiledNeeds, NameACaptionAndATickerAndLeaveOutWhatIsNotUsed) {
  const auto compiled = [](const std::string& keys) {
    return json::parse(
        write_compiled(parsed(campaign_toml("[[item]]\nid = \"a\"\n" + keys))))["items"][0];
  };
  const json text = compiled("text = { ko = \"가\" }\nmotion = \"still\"\n");
  EXPECT_EQ(text["needs"], json::array());
  EXPECT_FALSE(text.contains("motion"));
  const json poster = compiled("poster = \"a.png\"\ncaption = {}\n");
  EXPECT_EQ(poster["needs"], json::array());
  EXPECT_FALSE(poster.contains("caption"));
  const json ticker = compiled("text = { ko = \"가\" }\nmotion = \"ticker\"\n");
  EXPECT_EQ(ticker["needs"], json({"motion"}));
  EXPECT_EQ(ticker["motion"], "ticker");
  const json captioned = compiled("poster = \"a.png\"\ncaption = { en = \"b\", ko = \"a\" }\n");
  EXPECT_EQ(captioned["needs"], json({"caption"}));
  EXPECT_EQ(captioned["caption"], json::parse(R"([{"language": "en", "text": "b"},
                                                  {"language": "ko", "text": "a"}])"));
}

TEST(CompiledNeeds, OfTheUseOfAKeyAreHeldToIt) {
  const auto read = [](const std::function<void(json&)>& change) {
    return codes(read_changed([&](json& campaign) { change(campaign); }));
  };
  EXPECT_EQ(read([](json& c) { item(c, "all")["motion"] = "ticker"; }),
            std::vector<std::string>{"wrong-needs"});
  EXPECT_EQ(read([](json& c) {
              item(c, "plain")["caption"] = json::parse(R"([{"language": "ko", "text": "a"}])");
            }),
            std::vector<std::string>{"wrong-needs"});
  EXPECT_EQ(read([](json& c) { c["styles"][0]["clock"] = "time"; }),
            std::vector<std::string>{"wrong-needs"});
}

// ---- Styles -----------------------------------------------------------------------------------

json& style(json& campaign, const char* name) {
  for (json& one : campaign["styles"])
    if (one["name"] == name) return one;
  ADD_FAILURE() << "no style " << name;
  return campaign;
}

TEST(CompiledStyles, AreWrittenWhole) {
  const json campaign = json::parse(
      write_compiled(parsed(campaign_toml("[styles.a]\n" + item_toml("a", "style = \"a\"")))));
  const Style usual;
  EXPECT_EQ(campaign["styles"][0], json({{"name", "a"},
                                         {"background", "#101418"},
                                         {"scrim", usual.scrim},
                                         {"ink", "#f4f1ea"},
                                         {"font", "sans"},
                                         {"weight", "bold"},
                                         {"align", "center"},
                                         {"wrap", "eojeol"},
                                         {"padding", usual.padding},
                                         {"size", usual.size},
                                         {"line_height", usual.line_height},
                                         {"letter_spacing", usual.letter_spacing}}));
  const json more = json::parse(write_compiled(parsed(whole_campaign())))["styles"][0];
  EXPECT_EQ(more["outline"], json({{"color", "#223344"}, {"width", 4}}));
  EXPECT_EQ(more["shadow"],
            json({{"color", "#000000"}, {"right", 0}, {"down", 6}, {"blur", 8}, {"opacity", 60}}));
}

TEST(CompiledStyles, ThatAreShippedLookAsTheWriterSaidAndNotAsOursDo) {
  const ParsedCampaign read = read_changed([](json& campaign) {
    EXPECT_EQ(style(campaign, "notice")["shipped"], true);
    style(campaign, "notice")["ink"] = "#010203";
  });
  ASSERT_TRUE(read.findings.empty()) << to_string(read.findings.front());
  const Style& notice = read.campaign.value().styles.at(1);
  EXPECT_EQ(notice.name, "notice");
  EXPECT_TRUE(notice.is_shipped);
  EXPECT_EQ(notice.ink, (Color{1, 2, 3}));
}

TEST(CompiledStyles, OfALaterVersionNeedNotBeKnownHere) {
  const ParsedCampaign read = read_changed([](json& campaign) {
    style(campaign, "notice")["name"] = "jubilee";
    item(campaign, "plain")["style"] = "jubilee";
  });
  ASSERT_TRUE(read.findings.empty()) << to_string(read.findings.front());
  EXPECT_TRUE(read.campaign.value().styles.at(1).is_shipped);
}

TEST(CompiledStyles, ThatAreNotWrittenAreNotMadeUp) {
  const ParsedCampaign read = read_changed([](json& campaign) { campaign["styles"].erase(1); });
  EXPECT_EQ(codes(read), std::vector<std::string>{"unknown-style"});
  EXPECT_EQ(read.campaign.value().items.size(), 2U);
  EXPECT_EQ(read.campaign.value().styles.size(), 1U);
}

TEST(CompiledStyles, AreHeldToTheRulesOfTheLanguage) {
  const std::vector<std::pair<const char*, std::function<void(json&)>>> changes = {
      {"unknown-key", [](json& s) { s["like"] = "notice"; }},
      {"unknown-key", [](json& s) { s["shipped"] = false; }},
      {"unknown-key", [](json& s) { s["shipped"] = 1; }},
      {"unknown-key", [](json& s) { s["colour"] = "red"; }},
      {"bad-path", [](json& s) { s["picture"] = "../../etc/shadow"; }},
      {"bad-path", [](json& s) { s["picture"] = std::string(1025, 'a'); }},
      {"bad-path", [](json& s) { s["picture"] = ""; }},
      {"out-of-range", [](json& s) { s["scrim"] = 101; }},
      {"out-of-range", [](json& s) { s["size"] = 24; }},
      {"out-of-range", [](json& s) { s["line_height"] = 201; }},
      {"out-of-range", [](json& s) { s["letter_spacing"] = -11; }},
      {"wrong-type", [](json& s) { s["size"] = 100.5; }},
      {"wrong-type", [](json& s) { s["size"] = 18446744073709551615U; }},
      {"unknown-word", [](json& s) { s["wrap"] = "word"; }},
      {"missing-key", [](json& s) { s["outline"].erase("color"); }},
      {"out-of-range", [](json& s) { s["outline"]["width"] = 21; }},
      {"bad-colour", [](json& s) { s["shadow"]["color"] = "#00000"; }},
      {"out-of-range", [](json& s) { s["shadow"]["opacity"] = 0; }},
      {"wrong-type", [](json& s) { s["shadow"] = json::array(); }},
      {"unknown-key", [](json& s) { s["shadow"]["left"] = 1; }},
  };
  for (const auto& [code, change] : changes) {
    const ParsedCampaign read =
        read_changed([&change = change](json& campaign) { change(style(campaign, "calm")); });
    ASSERT_FALSE(read.findings.empty()) << code;
    EXPECT_EQ(codes(read).front(), code) << to_string(read.findings.front());
    EXPECT_FALSE(read.campaign.has_value()) << code;
  }
}

// ---- What is hostile --------------------------------------------------------------------------

TEST(CompiledReader, RefusesWhatIsOfAnotherForm) {
  for (const char* text :
       {"", "[]", "null", "{}", "{\"format\":1}", "{\"format\":\"noseon.compiled/2\"}",
        "{\"format\":\"noseon.compiled/1\""}) {
    const ParsedCampaign read = read_back(text);
    EXPECT_FALSE(read.campaign.has_value()) << text;
    EXPECT_EQ(read.findings.size(), 1U) << text;
  }
}

// The names of all members, by the way to the object that has them.
std::vector<std::pair<json::json_pointer, std::string>> members_of(const json& campaign) {
  std::vector<std::pair<json::json_pointer, std::string>> members;
  const std::function<void(const json&, const json::json_pointer&)> walk =
      [&](const json& value, const json::json_pointer& way) {
        if (value.is_object())
          for (const auto& [name, inner] : value.items()) {
            members.emplace_back(way, name);
            walk(inner, way / name);
          }
        if (value.is_array())
          for (std::size_t i = 0; i < value.size(); ++i) walk(value[i], way / i);
      };
  walk(campaign, json::json_pointer());
  return members;
}

TEST(CompiledReader, TakesNoHarmFromAMemberLeftOut) {
  const json whole = json::parse(write_compiled(parsed(whole_campaign())));
  const auto members = members_of(whole);
  ASSERT_GT(members.size(), 80U);
  for (const auto& [way, name] : members) {
    json campaign = whole;
    campaign[way].erase(name);
    const ParsedCampaign read = read_back(campaign.dump());
    EXPECT_TRUE(read.campaign || !read.findings.empty()) << way.to_string() << "/" << name;
  }
}

TEST(CompiledReader, TakesNoHarmFromASecondItemWithAMemberLeftOut) {
  const json whole = json::parse(write_compiled(parsed(whole_campaign())));
  for (const json& one : whole["items"]) {
    for (const auto& member : one.items()) {
      json campaign = whole;
      json twin = one;
      twin.erase(member.key());
      campaign["items"].push_back(twin);
      EXPECT_FALSE(read_back(campaign.dump()).findings.empty()) << member.key();
    }
  }
}

TEST(CompiledReader, RefusesUnknownNames) {
  const ParsedCampaign head = read_changed([](json& campaign) { campaign["colour"] = "red"; });
  EXPECT_FALSE(head.campaign.has_value());
  const ParsedCampaign in_item =
      read_changed([](json& campaign) { item(campaign, "plain")["colour"] = "red"; });
  EXPECT_EQ(codes(in_item), std::vector<std::string>{"unknown-key"});
  EXPECT_EQ(in_item.campaign.value().items.size(), 2U);
  EXPECT_FALSE(read_changed([](json& campaign) {
                 campaign["item"] = campaign["items"];
               }).campaign.has_value());
}

TEST(CompiledReader, HoldsEveryValueToTheRulesOfTheLanguage) {
  const std::vector<std::pair<const char*, std::function<void(json&)>>> changes = {
      {"out-of-range", [](json& i) { i["weight"] = 1001; }},
      {"out-of-range", [](json& i) { i["seconds"] = 0; }},
      {"wrong-type", [](json& i) { i["seconds"] = 18446744073709551615U; }},
      {"wrong-type", [](json& i) { i["weight"] = 1.5; }},
      {"wrong-type", [](json& i) { i["from"] = "2027-02-30"; }},
      {"wrong-type", [](json& i) { i["poster"] = nullptr; }},
      {"bad-path", [](json& i) { i["poster"] = "../../etc/shadow"; }},
      {"bad-path", [](json& i) { i["poster"] = std::string("a\0b", 3); }},
      {"running-poster", [](json& i) { i["motion"] = "ticker"; }},
      {"wrong-type", [](json& i) { i["caption"] = "a"; }},
      {"wrong-type",
       [](json& i) {
         i["caption"] = {{"ko", "a"}};
       }},
      {"too-long", [](json& i) { i["alt"][0]["text"] = std::string(4097, 'a'); }},
      {"double-name", [](json& i) { i["alt"].push_back(i["alt"][0]); }},
      {"unknown-daypart", [](json& i) { i["dayparts"] = {"midnight"}; }},
      {"unknown-word", [](json& i) { i["role"] = "king"; }},
      {"outside-campaign", [](json& i) { i["from"] = "2027-05-01"; }},
      {"bad-id", [](json& i) { i["id"] = "../x"; }},
  };
  for (const auto& [code, change] : changes) {
    const ParsedCampaign read =
        read_changed([&change = change](json& campaign) { change(item(campaign, "plain")); });
    EXPECT_EQ(codes(read).front(), code);
    EXPECT_EQ(read.campaign.value().items.size(), 2U) << code;
  }
}

TEST(CompiledReader, RefusesCalendarsThatAreNone) {
  const std::vector<json> calendars = {
      "kr",
      json::object(),
      {{"id", "kr"}, {"years", {2027}}, {"days", {"2028-01-01"}}},
      {{"id", "kr"}, {"years", {2028, 2027}}, {"days", json::array()}},
      {{"id", "kr"}, {"years", {2027}}, {"days", {"2027-01-02", "2027-01-01"}}},
      {{"id", "kr"}, {"years", {99999999999}}, {"days", json::array()}},
      {{"id", "kr"}, {"years", {2027}}, {"days", {"2027-02-29"}}},
      {{"id", 1}, {"years", {2027}}, {"days", json::array()}},
  };
  for (const json& calendar : calendars) {
    const ParsedCampaign read =
        read_changed([&](json& campaign) { campaign["holidays"] = calendar; });
    EXPECT_FALSE(read.campaign.has_value()) << calendar.dump();
  }
}

TEST(CompiledReader, RefusesWhatIsTooLargeBeforeReadingIt) {
  const ParsedCampaign read = read_back(std::string(kCompiledBytesMax + 1, ' '));
  EXPECT_EQ(codes(read), std::vector<std::string>{"too-large"});
  const ParsedCampaign many = read_changed([](json& campaign) {
    for (std::size_t i = 0; i <= kItemsMax; ++i) campaign["items"].push_back(json::object());
  });
  EXPECT_EQ(codes(many), std::vector<std::string>{"too-many-items"});
  const ParsedCampaign deep = read_back(std::string(100'000, '['));
  EXPECT_EQ(codes(deep), std::vector<std::string>{"too-large"});
}

TEST(CompiledReader, RefusesAnyOneValueReplacedByAnother) {
  // Whatever stands anywhere, made null: never a crash, never believed.
  const json whole = json::parse(write_compiled(parsed(whole_campaign()))).flatten();
  for (const auto& [pointer, value] : whole.items()) {
    json changed = whole;
    changed[pointer] = nullptr;
    const ParsedCampaign read = read_back(changed.unflatten().dump());
    EXPECT_FALSE(read.findings.empty()) << pointer;
    EXPECT_TRUE(has_errors(read.findings)) << pointer;
  }
}

}  // namespace
}  // namespace noseon::testing
