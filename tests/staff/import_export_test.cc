// `noseon export` and `noseon import` as staff run them.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "playlist/parse.h"
#include "tests/staff/command_line.h"
#include "tests/support/same_campaign.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

std::string text_of(const std::filesystem::path& file) {
  return read_file(file, kCampaignBytesMax).value();
}

Campaign campaign_in(const std::filesystem::path& folder) {
  SystemZones zones;
  ParsedCampaign parsed = parse_campaign(text_of(folder / "campaign.toml"), "campaign.toml", zones);
  EXPECT_TRUE(parsed.campaign);
  return parsed.campaign.value_or(Campaign{});
}

TEST(ExportAndImport, BringTheDemonstrationBackInBothLanguages) {
  for (const std::string name : {"khojaly", "on-board"}) {
    for (const std::string language : {"en", "ko"}) {
      const TemporaryFolder folder;
      const std::string csv = (folder / "plan.csv").string();
      const std::string dir = (folder / "copy").string();
      const Ran out = run_noseon({"export", demo() + "/" + name, "-o", csv, "--lang", language});
      ASSERT_EQ(out.exit_code, 0) << out.err;
      const Ran in = run_noseon({"import", csv, dir});
      ASSERT_EQ(in.exit_code, 0) << in.err;
      EXPECT_EQ(difference(campaign_in(demo() + "/" + name), campaign_in(dir)), "");
    }
  }
}

TEST(Export, WritesToStdoutAsExcelReadsIt) {
  const Ran ran = run_noseon({"export", demo() + "/on-board"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_TRUE(ran.out.starts_with("\xEF\xBB\xBFrow,id,title.ko,title.en,timezone,")) << ran.out;
  EXPECT_TRUE(ran.out.ends_with("\r\n"));
}

TEST(Export, GivesMachinesTheTableInOneObject) {
  const Ran ran = run_noseon({"export", demo() + "/on-board", "--json"});
  EXPECT_EQ(ran.exit_code, 0);
  const json exported = json::parse(ran.out);
  EXPECT_TRUE(exported["file"].is_null());
  EXPECT_EQ(exported["rows"], 10);
  EXPECT_EQ(exported["csv"], run_noseon({"export", demo() + "/on-board"}).out);
}

TEST(Export, RefusesACampaignWithErrorsAndAFolderWithout) {
  const TemporaryFolder folder;
  folder.write("campaign.toml",
               "format = \"noseon.campaign/1\"\nid = \"a\"\ntimezone = \"UTC\"\n"
               "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\n"
               "[[item]]\nid = \"c\"\ntext = { ko = \"가\" }\nwieght = 1\n");
  const Ran ran = run_noseon({"export", folder.path().string()});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("unknown key \"wieght\""), std::string::npos);
  EXPECT_EQ(run_noseon({"export", (folder / "gone").string()}).exit_code, 1);
  EXPECT_EQ(run_noseon({"export", demo() + "/on-board", "--lang", "xx"}).exit_code, 2);
}

TEST(Import, NamesANewCampaignAfterItsFolder) {
  const TemporaryFolder folder;
  const auto csv = folder.write("plan.csv", "id,poster\nfirst,posters/first.png\n");
  const Ran ran = run_noseon({"import", csv.string(), (folder / "Spring 2027!/").string()});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  const Campaign campaign = campaign_in(folder / "Spring 2027!");
  EXPECT_EQ(campaign.id.str(), "spring-2027");
  EXPECT_EQ(campaign.zone->name(), "Asia/Seoul");
  EXPECT_NE(ran.err.find("taken to be \"spring-2027\""), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("plan.csv:2:2: warning: row 2, column B (poster): the picture "
                         "\"posters/first.png\" is not there"),
            std::string::npos)
      << ran.err;
  EXPECT_NE(ran.out.find("1 items"), std::string::npos) << ran.out;
}

TEST(Import, WritesNothingWhereThereAreErrorsAndSaysAllOfThem) {
  const TemporaryFolder folder;
  const auto csv = folder.write("plan.csv", "id,text.ko,hours,weight\na,가,9-5,\nb,나,,heavy\n");
  const std::string dir = (folder / "new").string();
  const Ran ran = run_noseon({"import", csv.string(), dir, "--json"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_FALSE(std::filesystem::exists(dir));
  const json said = json::parse(ran.out);
  EXPECT_TRUE(said["file"].is_null());
  std::vector<std::string> errors;
  for (const json& finding : said["findings"]) {
    if (finding["severity"] == "error")
      errors.push_back(finding["code"].get<std::string>() + " " + finding["line"].dump() + ":" +
                       finding["column"].dump());
  }
  EXPECT_EQ(errors, (std::vector<std::string>{"bad-hours 2:3", "wrong-type 3:4"}));
  const Ran people = run_noseon({"import", csv.string(), dir});
  EXPECT_NE(people.err.find("row 3, column D (weight)"), std::string::npos) << people.err;
  EXPECT_NE(people.err.find("nothing was written"), std::string::npos);
}

TEST(Import, LeavesACampaignThatIsThereAloneUnlessToldTo) {
  const TemporaryFolder folder;
  const std::string old =
      "format = \"noseon.campaign/1\"\nid = \"old\"\ntimezone = \"UTC\"\n"
      "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\n";
  folder.write("campaign.toml", old);
  const auto csv =
      folder.write("plan.csv", "row,id,timezone,text.ko\ncampaign,new,UTC\nitem,a,,나\n");
  const Ran refused = run_noseon({"import", csv.string(), folder.path().string()});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("--replace"), std::string::npos) << refused.err;
  EXPECT_EQ(text_of(folder / "campaign.toml"), old);
  const Ran replaced = run_noseon({"import", csv.string(), folder.path().string(), "--replace"});
  EXPECT_EQ(replaced.exit_code, 0) << replaced.err;
  EXPECT_EQ(campaign_in(folder.path()).id.str(), "new");
}

TEST(Import, ReplacesTheItemsAloneAndKeepsTheRest) {
  const TemporaryFolder folder;
  folder.write("campaign.toml",
               "# note\nformat = \"noseon.campaign/1\"\nid = \"old\"\n"
               "timezone = \"UTC\"\n[styles.night]\n"
               "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\n");
  const auto csv = folder.write("plan.csv", "아이디,문구(ko),스타일\nnew,나,night\n");
  const Ran ran = run_noseon({"import", csv.string(), folder.path().string(), "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const json said = json::parse(ran.out);
  EXPECT_EQ(said["file"], (folder / "campaign.toml").string());
  EXPECT_EQ(said["items"], 1);
  EXPECT_TRUE(said["findings"].empty()) << ran.out;
  EXPECT_TRUE(text_of(folder / "campaign.toml").starts_with("# note\n"));
  const Campaign campaign = campaign_in(folder.path());
  EXPECT_EQ(campaign.id.str(), "old");
  EXPECT_EQ(campaign.items.at(0).id.str(), "new");
}

TEST(Import, SaysWhereThereIsNoTable) {
  const TemporaryFolder folder;
  const Ran ran = run_noseon({"import", (folder / "gone.csv").string(), folder.path().string()});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("gone.csv"), std::string::npos);
}

}  // namespace
}  // namespace noseon::testing
