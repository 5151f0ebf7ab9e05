#include "playlist/parse.h"

#include <gmock/gmock.h>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

ParsedCampaign parse(const std::string& toml) {
  return parse_campaign(toml, "campaign.toml", zones());
}

// Every finding as a line.
std::string findings_of(const std::string& toml) {
  std::string lines;
  for (const Finding& finding : parse(toml).findings) lines += to_string(finding) + "\n";
  return lines;
}

// The code of the one finding, "good" where there is none, all codes where there are more.
std::string code_of(const std::string& toml) {
  std::string codes;
  for (const Finding& finding : parse(toml).findings) {
    codes += (codes.empty() ? "" : " ") + finding.code;
  }
  return codes.empty() ? "good" : codes;
}

std::string code_of_item(const std::string& keys) {
  return code_of(campaign_toml(item_toml("a", keys)));
}

TEST(ParseCampaign, ReadsTheWholeLanguage) {
  const std::string toml = R"(
format   = "noseon.campaign/1"
id       = "khojaly"
title    = { ko = "호잘리를 기억합니다", en = "Remember Khojaly" }
timezone = "Asia/Seoul"
holidays = "kr"
contact  = "campaign@example.org"

[window]
yearly = "02-01/03-31"

[dayparts]
commute = [{ days = "mon-fri", hours = "06:30-09:30" }, { hours = "17:00-20:30" }]

[places]
seoul-station = { lat = 37.5547, lon = 126.9707, radius_m = 600 }

[styles.remembrance]
background = "#101418"
ink        = "#f4f1ea"
font       = "serif"
weight     = "regular"
align      = "left"
padding    = 12

[[item]]
id       = "poster-1"
poster   = "posters/remember.png"
alt      = { ko = "촛불" }
fit      = "fill"
transition = "cut"
seconds  = 8
weight   = 3
dayparts = ["commute"]

[[item]]
id     = "names"
text   = { ko = "613명의 희생자를 추모합니다", az = "613 qurbanı xatırlayırıq" }
style  = "remembrance"
yearly = "02-20/03-31"
days   = "mon-fri"
near   = ["seoul-station"]
routes = ["421", "N16"]
labels = ["depot:gangnam"]
share  = 0.25
salt   = "names"

[[item]]
id    = "anniversary"
role  = "takeover"
text  = { ko = "추모" }
yearly = "02-25/02-26"
hours = "20:00-22:00"
)";
  EXPECT_EQ(findings_of(toml), "");
  const Campaign campaign = parse(toml).campaign.value();
  EXPECT_EQ(campaign.id.str(), "khojaly");
  EXPECT_EQ(*find_text(campaign.title, "en"), "Remember Khojaly");
  EXPECT_EQ(campaign.zone->name(), "Asia/Seoul");
  EXPECT_EQ(campaign.dayparts[0].entries.size(), 2U);
  EXPECT_EQ(campaign.places[0].radius_m, 600);
  EXPECT_EQ(campaign.styles[0].family, Family::serif);
  EXPECT_EQ(campaign.styles[0].padding, 12);
  ASSERT_EQ(campaign.items.size(), 3U);
  const Item& poster = campaign.items[0];
  EXPECT_EQ(poster.poster, "posters/remember.png");
  EXPECT_EQ(poster.poster_place.line, 28U);
  EXPECT_EQ(poster.fit, Fit::fill);
  EXPECT_EQ(poster.transition, Transition::cut);
  EXPECT_EQ(poster.seconds, std::chrono::seconds{8});
  EXPECT_EQ(poster.weight, 3);
  const Item& names = campaign.items[1];
  EXPECT_EQ(names.share, 2500);
  EXPECT_EQ(names.routes, (std::vector<std::string>{"421", "N16"}));
  EXPECT_EQ(names.text[1].first, "az");
  EXPECT_EQ(campaign.items[2].role, Role::takeover);
  EXPECT_EQ(campaign.items[2].hours->end, std::chrono::hours{22});
}

TEST(ParseCampaign, AnUnknownKeyIsAnErrorWithADidYouMean) {
  EXPECT_EQ(findings_of(campaign_toml(item_toml("a", "wieght = 2"))),
            "campaign.toml:8:1: error: item a: unknown key \"wieght\"; did you mean \"weight\"? "
            "[unknown-key]\n");
  EXPECT_EQ(code_of("colour = 1\n" + campaign_toml(item_toml("a"))), "unknown-key");
}

TEST(ParseCampaign, AnUnknownZoneIsAnErrorWithADidYouMean) {
  EXPECT_EQ(findings_of(campaign_toml(item_toml("a"), "spring", "Asia/Seol")),
            "campaign.toml:3:12: error: unknown time zone \"Asia/Seol\"; did you mean "
            "\"Asia/Seoul\"? [unknown-zone]\n");
}

TEST(ParseCampaign, SaysAllThatIsWrongAtOnce) {
  EXPECT_EQ(code_of("format = \"noseon.campaign/1\"\nid = \"A\"\n" +
                    item_toml("a", "weight = 0\nhours = \"8-9\"\nstyle = \"x\"")),
            "bad-id missing-key unknown-style out-of-range bad-hours");
}

TEST(ParseCampaign, AnErrorInAnItemCostsThatItemAlone) {
  const ParsedCampaign parsed = parse(campaign_toml(item_toml("a", "weight = 0") + item_toml("b")));
  ASSERT_TRUE(parsed.campaign);
  ASSERT_EQ(parsed.campaign->items.size(), 1U);
  EXPECT_EQ(parsed.campaign->items[0].id.str(), "b");
}

TEST(ParseCampaign, AnyOtherErrorCostsTheCampaign) {
  EXPECT_FALSE(parse(campaign_toml("colour = 1\n" + item_toml("a"))).campaign);
  EXPECT_FALSE(
      parse(campaign_toml("[window]\nyearly = \"02-30/03-31\"\n" + item_toml("a"))).campaign);
}

TEST(ParseCampaign, RefusesWhatIsMissingOrOfTheWrongType) {
  EXPECT_EQ(code_of(""), "missing-key missing-key missing-key empty-campaign");
  EXPECT_EQ(code_of(campaign_toml("")), "empty-campaign");
  EXPECT_EQ(code_of(campaign_toml("item = []\n")), "empty-campaign");
  EXPECT_EQ(code_of(campaign_toml("item = 3\n")), "empty-campaign");
  EXPECT_EQ(code_of(campaign_toml("item = [3]\n")), "wrong-type");
  EXPECT_EQ(code_of(campaign_toml("[[item]]\nid = 3\ntext = { ko = \"가\" }\n")), "wrong-type");
  EXPECT_EQ(code_of_item("weight = \"3\""), "wrong-type");
  EXPECT_EQ(code_of_item("weight = 2.5"), "wrong-type");
  EXPECT_EQ(code_of_item("from = \"2027-02-01\""), "wrong-type");
  EXPECT_EQ(code_of_item("routes = \"421\""), "wrong-type");
  EXPECT_EQ(code_of_item("routes = [421]"), "wrong-type");
  EXPECT_EQ(code_of(campaign_toml("[[item]]\nid = \"a\"\ntext = \"가\"\n")), "wrong-type");
}

TEST(ParseCampaign, RefusesAnItemWithBothOrNeither) {
  EXPECT_EQ(code_of_item("poster = \"a.png\""), "poster-and-text");
  EXPECT_EQ(code_of(campaign_toml("[[item]]\nid = \"a\"\n")), "nothing-to-show");
  EXPECT_EQ(code_of(campaign_toml("[[item]]\nid = \"a\"\ntext = {}\n")), "empty-text");
  EXPECT_EQ(code_of(campaign_toml("[[item]]\nid = \"a\"\ntext = { ko = \" \" }\n")), "empty-text");
}

TEST(ParseCampaign, KeepsPostersInsideTheFolder) {
  const auto poster = [](const std::string& path) {
    return code_of(campaign_toml("[[item]]\nid = \"a\"\nposter = \"" + path + "\"\n"));
  };
  EXPECT_EQ(poster("posters/a.png"), "good");
  EXPECT_EQ(poster("a..b.png"), "good");
  for (const char* bad : {"", "/etc/passwd", "../a.png", "a/../../b.png", "a/.."}) {
    EXPECT_EQ(poster(bad), "bad-path") << bad;
  }
}

TEST(ParseCampaign, HoldsItsLimitsOnTheBoundary) {
  EXPECT_EQ(code_of_item("weight = 1"), "good");
  EXPECT_EQ(code_of_item("weight = 1000"), "good");
  EXPECT_EQ(code_of_item("weight = 1001"), "out-of-range");
  const auto seconds = [](const std::string& n) {
    return code_of(
        campaign_toml("[[item]]\nid = \"a\"\ntext = { ko = \"가\" }\nseconds = " + n + "\n"));
  };
  EXPECT_EQ(seconds("1"), "good");
  EXPECT_EQ(seconds("3600"), "good");
  EXPECT_EQ(seconds("0"), "out-of-range");
  EXPECT_EQ(seconds("3601"), "out-of-range");
  const auto text = [](std::size_t bytes) {
    return code_of(campaign_toml("[[item]]\nid = \"a\"\ntext = { en = \"" +
                                 std::string(bytes, 'a') + "\" }\n"));
  };
  EXPECT_EQ(text(4096), "good");
  EXPECT_EQ(text(4097), "too-long");
  EXPECT_EQ(code_of_item("routes = [\"" + std::string(64, 'r') + "\"]"), "good");
  EXPECT_EQ(code_of_item("routes = [\"" + std::string(65, 'r') + "\"]"), "bad-route");
  EXPECT_EQ(code_of_item("share = 0.0001"), "good");
  EXPECT_EQ(code_of_item("share = 0.00005"), "bad-share");
  EXPECT_EQ(code_of_item("share = 1.0001"), "out-of-range");
  EXPECT_EQ(code_of_item("share = nan"), "out-of-range");
}

TEST(ParseCampaign, RefusesAFileOfOneByteTooMany) {
  std::string toml = campaign_toml(item_toml("a"));
  toml += "#" + std::string(kCampaignBytesMax - toml.size() - 1, ' ');
  EXPECT_EQ(code_of(toml), "good");
  EXPECT_EQ(code_of(toml + " "), "too-large");
}

TEST(ParseCampaign, RefusesNamesThatAreNotThere) {
  EXPECT_EQ(
      findings_of(campaign_toml("[dayparts]\ncommute = [{ hours = \"06:30-09:30\" }]\n" +
                                item_toml("a", "dayparts = [\"comute\"]"))),
      "campaign.toml:10:13: error: item a: there is no \"comute\" under [dayparts]; did you mean "
      "\"commute\"? [unknown-daypart]\n");
  EXPECT_EQ(code_of_item("style = \"evening\""), "unknown-style");
  EXPECT_EQ(code_of_item("near = [\"station\"]"), "unknown-place");
  EXPECT_EQ(code_of_item("role = \"take-over\""), "unknown-word");
  EXPECT_EQ(code_of(campaign_toml(item_toml("a") + item_toml("a"))), "double-id");
}

TEST(ParseCampaign, UrgentNeedsDateTimesOfAtMostADay) {
  const auto urgent = [](const std::string& from, const std::string& until) {
    return code_of_item("role = \"urgent\"\nfrom = " + from + "\nuntil = " + until);
  };
  EXPECT_EQ(urgent("2027-02-25T08:00:00", "2027-02-26T08:00:00"), "good");
  EXPECT_EQ(urgent("2027-02-25T08:00:00", "2027-02-26T08:00:00.001"), "urgent-times");
  EXPECT_EQ(urgent("2027-02-25T08:00:00", "2027-02-25T08:00:00"), "urgent-times");
  EXPECT_EQ(urgent("2027-02-25", "2027-02-26"), "wrong-type wrong-type");
  EXPECT_EQ(code_of_item("role = \"urgent\""), "urgent-times");
  EXPECT_EQ(code_of_item("from = 2027-02-25T08:00:00"), "wrong-type");  // for urgent alone
}

class WindowRulesTest : public ::testing::Test {
 protected:
  static std::string code(const std::string& window, const std::string& keys) {
    return code_of(campaign_toml("[window]\n" + window + "\n" + item_toml("a", keys)));
  }
};

TEST_F(WindowRulesTest, AnUrgentItemMayTouchTheCampaignsDaysAndNotMissThem) {
  const auto urgent = [](const std::string& from, const std::string& until) {
    return code("yearly = \"02-01/03-31\"",
                "role = \"urgent\"\nfrom = " + from + "\nuntil = " + until);
  };
  EXPECT_EQ(urgent("2027-01-31T12:00:00", "2027-02-01T00:00:01"), "good");
  EXPECT_EQ(urgent("2027-01-31T12:00:00", "2027-02-01T00:00:00"), "outside-campaign");
  EXPECT_EQ(urgent("2027-03-31T23:59:59", "2027-04-01T12:00:00"), "good");
  EXPECT_EQ(urgent("2027-04-01T00:00:00", "2027-04-01T12:00:00"), "outside-campaign");
}

TEST_F(WindowRulesTest, AYearlyCrossingIsSaidWithoutAYear) {
  const auto message = [](const std::string& window) {
    const std::string item = item_toml("a", "yearly = \"01-15/02-10\"");
    return parse_campaign(campaign_toml("[window]\n" + window + "\n" + item), "c", zones())
        .findings.at(0)
        .message;
  };
  EXPECT_EQ(message("yearly = \"02-01/03-31\""),
            "item a: 01-15 to 02-10 crosses the edge of the campaign's days (02-01/03-31 every "
            "year)");
  EXPECT_EQ(message("from = 2027-02-01\nuntil = 2027-03-31"),
            "item a: 2027-01-15 to 2027-02-10 crosses the edge of the campaign's days (from "
            "2027-02-01 until 2027-03-31)");
}

TEST_F(WindowRulesTest, ABoundMayLieOnTheCampaignsEdgeAndNotPastIt) {
  const std::string window = "from = 2027-02-01\nuntil = 2027-03-31";
  EXPECT_EQ(code(window, "from = 2027-02-01\nuntil = 2027-03-31"), "good");
  EXPECT_EQ(code(window, "from = 2027-01-31"), "outside-campaign");
  EXPECT_EQ(code(window, "until = 2027-04-01"), "outside-campaign");
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "from = 2027-02-01\nuntil = 2028-03-31"), "good");
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "from = 2027-02-01\nuntil = 2028-04-01"),
            "outside-campaign");
}

TEST_F(WindowRulesTest, AYearlyOccurrenceMayNotCrossTheCampaignsEdge) {
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "yearly = \"02-20/03-31\""), "good");
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "yearly = \"02-20/04-01\""), "crosses-edge");
  EXPECT_EQ(code("from = 2027-02-01\nuntil = 2027-03-31", "yearly = \"03-30/04-02\""),
            "crosses-edge");
  EXPECT_EQ(code("yearly = \"12-01/01-31\"", "yearly = \"12-20/01-10\""), "good");
  EXPECT_EQ(code("yearly = \"02-01/02-28\"", "yearly = \"02-20/02-29\""), "crosses-edge");
}

TEST_F(WindowRulesTest, AnItemWithoutAnyDayIsAnError) {
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "yearly = \"06-01/06-30\""), "no-day");
  EXPECT_EQ(code("from = 2027-02-01\nuntil = 2027-02-05", "days = \"sat\""), "no-day");
  EXPECT_EQ(code("from = 2027-02-01\nuntil = 2027-02-06", "days = \"sat\""), "good");
  EXPECT_EQ(code("yearly = \"02-29/02-29\"", "days = \"mon\""), "good");  // 2044, again and again
  EXPECT_EQ(code("from = 2027-01-01\nuntil = 2027-12-31", "yearly = \"02-29/02-29\""), "no-day");
}

TEST_F(WindowRulesTest, BackwardsIsAnError) {
  EXPECT_EQ(code("from = 2027-03-01\nuntil = 2027-02-28", ""),
            "window-backwards");  // of which all else would follow
  EXPECT_EQ(code("from = 2027-03-01\nuntil = 2027-03-01", ""), "good");
}

TEST_F(WindowRulesTest, FromAloneInAYearlyCampaignIsAWarning) {
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "from = 2027-02-20"), "returns-every-year");
  EXPECT_EQ(code("yearly = \"02-01/03-31\"", "from = 2027-02-20\nuntil = 2027-03-31"), "good");
}

std::string poster_toml(const std::string& keys) {
  return campaign_toml("[[item]]\nid = \"a\"\nposter = \"a.png\"\n" + keys + "\n");
}

TEST(ParseMotion, ATextStandsUnlessItIsATicker) {
  const auto motion = [](const std::string& keys) {
    return parse(campaign_toml(item_toml("a", keys))).campaign.value().items.at(0).motion;
  };
  EXPECT_EQ(motion(""), Motion::still);
  EXPECT_EQ(motion("motion = \"still\""), Motion::still);
  EXPECT_EQ(motion("motion = \"ticker\""), Motion::ticker);
  EXPECT_EQ(code_of_item("motion = \"crawl\""), "unknown-word");
  EXPECT_EQ(code_of_item("motion = true"), "wrong-type");
}

TEST(ParseMotion, APosterDoesNotRun) {
  EXPECT_EQ(findings_of(poster_toml("motion = \"ticker\"")),
            "campaign.toml:7:10: error: item a: a poster does not run as a ticker; take \"motion\" "
            "out, or write a text in place of the poster [running-poster]\n");
  EXPECT_EQ(code_of(poster_toml("motion = \"still\"")), "good");
}

TEST(ParseCaption, IsWordsUnderAPosterWithTheStyleItNames) {
  const Campaign campaign =
      parse(poster_toml("caption = { ko = \"가\", en = \"a\" }\nstyle = \"notice\""))
          .campaign.value();
  const Item& item = campaign.items.at(0);
  EXPECT_EQ(item.caption, (Texts{{"ko", "가"}, {"en", "a"}}));
  EXPECT_EQ(item.caption_place.line, 7U);
  EXPECT_EQ(item.caption_place.column, 11U);
  EXPECT_EQ(item.words(), item.caption);
  EXPECT_EQ(campaign.styles.at(item.style.value()).name, "notice");
  EXPECT_TRUE(parse(poster_toml("")).campaign.value().items.at(0).words().empty());
}

TEST(ParseCaption, BelongsToAPoster) {
  EXPECT_EQ(findings_of(campaign_toml(item_toml("a", "caption = { ko = \"가\" }"))),
            "campaign.toml:8:11: error: item a: a caption lies under a poster, and there is none; "
            "write the words in \"text\", or add a poster [caption-of-text]\n");
  EXPECT_EQ(code_of(campaign_toml("[[item]]\nid = \"a\"\ncaption = { ko = \"가\" }\n")),
            "nothing-to-show");
}

TEST(ParseCaption, IsHeldToTheRulesOfATextAsAltIs) {
  for (const std::string key : {"caption", "alt"}) {
    const auto code = [&](const std::string& texts) {
      return code_of(poster_toml(key + " = " + texts));
    };
    EXPECT_EQ(code("{ ko = \"" + std::string(4096, 'a') + "\" }"), "good") << key;
    EXPECT_EQ(code("{ ko = \"" + std::string(4097, 'a') + "\" }"), "too-long") << key;
    EXPECT_EQ(code("{ Korean = \"a\" }"), "bad-language") << key;
    EXPECT_EQ(code("{ ko = \" \" }"), "empty-text") << key;
    EXPECT_EQ(code("{ ko = 1 }"), "wrong-type") << key;
    EXPECT_EQ(code("\"a\""), "wrong-type") << key;
  }
}

ParsedDisplay display(const std::string& toml) {
  return parse_display(toml, "display.toml", zones());
}

TEST(ParseDisplay, ReadsTheWholeProfile) {
  const ParsedDisplay parsed = display(R"(
id        = "bus-1234-front"
size      = [1920, 540]
rotation  = 90
timezone  = "Asia/Seoul"
languages = ["az", "ko"]
labels    = ["depot:gangnam", "type:interior"]
diagonal_inch = 28
distance_m    = 2.5
screen    = 2
rtc       = true
night     = { hours = "20:00-06:00", brightness = 0.6 }
[source]
urls = ["https://signage.example.org/metadata"]
)");
  ASSERT_TRUE(parsed.display) << to_string(parsed.findings.at(0));
  EXPECT_EQ(parsed.display->size, (Size{1920, 540}));
  EXPECT_EQ(parsed.display->composed_size(), (Size{540, 1920}));
  EXPECT_EQ(parsed.display->languages, (std::vector<std::string>{"az", "ko"}));
  EXPECT_EQ(parsed.display->night->brightness_permille, 600);
  EXPECT_EQ(parsed.display->screen, 2);
  EXPECT_TRUE(parsed.display->has_rtc);
  EXPECT_EQ(parsed.display->diagonal_inch, 28);
}

TEST(ParseDisplay, WithoutKeysIsTheDisplayOfTheCommands) {
  const Display plain = display("").display.value();
  EXPECT_EQ(plain.size, (Size{1920, 1080}));
  EXPECT_EQ(plain.zone, nullptr);
  EXPECT_EQ(plain.screen, std::nullopt);
  EXPECT_FALSE(plain.night);
  EXPECT_EQ(plain.languages, (std::vector<std::string>{"ko", "en"}));
}

TEST(ParseDisplay, TakesAFallbackCardOfAnyPathUpToItsCap) {
  EXPECT_EQ(display("").display.value().fallback, "");
  EXPECT_EQ(display("fallback = \"standby.png\"").display.value().fallback, "standby.png");
  EXPECT_EQ(display("fallback = \"/etc/noseon/standby.png\"").display.value().fallback,
            "/etc/noseon/standby.png");
  const auto of_length = [](std::size_t bytes) {
    return display("fallback = \"" + std::string(bytes, 'a') + "\"");
  };
  EXPECT_TRUE(of_length(1024).display);
  for (const ParsedDisplay& bad :
       {of_length(0), of_length(1025), display("fallback = \"a\\u0000b\"")}) {
    ASSERT_EQ(bad.findings.size(), 1U);
    EXPECT_EQ(bad.findings[0].code, "bad-path");
    EXPECT_FALSE(bad.display);
  }
}

TEST(ParseDisplay, RefusesWhatNoDisplayIs) {
  for (const char* bad : {"size = [1920]", "size = [15, 540]", "size = [8193, 540]", "size = 3",
                          "rotation = 45", "rotation = 360", "timezone = \"Seoul\"", "colour = 1",
                          "night = { hours = \"20:00-20:00\" }", "languages = [\"KOREAN\"]"}) {
    EXPECT_FALSE(display(bad).display) << bad;
    EXPECT_EQ(display(bad).findings.size(), 1U) << bad;
  }
  EXPECT_TRUE(display("size = [16, 8192]").display);
}

TEST(ParseDisplay, CountsScreensFromOneToSixteen) {
  EXPECT_EQ(display("screen = 1").display.value().screen, 1);
  EXPECT_EQ(display("screen = 16").display.value().screen, 16);
  for (const char* bad : {"screen = 0", "screen = 17", "screen = -1"}) {
    ASSERT_EQ(display(bad).findings.size(), 1U) << bad;
    EXPECT_EQ(display(bad).findings[0].code, "out-of-range") << bad;
    EXPECT_FALSE(display(bad).display) << bad;
  }
  EXPECT_EQ(display("screen = 1.5").findings.at(0).code, "wrong-type");
  EXPECT_EQ(display("screen = \"HDMI-1\"").findings.at(0).code, "wrong-type");
}

TEST(ParseDisplay, KeepsTheBrightnessOfTheNightInThousandths) {
  const auto permille = [](const std::string& brightness) {
    return display("night = { hours = \"20:00-06:00\"" + brightness + " }")
        .display.value()
        .night.value()
        .brightness_permille;
  };
  EXPECT_EQ(permille(""), 1000);
  EXPECT_EQ(permille(", brightness = 1"), 1000);
  EXPECT_EQ(permille(", brightness = 0.05"), 50);
  EXPECT_EQ(permille(", brightness = 0.29"), 290);  // 0.29 * 1000 is a little less than 290
  EXPECT_EQ(permille(", brightness = 0.0504"), 50);
  EXPECT_EQ(permille(", brightness = 0.0506"), 51);
  EXPECT_FALSE(display("night = { hours = \"20:00-06:00\", brightness = 0.0499 }").display);
}

TEST(ParseDisplay, SpeaksSixteenLanguagesAtTheMost) {
  const auto speaking = [](int count) {
    std::string list;
    for (int i = 0; i < count; ++i) list += fmt::format("\"a{}\", ", static_cast<char>('a' + i));
    return display("languages = [" + list + "]");
  };
  EXPECT_EQ(speaking(16).display.value().languages.size(), 16U);
  const ParsedDisplay more = speaking(17);
  EXPECT_FALSE(more.display);
  ASSERT_EQ(more.findings.size(), 1U);
  EXPECT_EQ(more.findings[0].code, "out-of-range");
}

std::string with_holidays(const std::string& calendar, const std::string& more) {
  return "format = \"noseon.campaign/1\"\nid = \"c\"\ntimezone = \"Asia/Seoul\"\n" + calendar +
         more + item_toml("a", "days = \"mon-fri,-holiday\"");
}

TEST(ParseHolidays, ACalendarIsNamedByItsId) {
  EXPECT_EQ(code_of(with_holidays("holidays = \"kr\"\n", "")), "good");
  EXPECT_THAT(
      findings_of(with_holidays("holidays = \"ko\"\n", "")),
      ::testing::HasSubstr("campaign.toml:4:12: error: there is no calendar of holidays \"ko\""));
  EXPECT_EQ(code_of(with_holidays("holidays = \"ko\"\n", "")), "unknown-holidays");
}

TEST(ParseHolidays, DaysThatAskForHolidaysNeedACalendar) {
  const std::string part = "[dayparts]\nrush = [{ days = \"-holiday\" }]\n";
  EXPECT_EQ(code_of(with_holidays("", "")), "no-holidays");
  EXPECT_EQ(code_of(with_holidays("", part)), "no-holidays no-holidays");
  EXPECT_EQ(code_of(with_holidays("holidays = \"kr\"\n", part)), "good");
}

TEST(ParseHolidays, AYearThatTheCalendarLacksIsAWarning) {
  const auto within = [](const char* from, const char* until) {
    return findings_of(
        with_holidays("holidays = \"kr\"\n",
                      std::string("[window]\nfrom = ") + from + "\nuntil = " + until + "\n"));
  };
  EXPECT_EQ(within("2024-01-01", "2028-12-31"), "");
  EXPECT_THAT(within("2024-01-01", "2029-01-01"), ::testing::HasSubstr("lacks 2029:"));
  EXPECT_THAT(within("2022-12-31", "2028-12-31"), ::testing::HasSubstr("lacks 2022, 2023:"));
}

}  // namespace
}  // namespace noseon::testing
