#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include "base/clock.h"
#include "base/files.h"
#include "playlist/parse.h"
#include "staff/scaffold.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

std::string file_text(const std::filesystem::path& file) {
  return read_file(file, 1U << 20U).value();
}

// The calendar of holidays is shipped for some years; past them `check` warns, rightly.
bool days_are_in_the_calendar() {
  SystemZones zones;
  const Day today = zones.find("Asia/Seoul").value()->day_of(SystemClock().now());
  const CampaignDays days = first_days(today);
  return holidays_of("kr")->covers(std::chrono::year_month_day{days.from}.year()) &&
         holidays_of("kr")->covers(std::chrono::year_month_day{days.until}.year());
}

void expect_to_play(const std::string& dir, const TemporaryFolder& scratch) {
  const Ran check = run_noseon({"check", dir});
  EXPECT_EQ(check.exit_code, 0) << check.out << check.err;
  EXPECT_THAT(check.out, HasSubstr("1 campaign, 2 items: 0 errors"));
  if (days_are_in_the_calendar()) {
    EXPECT_THAT(check.out, HasSubstr("0 warnings"));
  }
  const std::string frame = (scratch / "frame.png").string();
  const Ran render = run_noseon({"render", dir, "-o", frame});
  EXPECT_EQ(render.exit_code, 0) << render.err;
  EXPECT_EQ(file_text(frame).substr(1, 3), "PNG");
  EXPECT_EQ(run_noseon({"sheet", dir, "-o", frame}).exit_code, 0);
  const json explained = json::parse(run_noseon({"explain", dir, "--json"}).out);
  EXPECT_EQ(explained["items"].size(), 2U);
  EXPECT_FALSE(explained["showing"]["item"].is_null());
}

TEST(New, MakesAKoreanCampaignThatPlaysAsItIs) {
  const TemporaryFolder scratch;
  const std::string dir = (scratch / "Spring 2027").string();
  const Ran ran = run_noseon({"new", dir, "--lang", "ko"});
  ASSERT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("noseon check '" + dir + "'"));
  EXPECT_THAT(ran.out, HasSubstr("noseon preview '" + dir + "'"));
  const std::string campaign = file_text(scratch / "Spring 2027/campaign.toml");
  EXPECT_THAT(campaign, HasSubstr("Noseon 캠페인입니다"));
  EXPECT_THAT(campaign, HasSubstr("id       = \"spring-2027\""));
  expect_to_play(dir, scratch);
}

TEST(New, MakesAnEnglishCampaignThatPlaysAsItIs) {
  const TemporaryFolder scratch;
  const std::string dir = (scratch / "spring").string();
  ASSERT_EQ(run_noseon({"new", dir, "--lang", "en"}).exit_code, 0);
  EXPECT_THAT(file_text(scratch / "spring/campaign.toml"), HasSubstr("A Noseon campaign"));
  expect_to_play(dir, scratch);
}

TEST(New, PlansOneDayOfTheNewCampaign) {
  const TemporaryFolder scratch;
  const std::string dir = (scratch / "spring").string();
  const Ran made = run_noseon({"new", dir, "--json"});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  const auto from = json::parse(made.out)["from"].get<std::string>();
  const Ran plan =
      run_noseon({"plan", dir, "--from", from + " 08:00", "--until", from + " 09:00", "--json"});
  ASSERT_EQ(plan.exit_code, 0) << plan.err;
  EXPECT_EQ(json::parse(plan.out)["share"].size(), 2U);
}

TEST(New, SaysToMachinesWhatItMade) {
  const TemporaryFolder scratch;
  const std::string dir = (scratch / "spring").string();
  const json made = json::parse(run_noseon({"new", dir, "--json"}).out);
  EXPECT_EQ(made["folder"], dir);
  EXPECT_EQ(made["id"], "spring");
  EXPECT_EQ(parse_day(made["until"].get<std::string>()).value() -
                parse_day(made["from"].get<std::string>()).value(),
            std::chrono::days{60});
  for (const json& file : made["files"])
    EXPECT_TRUE(std::filesystem::exists(scratch / "spring" / file.get<std::string>())) << file;
}

TEST(New, SpeaksTheLanguageOfTheEnvironmentUnlessToldOtherwise) {
  const TemporaryFolder scratch;
  const Locale locale = {{"LC_ALL", ""}, {"LC_MESSAGES", "ko_KR.UTF-8"}, {"LANG", "en_US.UTF-8"}};
  ASSERT_EQ(run_noseon({"new", (scratch / "a").string()}, locale).exit_code, 0);
  ASSERT_EQ(run_noseon({"new", (scratch / "b").string(), "--lang", "en"}, locale).exit_code, 0);
  EXPECT_THAT(file_text(scratch / "a/campaign.toml"), HasSubstr("캠페인입니다"));
  EXPECT_THAT(file_text(scratch / "b/campaign.toml"), Not(HasSubstr("캠페인입니다")));
}

TEST(New, TakesAFolderNamedInHangul) {
  const TemporaryFolder scratch;
  const std::string dir = (scratch / "봄 캠페인").string() + "/";
  ASSERT_EQ(run_noseon({"new", dir, "--lang", "ko"}).exit_code, 0);
  EXPECT_THAT(file_text(scratch / "봄 캠페인/campaign.toml"), HasSubstr("\"bom-kaempein\""));
  EXPECT_EQ(run_noseon({"check", dir}).exit_code, 0);
}

TEST(New, FillsAFolderThatIsThereAndEmpty) {
  const TemporaryFolder scratch;
  std::filesystem::create_directory(scratch / "spring");
  struct ::stat before {
  }, after{};
  ASSERT_EQ(::stat((scratch / "spring").c_str(), &before), 0);
  ASSERT_EQ(run_noseon({"new", (scratch / "spring").string()}).exit_code, 0);
  ASSERT_EQ(::stat((scratch / "spring").c_str(), &after), 0);
  EXPECT_EQ(before.st_ino, after.st_ino);
  EXPECT_EQ(list_folder(scratch / "spring").value(),
            (std::vector<std::string>{"campaign.toml", "posters"}));
}

// Refuses, says `why`, and leaves the scratch folder as it was.
void expect_refusal(const TemporaryFolder& scratch, const std::string& name,
                    const std::string& why) {
  const auto before = list_folder(scratch.path()).value();
  const Ran ran = run_noseon({"new", (scratch / name).string()});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, HasSubstr(why));
  EXPECT_EQ(list_folder(scratch.path()).value(), before);
}

TEST(New, RefusesAFolderThatIsNotEmpty) {
  const TemporaryFolder scratch;
  scratch.write("spring/notes.txt", "mine");
  expect_refusal(scratch, "spring", "is not empty; name a folder that is not there yet");
  EXPECT_EQ(list_folder(scratch / "spring").value(), std::vector<std::string>{"notes.txt"});
}

TEST(New, RefusesAFile) {
  const TemporaryFolder scratch;
  scratch.write("spring", "mine");
  expect_refusal(scratch, "spring", "is no folder; choose another name");
  EXPECT_EQ(file_text(scratch / "spring"), "mine");
}

TEST(New, RefusesAFolderInsideOfOneThatIsNotThere) {
  const TemporaryFolder scratch;
  expect_refusal(scratch, "2027/spring", "make it first");
}

TEST(New, RefusesWhereNothingMayBeWritten) {
  // /proc takes no folders from anyone, root included, whom permissions do not stop.
  const Ran ran = run_noseon({"new", "/proc/spring"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("/proc"));
  if (::geteuid() == 0) return;
  const TemporaryFolder scratch;
  std::filesystem::create_directory(scratch / "closed");
  ASSERT_EQ(::chmod((scratch / "closed").c_str(), 0500), 0);
  expect_refusal(scratch, "closed/spring", "choose a folder of your own");
  ASSERT_EQ(::chmod((scratch / "closed").c_str(), 0700), 0);
}

TEST(New, TakesOnlyTheLanguagesThatItSpeaks) {
  const TemporaryFolder scratch;
  EXPECT_EQ(run_noseon({"new", (scratch / "a").string(), "--lang", "fr"}).exit_code, 2);
  EXPECT_EQ(run_noseon({"new"}).exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(scratch / "a"));
}

TEST(Scaffold, MakesAnIdOfAFoldersName) {
  EXPECT_EQ(id_from_name("Spring 2027"), "spring-2027");
  EXPECT_EQ(id_from_name("--a__b.c--"), "a-b-c");
  EXPECT_EQ(id_from_name("봄-2027"), "bom-2027");
  EXPECT_EQ(id_from_name("봄날"), "bomnal");
  EXPECT_EQ(id_from_name("Xocalı"), "xocali");
  EXPECT_EQ(id_from_name("🚌"), "campaign");
  EXPECT_EQ(id_from_name("bad \xff byte"), "bad-byte");
  EXPECT_EQ(id_from_name("..."), "campaign");
  EXPECT_EQ(id_from_name(""), "campaign");
  EXPECT_EQ(id_from_name(std::string(80, 'x')), std::string(64, 'x'));
  EXPECT_EQ(id_from_name(std::string(63, 'x') + "-y"), std::string(63, 'x'));
}

TEST(Scaffold, FindsTheLanguageAsGettextDoes) {
  using enum TemplateLanguage;
  EXPECT_EQ(template_language(nullptr, nullptr, nullptr), english);
  EXPECT_EQ(template_language(nullptr, nullptr, "ko_KR.UTF-8"), korean);
  EXPECT_EQ(template_language("", "", "ko"), korean);
  EXPECT_EQ(template_language("C.UTF-8", "ko_KR.UTF-8", "ko_KR.UTF-8"), english);
  EXPECT_EQ(template_language(nullptr, "ko_KR.UTF-8", "en_US.UTF-8"), korean);
}

TEST(Scaffold, WritesTheDaysAndIsSoundInBothLanguages) {
  SystemZones zones;
  const auto days = first_days(parse_day("2027-01-01").value());
  for (const auto language : {TemplateLanguage::korean, TemplateLanguage::english}) {
    const std::string text = campaign_text(language, "spring", days);
    EXPECT_THAT(text, HasSubstr("from  = 2027-01-01\nuntil = 2027-03-02\n"));
    const ParsedCampaign parsed = parse_campaign(text, "campaign.toml", zones);
    EXPECT_TRUE(parsed.findings.empty()) << to_string(parsed.findings.front());
    EXPECT_EQ(parsed.campaign->items.size(), 2U);
  }
}

// The keys that are switched off are right, too: with the # away the campaign stays sound.
TEST(Scaffold, CommentsOnlyKeysThatWork) {
  SystemZones zones;
  for (const auto language : {TemplateLanguage::korean, TemplateLanguage::english}) {
    std::string text =
        campaign_text(language, "spring", first_days(parse_day("2027-02-01").value()));
    for (const char* key :
         {"contact", "commute", "    {",   "]",      "[places]", "seoul-station", "days ", "hours ",
          "from ",   "until ",  "routes",  "near",   "labels",   "share",         "role",  "size",
          "picture", "scrim",   "outline", "shadow", "clock",    "caption",       "motion"}) {
      const std::string off = std::string("\n# ") + key;
      ASSERT_NE(text.find(off), std::string::npos) << key;
      for (auto at = text.find(off); at != std::string::npos; at = text.find(off))
        text.erase(at + 1, 2);
    }
    const ParsedCampaign parsed = parse_campaign(text, "campaign.toml", zones);
    for (const Finding& finding : parsed.findings) ADD_FAILURE() << to_string(finding);
    ASSERT_TRUE(parsed.campaign);
    EXPECT_EQ(parsed.campaign->places.size(), 1U);
    EXPECT_EQ(parsed.campaign->items.back().role, Role::takeover);
  }
}

}  // namespace
}  // namespace noseon::testing
