#include "playlist/write_toml.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "playlist/parse.h"
#include "playlist/patterns.h"
#include "tests/playlist/bus.h"
#include "tests/support/same_campaign.h"

namespace noseon::testing {
namespace {

using namespace std::string_literals;

Campaign parsed(const std::string& toml) {
  ParsedCampaign one = parse_campaign(toml, "campaign.toml", zones());
  for (const Finding& finding : one.findings)
    EXPECT_NE(finding.severity, Severity::error) << to_string(finding);
  return one.campaign.value_or(Campaign{});
}

TEST(WriteToml, LaysACampaignOutForPeople) {
  const std::string toml = R"(format   = "noseon.campaign/1"
id       = "khojaly"
title    = { ko = "호잘리", en = "Khojaly" }
timezone = "Asia/Seoul"
holidays = "kr"
contact  = "campaign@example.org"

[window]
yearly = "02-01/03-31"

[dayparts]
commute = [
    { days = "mon-fri,-holiday", hours = "06:30-09:30" },
    { days = "daily", hours = "22:00-02:00" },
]

[places]
seoul-station = { lat = 37.5547, lon = 126.9707, radius_m = 600 }

[styles.night]
background = "#0b1420"
font       = "serif"

[[item]]
id       = "remember"
poster   = "posters/remember.png"
alt      = { ko = "촛불" }
caption  = { en = "b", ko = "a" }
seconds  = 8
weight   = 3
dayparts = ["commute"]

[[item]]
id         = "names"
role       = "takeover"
text       = { en = "b", ko = "a" }
style      = "night"
fit        = "fill"
transition = "cut"
motion     = "ticker"
yearly     = "02-20/03-31"
days       = "mon-wed,sun"
hours      = "00:00-24:00"
routes     = ["421", "5-1"]
near       = ["seoul-station"]
labels     = ["depot:a"]
share      = 0.01
salt       = "s"
)";
  EXPECT_EQ(write_toml(parsed(toml)), toml);
}

TEST(WriteToml, LeavesOutWhatIsUsual) {
  const std::string text = write_toml(parsed(campaign_toml(
      "[styles.a]\npadding = 8\nclock = \"none\"\nink = \"#f4f1ea\"\n[[item]]\nid = "
      "\"a\"\nweight = 1\nfit = \"fit\"\n"
      "role = \"normal\"\ntransition = \"fade\"\nmotion = \"still\"\ntext = { ko = \"가\" }\n")));
  EXPECT_NE(text.find("\n[styles.a]\n\n[[item]]\nid   = \"a\"\ntext = { ko = \"가\" }\n"),
            std::string::npos)
      << text;
}

TEST(WriteToml, LaysAStyleOutForPeople) {
  const std::string style = R"([styles.festival]
background     = "#fff3e0"
picture        = "backgrounds/paper.jpg"
scrim          = 40
ink            = "#4a2511"
align          = "start"
wrap           = "syllable"
size           = 130
line_height    = 140
letter_spacing = -2
outline        = { color = "#223344", width = 6 }
shadow         = { color = "#332211", right = 3, down = -6, blur = 12, opacity = 45 }
clock          = "date"
)";
  const std::string text = write_toml(parsed(campaign_toml(style + item_toml("a"))));
  EXPECT_NE(text.find("\n" + style + "\n"), std::string::npos) << text;
}

TEST(WriteToml, AnOutlineAndAShadowLeaveOutWhatIsUsualAndAreThereAllTheSame) {
  const std::string style = R"([styles.a]
outline = { color = "#000000" }
shadow  = {}
)";
  const std::string text = write_toml(
      parsed(campaign_toml("[styles.a]\noutline = { color = \"#000000\", width = 4 }\n"
                           "shadow = { color = \"#000000\", right = 0, down = 4, blur = 8, "
                           "opacity = 60 }\n" +
                           item_toml("a"))));
  EXPECT_NE(text.find("\n" + style + "\n"), std::string::npos) << text;
}

TEST(WriteToml, OfAShippedStyleOnlyItsNameIsWritten) {
  const Campaign campaign = parsed(campaign_toml(item_toml("a", "style = \"notice\"")));
  const std::string text = write_toml(campaign);
  EXPECT_EQ(text.find("[styles"), std::string::npos) << text;
  EXPECT_NE(text.find("\nstyle   = \"notice\"\n"), std::string::npos) << text;
  EXPECT_EQ(difference(campaign, parsed(text)), "");
}

TEST(WriteToml, AShippedStyleOfAnotherVersionIsWrittenAsItLooks) {
  Campaign campaign = parsed(campaign_toml(item_toml("a", "style = \"notice\"")));
  campaign.styles[0].padding = 1;
  const Campaign again = parsed(write_toml(campaign));
  EXPECT_EQ(again.styles.at(0).padding, 1);
  campaign.styles[0].is_shipped = false;
  EXPECT_EQ(difference(campaign, again), "");
}

TEST(WriteToml, UrgentInstantsKeepTheirMilliseconds) {
  const std::string text = write_toml(
      parsed(campaign_toml("[[item]]\nid = \"a\"\nrole = \"urgent\"\ntext = { ko = \"가\" }\n"
                           "from = 2027-02-25T08:00:00.125\nuntil = 2027-02-25T02:00:00Z\n")));
  EXPECT_NE(
      text.find("from  = 2027-02-25T08:00:00.125+09:00\nuntil = 2027-02-25T11:00:00.000+09:00\n"),
      std::string::npos)
      << text;
}

TEST(WriteToml, StringsAreEscaped) {
  EXPECT_EQ(toml_string("a\"b\\c\nd\te\r\x01\x7F"), R"("a\"b\\c\nd\te\u000D\u0001\u007F")");
  EXPECT_EQ(toml_string("\0가"s), "\"\\u0000가\"");
}

TEST(WriteToml, AnyTextComesBackAsItWas) {
  std::string text = "a";
  for (int c = 0; c < 0x80; ++c) text += static_cast<char>(c);
  text += "\u0080\u0085\u00A0\u2028\uFEFF\uFFFE\uFFFF\U0010FFFF'''\"\"\"";
  Campaign campaign = parsed(campaign_toml(item_toml("a")));
  campaign.items[0].text = {{"ko", text}};
  campaign.contact = text;
  EXPECT_EQ(difference(campaign, parsed(write_toml(campaign))), "");
}

TEST(WriteToml, InstantsAtTheEdgesOfTimeHaveYearsOfFourDigits) {
  EXPECT_EQ(toml_instant(kBeginningOfTime, std::chrono::hours{-9}),
            "0001-01-01T00:00:00.000+00:00");
  const Instant last = kEndOfTime + std::chrono::hours{24} - Millis{1};
  EXPECT_EQ(toml_instant(last, std::chrono::hours{9}), "9999-12-31T23:59:59.999+00:00");
}

TEST(WrittenForms, ReadBack) {
  for (const char* days :
       {"daily", "-holiday", "holiday", "mon-fri,-holiday", "mon-wed,fri,sun", "daily,holiday"}) {
    EXPECT_EQ(to_string(parse_day_pattern(days).value()), days);
  }
  EXPECT_EQ(to_string(parse_day_pattern("fri-mon").value()), "mon,fri-sun");
  for (const char* span : {"00:00-24:00", "06:30-24:00", "22:00-02:00", "23:59-00:01"})
    EXPECT_EQ(to_string(parse_hours(span).value()), span);
  for (const char* yearly : {"02-29/02-29", "12-31/01-01"})
    EXPECT_EQ(to_string(parse_yearly(yearly).value()), yearly);
}

TEST(WriteToml, TheDemonstrationComesBack) {
  for (const char* name : {"khojaly", "on-board"}) {
    const Campaign campaign =
        parsed(read_file(std::string(NOSEON_SOURCE_DIR "/media/demo/") + name + "/campaign.toml",
                         kCampaignBytesMax)
                   .value());
    EXPECT_EQ(difference(campaign, parsed(write_toml(campaign))), "") << name;
  }
}

TEST(SameCampaign, SeesWhatDiffers) {
  const Campaign a = parsed(campaign_toml(item_toml("a")));
  Campaign b = a;
  b.items[0].salt = "x";
  EXPECT_EQ(difference(a, b), "item 0 salt: [\"\"] and [\"x\"]");
  EXPECT_EQ(difference(a, a), "");
}

}  // namespace
}  // namespace noseon::testing
