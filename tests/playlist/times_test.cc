#include "playlist/times.h"

#include "tests/playlist/bus.h"

namespace noseon::testing {
namespace {

constexpr Millis kMs{1};

// One campaign with one item, asked in the campaign's own zone.
class TimesTest : public ::testing::Test {
 protected:
  void write(const std::string& head, const std::string& keys, const std::string& zone_name) {
    campaign_ = parse_campaign(campaign_toml(head + item_toml("a", keys), "spring", zone_name),
                               "campaign.toml", zones())
                    .campaign.value();
  }
  [[nodiscard]] Instant at(const std::string& civil) const {
    return campaign_.zone->instant_of(parse_civil(civil).value());
  }
  [[nodiscard]] Instant utc(const std::string& rfc3339) const {
    return parse_rfc3339(rfc3339).value();
  }
  [[nodiscard]] bool open(Instant t) const { return is_open(campaign_, campaign_.items[0], t); }
  [[nodiscard]] bool open(const std::string& civil) const { return open(at(civil)); }

  // Open from the first instant to just before the second, and closed on either side.
  void expect_exactly(Instant from, Instant until) const {
    EXPECT_FALSE(open(from - kMs));
    EXPECT_TRUE(open(from));
    EXPECT_TRUE(open(until - kMs));
    EXPECT_FALSE(open(until));
    for (const Instant inside : {from, until - kMs}) {
      EXPECT_EQ(previous_change(campaign_, campaign_.items[0], inside), from);
      EXPECT_EQ(next_change(campaign_, campaign_.items[0], inside), until);
    }
    EXPECT_EQ(next_change(campaign_, campaign_.items[0], from - kMs), from);
    EXPECT_EQ(previous_change(campaign_, campaign_.items[0], until), until);
  }

  Campaign campaign_;
};

TEST_F(TimesTest, WindowOpensAndClosesAtMidnightOfTheCampaignsZone) {
  write("[window]\nyearly = \"02-01/03-31\"\n", "", "Asia/Seoul");
  expect_exactly(at("2027-02-01"), at("2027-04-01"));
}

TEST_F(TimesTest, HoursAreHalfOpen) {
  write("", "from = 2027-02-25\nuntil = 2027-02-25\nhours = \"20:00-22:00\"", "Asia/Seoul");
  expect_exactly(at("2027-02-25 20:00"), at("2027-02-25 22:00"));
}

TEST_F(TimesTest, ASpanPastMidnightBelongsToTheDayItStartsOn) {
  write("[window]\nfrom = 2027-03-30\nuntil = 2027-03-31\n", "hours = \"22:00-02:00\"",
        "Asia/Seoul");
  EXPECT_FALSE(open("2027-03-30 01:00"));  // would belong to the 29th
  EXPECT_TRUE(open("2027-03-31 01:59:59.999"));
  EXPECT_FALSE(open("2027-03-31 02:00"));
  expect_exactly(at("2027-03-31 22:00"), at("2027-04-01 02:00"));
}

TEST_F(TimesTest, DaysChooseTheDayOnWhichASpanStarts) {
  write("", "days = \"fri\"\nhours = \"22:00-02:00\"", "Asia/Seoul");
  expect_exactly(at("2027-02-26 22:00"), at("2027-02-27 02:00"));  // Friday night
  EXPECT_FALSE(open("2027-02-26 01:00"));
}

TEST_F(TimesTest, DaypartEntriesAreOredAndKeepTheirOwnDays) {
  write(
      "[dayparts]\ncommute = [{ days = \"mon-fri\", hours = \"06:30-09:30\" }, { hours = "
      "\"17:00-20:30\" }]\n",
      "dayparts = [\"commute\"]", "Asia/Seoul");
  expect_exactly(at("2027-02-26 06:30"), at("2027-02-26 09:30"));
  expect_exactly(at("2027-02-26 17:00"), at("2027-02-26 20:30"));
  EXPECT_FALSE(open("2027-02-27 07:00"));  // Saturday morning
  expect_exactly(at("2027-02-27 17:00"), at("2027-02-27 20:30"));
}

TEST_F(TimesTest, HoursAndDaypartsAreIntersectedAsInstants) {
  // The daypart's span starts on the day after the hours' span: only instants matter.
  write("[dayparts]\nearly = [{ hours = \"00:00-05:00\" }]\n",
        "hours = \"22:00-02:00\"\ndayparts = [\"early\"]", "Asia/Seoul");
  expect_exactly(at("2027-02-26 00:00"), at("2027-02-26 02:00"));
}

TEST_F(TimesTest, TouchingSpansAreOneStretch) {
  write("", "from = 2027-02-01\nuntil = 2027-02-03\nhours = \"00:00-24:00\"", "Asia/Seoul");
  expect_exactly(at("2027-02-01"), at("2027-02-04"));
}

TEST_F(TimesTest, AStartInsideADstGapIsTheFirstInstantAfterIt) {
  write("", "from = 2027-03-14\nuntil = 2027-03-14\nhours = \"02:30-04:00\"", "America/New_York");
  expect_exactly(utc("2027-03-14T07:00:00Z"), utc("2027-03-14T08:00:00Z"));
}

TEST_F(TimesTest, ASpanThatAGapSwallowsVanishes) {
  write("", "from = 2027-03-14\nuntil = 2027-03-14\nhours = \"02:10-02:50\"", "America/New_York");
  EXPECT_FALSE(open(utc("2027-03-14T07:00:00Z") - kMs));
  EXPECT_FALSE(open(utc("2027-03-14T07:00:00Z")));
}

TEST_F(TimesTest, AnAmbiguousTimeIsTheFirstOfTheTwo) {
  write("", "from = 2027-11-07\nuntil = 2027-11-07\nhours = \"01:00-01:30\"", "America/New_York");
  expect_exactly(utc("2027-11-07T05:00:00Z"), utc("2027-11-07T05:30:00Z"));
}

TEST_F(TimesTest, LordHoweMovesByHalfAnHour) {
  write("", "from = 2027-10-03\nuntil = 2027-10-03\nhours = \"02:15-03:00\"",
        "Australia/Lord_Howe");
  expect_exactly(utc("2027-10-02T15:30:00Z"), utc("2027-10-02T16:00:00Z"));
}

TEST_F(TimesTest, ADayWithoutInstantsChoosesNothing) {
  write("", "from = 2011-12-30\nuntil = 2011-12-30", "Pacific/Apia");
  EXPECT_FALSE(open(utc("2011-12-30T10:00:00Z") - kMs));
  EXPECT_FALSE(open(utc("2011-12-30T10:00:00Z")));
  EXPECT_FALSE(next_change(campaign_, campaign_.items[0], utc("2011-12-20T10:00:00Z")));
  EXPECT_FALSE(previous_change(campaign_, campaign_.items[0], utc("2012-01-10T10:00:00Z")));
}

TEST_F(TimesTest, HoursOfADayWithoutInstantsAreNone) {
  write("", "from = 2011-12-30\nuntil = 2011-12-30\nhours = \"22:00-02:00\"", "Pacific/Apia");
  EXPECT_FALSE(open(utc("2011-12-30T10:00:00Z")));
  EXPECT_FALSE(next_change(campaign_, campaign_.items[0], utc("2011-12-20T10:00:00Z")));
}

TEST_F(TimesTest, AStretchRunsAcrossADayWithoutInstants) {
  write("", "from = 2011-12-28\nuntil = 2011-12-31", "Pacific/Apia");
  expect_exactly(utc("2011-12-28T10:00:00Z"), utc("2011-12-31T10:00:00Z"));
}

TEST_F(TimesTest, UrgentTakesDateTimesHalfOpen) {
  write("", "role = \"urgent\"\nfrom = 2027-02-25T08:15:30\nuntil = 2027-02-25T20:00:00+09:00",
        "Asia/Seoul");
  expect_exactly(at("2027-02-25 08:15:30"), at("2027-02-25 20:00"));
}

TEST_F(TimesTest, WithoutAnyBoundAnItemIsAlwaysOpen) {
  write("", "", "Asia/Seoul");
  EXPECT_FALSE(next_change(campaign_, campaign_.items[0], at("2027-02-25")));
  EXPECT_FALSE(previous_change(campaign_, campaign_.items[0], at("2027-02-25")));
}

}  // namespace
}  // namespace noseon::testing
