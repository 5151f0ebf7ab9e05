// What `noseon check` warns of beyond the language's own rules, each on its boundary.
#include "playlist/lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kToday = "2026-11-22";

std::vector<std::string> codes(const Findings& findings) {
  std::vector<std::string> codes;
  for (const Finding& finding : findings) codes.push_back(finding.code);
  return codes;
}

std::vector<std::string> lint_codes(const Bus& bus, const std::string& today = kToday) {
  return codes(lint(bus.playlist, bus.display, bus.at(today)));
}

const Finding& only(const Findings& findings) {
  EXPECT_EQ(findings.size(), 1U);
  return findings.at(0);
}

TEST(LintWindows, ACampaignIsOverOnTheDayAfterItsLast) {
  const Bus bus(
      {campaign_toml("[window]\nfrom = 2026-10-01\nuntil = 2026-11-21\n" + item_toml("a"))});
  EXPECT_THAT(lint_codes(bus, "2026-11-21"), IsEmpty());
  EXPECT_THAT(lint_codes(bus, "2026-11-22"), ElementsAre("past-window"));
}

TEST(LintWindows, AnItemIsOverWhenItsLastSpanIs) {
  const Bus bus({campaign_toml(item_toml("a") +
                               item_toml("b", "until = 2026-11-21\nhours = \"22:00-02:00\""))});
  EXPECT_THAT(lint_codes(bus, "2026-11-22 01:59:59.999"), IsEmpty());
  const Findings findings = lint(bus.playlist, bus.display, bus.at("2026-11-22 02:00"));
  EXPECT_EQ(only(findings).code, "past-window");
  EXPECT_EQ(only(findings).place.line, 13U);
}

TEST(LintWindows, AnUrgentItemIsOverAtItsEnd) {
  const Bus bus(
      {campaign_toml(item_toml("a") + item_toml("b",
                                                "role = \"urgent\"\nfrom = 2026-11-21T12:00:00\n"
                                                "until = 2026-11-22T12:00:00"))});
  EXPECT_THAT(lint_codes(bus, "2026-11-22 11:59:59.999"), IsEmpty());
  EXPECT_THAT(lint_codes(bus, "2026-11-22 12:00"), ElementsAre("past-window"));
}

TEST(LintWindows, HoursAndDaypartsThatOnlyTouchNeverMeet) {
  const std::string parts = "[dayparts]\nmorning = [{ hours = \"06:00-09:00\" }]\n";
  const auto with_hours = [&](const std::string& hours) {
    return Bus(
        {campaign_toml(parts + item_toml("a") +
                       item_toml("b", "dayparts = [\"morning\"]\nhours = \"" + hours + "\""))});
  };
  EXPECT_THAT(lint_codes(with_hours("08:59-11:00")), IsEmpty());
  EXPECT_THAT(lint_codes(with_hours("09:00-11:00")), ElementsAre("never-plays"));
}

TEST(LintWindows, AShareOfNothingNeverPlays) {
  const Bus bus({campaign_toml(item_toml("a") + item_toml("b", "share = 0.0"))});
  EXPECT_THAT(only(lint(bus.playlist, bus.display, bus.at(kToday))).message,
              HasSubstr("share is 0"));
}

TEST(LintTurns, AnItemBelowATakeoverWithoutEndNeverPlays) {
  const Bus bus({campaign_toml(item_toml("king", "role = \"takeover\"") + item_toml("a"))});
  const Findings findings = lint(bus.playlist, bus.display, bus.at(kToday));
  EXPECT_EQ(only(findings).code, "never-plays");
  EXPECT_THAT(only(findings).message, HasSubstr("item a"));
}

TEST(LintTurns, OneMinuteADayForItselfIsEnough) {
  const Bus bus({campaign_toml(item_toml("king", "role = \"takeover\"\nhours = \"00:01-00:00\"") +
                               item_toml("a"))});
  EXPECT_THAT(lint_codes(bus), IsEmpty());
}

// What is free ends where the item begins, and begins where it ends.
TEST(LintTurns, ATakeoverOfTheSameHoursHidesItsItem) {
  const Bus bus({campaign_toml(item_toml("king", "role = \"takeover\"\nhours = \"09:00-10:00\"") +
                               item_toml("a", "hours = \"09:00-10:00\"") +
                               item_toml("spare", "role = \"filler\""))});
  EXPECT_THAT(lint_codes(bus), ElementsAre("gap", "never-plays"));
}

TEST(LintTurns, AnItemOfNoShareIsSaidOnceThoughATakeoverHidesItToo) {
  const Bus bus(
      {campaign_toml(item_toml("king", "role = \"takeover\"") + item_toml("a", "share = 0"))});
  EXPECT_THAT(lint_codes(bus), ElementsAre("never-plays"));
}

TEST(LintTurns, ATakeoverThatPlaysOnSomeRoutesOnlyHidesNobody) {
  const Bus bus({campaign_toml(item_toml("king", "role = \"takeover\"\nroutes = [\"421\"]") +
                               item_toml("a"))});
  EXPECT_THAT(lint_codes(bus), IsEmpty());
}

TEST(LintTurns, FillerThatIsNeverNeededIsNoFault) {
  const Bus bus({campaign_toml(item_toml("a") + item_toml("spare", "role = \"filler\""))});
  EXPECT_THAT(lint_codes(bus), IsEmpty());
}

TEST(LintTurns, AGapIsAStretchOfTheWindowWithoutAnythingButFiller) {
  const Bus bus({campaign_toml("[window]\nfrom = 2027-02-01\nuntil = 2027-02-02\n" +
                               item_toml("a", "hours = \"00:00-23:59\"") +
                               item_toml("spare", "role = \"filler\""))});
  const Findings findings = lint(bus.playlist, bus.display, bus.at(kToday));
  EXPECT_EQ(only(findings).code, "gap");
  EXPECT_THAT(only(findings).message, HasSubstr("2 days"));
  EXPECT_THAT(only(findings).message, HasSubstr("nothing but filler"));
  EXPECT_THAT(only(findings).message, HasSubstr("2027-02-01 23:59:00 until 2027-02-02 00:00:00"));
}

TEST(LintTurns, WithoutFillerAGapIsTheFallbackCard) {
  const Bus bus({campaign_toml("[window]\nfrom = 2027-02-01\nuntil = 2027-02-02\n" +
                               item_toml("a", "hours = \"00:00-23:59\""))});
  EXPECT_THAT(only(lint(bus.playlist, bus.display, bus.at(kToday))).message,
              HasSubstr("fallback card"));
}

TEST(LintTurns, WhatLiesOutsideTheWindowIsNoGap) {
  const Bus bus(
      {campaign_toml("[window]\nfrom = 2027-02-01\nuntil = 2027-02-02\n" + item_toml("a"))});
  EXPECT_THAT(lint_codes(bus), IsEmpty());
}

TEST(LintTurns, AnItemForARouteFillsTheGapThere) {
  const Bus bus({campaign_toml("[window]\nfrom = 2027-02-01\nuntil = 2027-02-02\n" +
                               item_toml("a", "routes = [\"421\"]"))});
  EXPECT_THAT(lint_codes(bus), IsEmpty());
}

// 100 turns of 10 s and one of the item: a loop of 1,010 s; 7 days of 145 s are 1,015 s.
TEST(LintTurns, LessThanOneTurnAWeekIsRare) {
  const auto with_hours = [](const std::string& hours) {
    return Bus({campaign_toml(item_toml("often", "weight = 100") +
                              item_toml("rare", "hours = \"" + hours + "\""))});
  };
  EXPECT_THAT(lint_codes(with_hours("08:00-08:03")), IsEmpty());
  const Bus bus = with_hours("08:00-08:02");
  const Findings findings = lint(bus.playlist, bus.display, bus.at(kToday));
  EXPECT_EQ(only(findings).code, "rare-turn");
  EXPECT_THAT(only(findings).message, HasSubstr("item rare"));
}

// Alone for the hour of its one turn, each Monday.
TEST(LintTurns, ExactlyOneTurnAWeekIsNotRare) {
  const Bus bus({campaign_toml(item_toml("a", "days = \"mon\"\nhours = \"08:00-09:00\"", 3600) +
                               item_toml("spare", "role = \"filler\""))});
  EXPECT_THAT(lint_codes(bus), ElementsAre("gap"));
}

TEST(LintTurns, ALoopOfOneHundredThousandTurnsIsKeptAndOneMoreIsHalved) {
  const auto with_last = [](int weight) {
    std::string items;
    for (int i = 0; i < 100; ++i) items += item_toml("i" + std::to_string(i), "weight = 999", 1);
    return Bus({campaign_toml(items + item_toml("last", "weight = " + std::to_string(weight), 1))});
  };
  EXPECT_THAT(lint_codes(with_last(100)), IsEmpty());
  EXPECT_THAT(lint_codes(with_last(101)), ElementsAre("weights-halved"));
}

// 32 Hangul characters: 4 s at 8 a second, refused past 12 a second.
TEST(LintReading, AsksForEightCharactersASecondAndRefusesPastTwelve) {
  const auto with = [](int characters, int seconds) {
    std::string text;
    for (int i = 0; i < characters; ++i) text += "가";
    return Bus({campaign_toml("[[item]]\nid = \"a\"\ntext = { ko = \"" + text +
                              "\" }\nseconds = " + std::to_string(seconds) + "\n")});
  };
  EXPECT_THAT(lint_codes(with(32, 4)), IsEmpty());
  const auto severity = [](const Bus& bus) {
    const Findings findings = lint_reading(bus.playlist, bus.display);
    EXPECT_EQ(only(findings).code, "too-fast");
    return only(findings).severity;
  };
  EXPECT_EQ(severity(with(33, 4)), Severity::warning);
  EXPECT_EQ(severity(with(48, 4)), Severity::warning);
  EXPECT_EQ(severity(with(49, 4)), Severity::error);
}

TEST(LintReading, HoldsCaptionsAndTickersToTheSameSpeed) {
  const auto with = [](const std::string& what, int letters, int seconds) {
    return Bus({campaign_toml("[[item]]\nid = \"a\"\n" + what + " = { ko = \"" +
                              std::string(static_cast<std::size_t>(letters), 'a') +
                              "\" }\nseconds = " + std::to_string(seconds) + "\n")});
  };
  for (const std::string what : {"poster = \"a.png\"\ncaption", "motion = \"ticker\"\ntext"}) {
    EXPECT_THAT(lint_codes(with(what, 64, 4)), IsEmpty()) << what;
    const Bus fast = with(what, 65, 4);
    const Finding warning = only(lint_reading(fast.playlist, fast.display));
    EXPECT_EQ(warning.code, "too-fast") << what;
    EXPECT_EQ(warning.severity, Severity::warning) << what;
    EXPECT_EQ(warning.place.line, 7U) << what;
    const Bus faster = with(what, 97, 4);
    EXPECT_EQ(only(lint_reading(faster.playlist, faster.display)).severity, Severity::error)
        << what;
  }
}

TEST(LintReading, AsksForTheTimeThatTheItemWouldHaveByItself) {
  const auto remedy = [](const std::string& keys) {
    const Bus bus({campaign_toml("[[item]]\nid = \"a\"\nseconds = 4\n" + keys)});
    return only(lint_reading(bus.playlist, bus.display)).remedy;
  };
  const std::string caption = "poster = \"a.png\"\ncaption = { ko = \"" + std::string(65, 'a');
  EXPECT_EQ(remedy(caption + "\" }"), "give it 8 s, or leave \"seconds\" out");
  const std::string text = "text = { ko = \"" + std::string(1200, 'a') + "\" }\n";
  EXPECT_EQ(remedy(text), "give it 1 min, or leave \"seconds\" out");
  EXPECT_EQ(remedy(text + "motion = \"ticker\""), "give it 1 min 42 s, or leave \"seconds\" out");
}

TEST(LintParts, WhatNoItemNamesIsUnused) {
  const Bus bus({campaign_toml(
      "[dayparts]\nused = [{ hours = \"00:00-24:00\" }]\nidle = [{ hours = \"06:00-09:00\" }]\n"
      "[places]\nidle = { lat = 0, lon = 0, radius_m = 10 }\n[styles.idle]\n[styles.used]\n" +
      item_toml("a", "dayparts = [\"used\"]\nstyle = \"used\""))});
  EXPECT_THAT(lint_codes(bus), ElementsAre("unused", "unused", "unused"));
}

TEST(LintParts, AWindowPast2037WarnsOnlyWhereClocksChange) {
  const auto until = [](const std::string& day, const std::string& zone) {
    return Bus({campaign_toml("[window]\nfrom = 2027-01-01\nuntil = " + day + "\n" + item_toml("a"),
                              "spring", zone)},
               zone);
  };
  EXPECT_THAT(lint_codes(until("2037-12-31", "Europe/London")), IsEmpty());
  EXPECT_THAT(lint_codes(until("2038-01-01", "Europe/London")), ElementsAre("beyond-2037"));
  EXPECT_THAT(lint_codes(until("2038-01-01", "Asia/Seoul")), IsEmpty());
}

TEST(LintParts, ACalendarThatEndsBeforeTheComingYearDoesIsSaid) {
  const Bus bus({campaign_toml("holidays = \"kr\"\n" + item_toml("a") +
                               item_toml("b", "days = \"mon-fri,-holiday\""))});
  EXPECT_THAT(lint_codes(bus, "2028-01-01"), IsEmpty());  // its 366 days end with the year
  const Findings findings = lint(bus.playlist, bus.display, bus.at("2028-01-02"));
  EXPECT_EQ(only(findings).code, "no-holidays");
  EXPECT_THAT(only(findings).message, HasSubstr("2029"));
  EXPECT_EQ(only(findings).place.line, 4U);
}

TEST(LintParts, AWindowWithBothEndsWasLookedAtWhenItWasRead) {
  const Bus bus(
      {campaign_toml("holidays = \"kr\"\n[window]\nfrom = 2029-01-01\nuntil = 2029-03-01\n" +
                     item_toml("a", "days = \"-holiday\""))});
  EXPECT_THAT(codes(lint_parts(bus.playlist, bus.at("2028-12-01"))), IsEmpty());
}

TEST(LintParts, AYearlyWindowOutsideOfTheMissingYearIsFine) {
  const Bus bus({campaign_toml("holidays = \"kr\"\n[window]\nyearly = \"06-01/06-30\"\n" +
                               item_toml("a", "days = \"mon-fri,-holiday\"") + item_toml("b"))});
  EXPECT_THAT(lint_codes(bus, "2028-05-31"), IsEmpty());
  EXPECT_THAT(lint_codes(bus, "2028-06-01"), ElementsAre("no-holidays"));
}

}  // namespace
}  // namespace noseon::testing
