// What a person reads is in their language; what a machine reads is the same in every one. The
// locales need not be installed where the tests run.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

constexpr const char* kEnglish = "noseon: DIR is missing; --help says what there is\n";
constexpr const char* kInKorean =
    "noseon: DIR: 꼭 써야 합니다; --help로 쓸 수 있는 것을 볼 수 있습니다\n";

TEST(Language, IsWhatTheEnvironmentAsksFor) {
  for (const Locale& locale : {
           Locale{{"LANG", "ko_KR.UTF-8"}},
           Locale{{"LANG", "ko"}},
           Locale{{"LANG", "en_US.UTF-8"}, {"LC_MESSAGES", "ko_KR.UTF-8"}},
           Locale{{"LANG", "en_US.UTF-8"}, {"LC_MESSAGES", "C"}, {"LC_ALL", "ko_KR.EUC-KR"}},
           Locale{{"LANG", "en_US.UTF-8"}, {"LANGUAGE", "xx:ko"}},
           Locale{{"LANG", "ko_KR.UTF-8"}, {"LC_ALL", ""}},
       }) {
    EXPECT_EQ(run_noseon({"check"}, locale).err, kInKorean) << ::testing::PrintToString(locale);
  }
  for (const Locale& locale : {
           Locale{},
           Locale{{"LANG", "en_US.UTF-8"}},
           Locale{{"LANG", "C.UTF-8"}},
           Locale{{"LANG", "az_AZ.UTF-8"}},
           Locale{{"LANG", "ko_KR.UTF-8"}, {"LC_ALL", "C"}},
           Locale{{"LANG", "ko_KR.UTF-8"}, {"LC_MESSAGES", "POSIX"}},
           Locale{{"LANG", "../../etc"}},
       }) {
    EXPECT_EQ(run_noseon({"check"}, locale).err, kEnglish) << ::testing::PrintToString(locale);
  }
}

TEST(Language, ASpoiltCampaignIsExplainedInKorean) {
  const TemporaryFolder folder;
  folder.write("campaign.toml", R"(format = "noseon.campaign/1"
id = "a"
timezone = "Asia/Seol"
[[item]]
id = "one"
text = { ko = "안녕하세요" }
seconds = "8"
weigth = 2
[[item]]
id = "two"
poster = "p.png"
weight = 0
[[item]]
id = "three"
poster = "p.png"
)");
  const Ran checked = run_noseon({"check", folder.path().string()}, kKorean);
  const std::string file = (folder / "campaign.toml").string();
  EXPECT_EQ(checked.exit_code, 1);
  EXPECT_EQ(
      checked.out + checked.err,
      file +
          ":3:12: 오류: 모르는 표준 시간대입니다: \"Asia/Seol\"; 혹시 \"Asia/Seoul\"인가요? "
          "[unknown-zone]\n" +
          file +
          ":7:11: 오류: 항목 one: \"seconds\" 값이 따옴표 안의 글입니다; 이렇게 쓰세요: 1부터 "
          "3600까지의 정수 [wrong-type]\n" +
          file +
          ":8:1: 오류: 항목 one: 모르는 키입니다: \"weigth\"; 혹시 \"weight\"인가요? "
          "[unknown-key]\n" +
          file +
          ":12:10: 오류: 항목 two: \"weight\" 값이 0입니다; 1부터 1000까지의 정수를 쓰세요 "
          "[out-of-range]\n" +
          "캠페인 0개, 항목 0개: 오류 4개, 주의 0개\n");
}

TEST(Language, ExplainAndPlanSpeakKorean) {
  const Ran explained = run_noseon({"explain", demo(), "--at", "2027-02-25 20:30"}, kKorean);
  EXPECT_THAT(explained.out, HasSubstr("단독  나오는 중        2027-02-25 22:00:00  이 역할의 "
                                       "항목은 이것뿐입니다 (단독)\n"));
  EXPECT_THAT(explained.out, HasSubstr("나오는 시간이 아닙니다 (commute)"));
  const Ran plan =
      run_noseon({"plan", demo(), "--from", "2027-02-25", "--until", "2027-02-26"}, kKorean);
  EXPECT_THAT(plan.out, HasSubstr("2027-02-25 20:00부터 22:00까지: khojaly/anniversary만\n"));
  EXPECT_THAT(plan.out,
              HasSubstr("점유율                 차례(요청)  시간(실제)  횟수   나온 시간\n"));
}

TEST(Language, OfPicturesThatAreNoneIsTheReaders) {
  const TemporaryFolder folder;
  folder.write("campaign.toml", R"(format = "noseon.campaign/1"
id = "a"
timezone = "Asia/Seoul"
[[item]]
id = "one"
poster = "p.png"
)");
  folder.write("p.png", "GIF89a");
  const Ran checked = run_noseon({"check", folder.path().string(), "--json"}, kKorean);
  const json finding = json::parse(checked.out).at("findings").at(0);
  EXPECT_EQ(finding.at("code"), "bad-picture");
  EXPECT_EQ(finding.at("message"), "항목 one: 포스터 \"p.png\": 쓸 수 없는 GIF 그림입니다");
  EXPECT_EQ(finding.at("remedy"), "PNG, JPEG, WebP 가운데 하나로 저장하세요");
}

// Keys, instants, numbers and codes are no words.
TEST(Language, IsNotThatOfMachines) {
  const std::vector<std::vector<std::string>> commands = {
      {"compile", demo() + "/khojaly"},
      {"plan", demo(), "--from", "2027-02-25", "--until", "2027-02-26", "--json"},
      {"plan", demo(), "--from", "2027-02-25", "--until", "2027-02-26", "--csv", "--shares"},
      {"check", demo(), "--json"},
  };
  for (const auto& command : commands) {
    const Ran english = run_noseon(command);
    ASSERT_EQ(english.exit_code, 0) << english.err;
    EXPECT_EQ(run_noseon(command, kKorean).out, english.out) << command.front();
  }
}

}  // namespace
}  // namespace noseon::testing
