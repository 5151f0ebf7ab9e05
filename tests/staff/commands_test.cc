#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using nlohmann::json;

TEST(Check, FindsNothingWrongWithTheDemonstration) {
  const Ran ran = run_noseon({"check", demo()});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("2 campaigns, 18 items: 0 errors, 0 warnings"), std::string::npos)
      << ran.out;
}

TEST(Check, SaysEachFindingToMachinesInOneObject) {
  const TemporaryFolder folder;
  folder.write("campaign.toml",
               "format = \"noseon.campaign/1\"\nid = \"a\"\ntimezone = \"UTC\"\n"
               "[[item]]\nid = \"b\"\ntext = { ko = \"가\" }\nwieght = 1\n");
  const Ran ran = run_noseon({"check", folder.path().string(), "--json"});
  EXPECT_EQ(ran.exit_code, 1);
  const json findings = json::parse(ran.out).at("findings");
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0]["severity"], "error");
  EXPECT_EQ(findings[0]["line"], 7);
  EXPECT_EQ(findings[0]["column"], 1);
  EXPECT_EQ(findings[0]["code"], "unknown-key");
  EXPECT_EQ(findings[0]["remedy"], "did you mean \"weight\"?");
  EXPECT_NE(findings[0]["file"].get<std::string>().find("campaign.toml"), std::string::npos);
}

TEST(Explain, SaysOfEveryItemWhyAndUntilWhen) {
  const Ran ran = run_noseon({"explain", demo(), "--at", "2027-02-25 21:00", "--json"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  const json explained = json::parse(ran.out);
  EXPECT_EQ(explained["at"], "2027-02-25T21:00:00.000+09:00");
  EXPECT_EQ(explained["showing"]["campaign"], "khojaly");
  EXPECT_EQ(explained["showing"]["item"], "anniversary");
  ASSERT_EQ(explained["items"].size(), 18U);
  for (const json& item : explained["items"]) {
    if (item["item"] == "anniversary") {
      EXPECT_EQ(item["state"], "shown");
      EXPECT_TRUE(item["rule"].is_null());
      EXPECT_EQ(item["changes"], "2027-02-25T22:00:00.000+09:00");
    }
    if (item["item"] == "remember") {
      EXPECT_EQ(item["state"], "out");
      EXPECT_EQ(item["rule"], "role");
      EXPECT_EQ(item["changes"], "2027-02-25T22:00:00.000+09:00");
    }
    if (item["campaign"] == "on-board") {
      EXPECT_EQ(item["rule"], "role");
      EXPECT_EQ(item["changes"], "2027-04-01T00:00:00.000+09:00");
    }
  }
}

TEST(Explain, ForPeopleIsOneLineAnItem) {
  const Ran ran = run_noseon({"explain", demo(), "--at", "2027-06-01 08:00"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_NE(ran.out.find("outside the campaign's window (02-01/03-31 every year)"),
            std::string::npos)
      << ran.out;
}

TEST(Plan, PrintsATableWithSharesForPeople) {
  const Ran ran =
      run_noseon({"plan", demo(), "--from", "2027-02-25 08:00", "--until", "2027-02-25 08:05"});
  EXPECT_EQ(ran.exit_code, 0);
  EXPECT_NE(ran.out.find("share of voice"), std::string::npos);
  EXPECT_NE(ran.out.find("khojaly/remember"), std::string::npos);
}

TEST(Usage, IsExplainedAndExitsWithTwo) {
  EXPECT_EQ(run_noseon({}).exit_code, 2);
  EXPECT_EQ(run_noseon({"plan", demo()}).exit_code, 2);
  EXPECT_EQ(run_noseon({"dance", demo()}).exit_code, 2);
  EXPECT_EQ(run_noseon({"explain", demo(), "--at", "2027-02-30"}).exit_code, 2);
  EXPECT_EQ(run_noseon({"explain", demo(), "--size", "1920"}).exit_code, 2);
  EXPECT_EQ(run_noseon({"explain", demo(), "--position", "91,0"}).exit_code, 2);
  EXPECT_EQ(run_noseon({"explain", demo(), "--display", "/nowhere/display.toml"}).exit_code, 2);
  const Ran backwards =
      run_noseon({"plan", demo(), "--from", "2027-02-02", "--until", "2027-02-02"});
  EXPECT_EQ(backwards.exit_code, 2);
  EXPECT_NE(backwards.err.find("half-open"), std::string::npos);
}

TEST(Usage, HelpAndVersionAreNoErrors) {
  EXPECT_EQ(run_noseon({"--help"}).exit_code, 0);
  EXPECT_EQ(run_noseon({"render", "--help"}).exit_code, 0);
  EXPECT_NE(run_noseon({"--version"}).out.find("0."), std::string::npos);
}

// What seems unused is what the item names that was left out for its error.
TEST(Check, SaysOfACampaignWithErrorsNothingThatFollowsFromThem) {
  const TemporaryFolder folder;
  const std::string head =
      "format = \"noseon.campaign/1\"\nid = \"a\"\ntimezone = \"Asia/Seoul\"\n"
      "[dayparts]\nnight = [{ hours = \"20:00-06:00\" }]\n";
  const std::string item =
      "[[item]]\nid = \"one\"\ntext = { ko = \"가\" }\ndayparts = [\"night\"]\n";
  const auto codes = [&](const std::string& toml) {
    folder.write("campaign.toml", toml);
    std::string all;
    const json said = json::parse(run_noseon({"check", folder.path().string(), "--json"}).out);
    for (const json& finding : said["findings"]) all += finding["code"].get<std::string>() + " ";
    return all;
  };
  EXPECT_EQ(codes(head + item), "gap ");
  EXPECT_EQ(codes(head + item + "wieght = 2\n"), "unknown-key ");
  EXPECT_EQ(codes(head + "[[item]]\nid = \"one\"\ntext = { ko = \"가\" }\n"), "unused ");
}

}  // namespace
}  // namespace noseon::testing
