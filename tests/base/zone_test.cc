// Civil time against tzdata's awkward corners; the expected instants follow from the published
// rules.
#include "base/zone.h"

#include <gmock/gmock.h>

#include <random>
#include <vector>

namespace noseon {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

ZonePtr zone(const char* name) {
  static SystemZones zones;
  return zones.find(name).value();
}
Instant at(const char* rfc3339) {
  return parse_rfc3339(rfc3339).value();
}
Instant instant_of(const char* zone_name, const char* civil) {
  return zone(zone_name)->instant_of(parse_civil(civil).value());
}
Instant start_of(const char* zone_name, const char* day) {
  return zone(zone_name)->start_of(parse_day(day).value());
}
std::string day_of(const char* zone_name, const char* instant) {
  return to_string(zone(zone_name)->day_of(at(instant)));
}
std::string civil_at(const char* zone_name, const char* instant) {
  return to_string(zone(zone_name)->civil_at(at(instant)));
}

// ---- Zones without surprises -----------------------------------------------------------------

TEST(Zone, SeoulIsNineHoursAhead) {
  EXPECT_EQ(instant_of("Asia/Seoul", "2027-02-25 08:00"), at("2027-02-24T23:00:00Z"));
  EXPECT_EQ(civil_at("Asia/Seoul", "2027-02-24T23:00:00Z"), "2027-02-25 08:00:00");
  EXPECT_EQ(start_of("Asia/Seoul", "2027-02-25"), at("2027-02-24T15:00:00Z"));
}

TEST(Zone, ADayEndsWhereTheNextBegins) {
  EXPECT_EQ(day_of("Asia/Seoul", "2027-02-24T14:59:59.999Z"), "2027-02-24");
  EXPECT_EQ(day_of("Asia/Seoul", "2027-02-24T15:00:00.000Z"), "2027-02-25");
}

TEST(Zone, KathmanduIsThreeQuartersOfAnHourOff) {
  EXPECT_EQ(zone("Asia/Kathmandu")->offset_at(at("2027-02-25T00:00:00Z")), 5h + 45min);
  EXPECT_EQ(start_of("Asia/Kathmandu", "2027-02-25"), at("2027-02-24T18:15:00Z"));
}

TEST(Zone, UtcNeverMoves) {
  const Zone utc = Zone::utc();
  EXPECT_EQ(utc.name(), "UTC");
  for (const Instant t : {kBeginningOfTime, at("1999-12-31T23:59:59Z"), kEndOfTime}) {
    EXPECT_EQ(utc.offset_at(t), 0s);
    EXPECT_EQ(utc.instant_of(utc.civil_at(t)), t);
  }
}

// ---- Gaps and overlaps -----------------------------------------------------------------------

TEST(Zone, ATimeInNewYorksGapIsTheFirstInstantAfterIt) {
  const Instant jump = at("2024-03-10T07:00:00Z");
  EXPECT_EQ(instant_of("America/New_York", "2024-03-10 01:59:59.999"), jump - 1ms);
  EXPECT_EQ(instant_of("America/New_York", "2024-03-10 02:00"), jump);
  EXPECT_EQ(instant_of("America/New_York", "2024-03-10 02:30"), jump);
  EXPECT_EQ(instant_of("America/New_York", "2024-03-10 02:59:59.999"), jump);
  EXPECT_EQ(instant_of("America/New_York", "2024-03-10 03:00"), jump);
  EXPECT_EQ(instant_of("America/New_York", "2024-03-10 03:00:00.001"), jump + 1ms);
}

TEST(Zone, ATimeThatComesTwiceInNewYorkIsTheFirstOfTheTwo) {
  EXPECT_EQ(instant_of("America/New_York", "2024-11-03 00:59:59.999"),
            at("2024-11-03T04:59:59.999Z"));
  EXPECT_EQ(instant_of("America/New_York", "2024-11-03 01:00"), at("2024-11-03T05:00:00Z"));
  EXPECT_EQ(instant_of("America/New_York", "2024-11-03 01:59:59.999"),
            at("2024-11-03T05:59:59.999Z"));
  EXPECT_EQ(instant_of("America/New_York", "2024-11-03 02:00"), at("2024-11-03T07:00:00Z"));
  EXPECT_EQ(civil_at("America/New_York", "2024-11-03T05:30:00Z"), "2024-11-03 01:30:00");
  EXPECT_EQ(civil_at("America/New_York", "2024-11-03T06:30:00Z"), "2024-11-03 01:30:00");
}

TEST(Zone, LordHoweMovesByHalfAnHour) {
  const Instant jump = at("2024-10-05T15:30:00Z");
  EXPECT_EQ(instant_of("Australia/Lord_Howe", "2024-10-06 01:59:59.999"), jump - 1ms);
  EXPECT_EQ(instant_of("Australia/Lord_Howe", "2024-10-06 02:15"), jump);
  EXPECT_EQ(instant_of("Australia/Lord_Howe", "2024-10-06 02:30"), jump);
  EXPECT_EQ(instant_of("Australia/Lord_Howe", "2024-04-07 01:45"), at("2024-04-06T14:45:00Z"));
  EXPECT_EQ(instant_of("Australia/Lord_Howe", "2024-04-07 02:00"), at("2024-04-06T15:30:00Z"));
}

// ---- Days that begin late, twice or never ----------------------------------------------------

TEST(Zone, ApiasThirtiethOfDecember2011HasNoInstants) {
  const Instant jump = at("2011-12-30T10:00:00Z");
  EXPECT_EQ(start_of("Pacific/Apia", "2011-12-30"), jump);
  EXPECT_EQ(start_of("Pacific/Apia", "2011-12-31"), jump);
  EXPECT_EQ(day_of("Pacific/Apia", "2011-12-30T09:59:59.999Z"), "2011-12-29");
  EXPECT_EQ(day_of("Pacific/Apia", "2011-12-30T10:00:00.000Z"), "2011-12-31");
}

TEST(Zone, HavanasDayBeginsAtOneInTheMorningInSpring) {
  EXPECT_EQ(start_of("America/Havana", "2024-03-10"), at("2024-03-10T05:00:00Z"));
  EXPECT_EQ(civil_at("America/Havana", "2024-03-10T05:00:00Z"), "2024-03-10 01:00:00");
  EXPECT_EQ(day_of("America/Havana", "2024-03-10T04:59:59.999Z"), "2024-03-09");
  EXPECT_EQ(day_of("America/Havana", "2024-03-10T05:00:00.000Z"), "2024-03-10");
}

TEST(Zone, HavanasMidnightComesTwiceInAutumnAndTheFirstBeginsTheDay) {
  EXPECT_EQ(start_of("America/Havana", "2024-11-03"), at("2024-11-03T04:00:00Z"));
  EXPECT_EQ(civil_at("America/Havana", "2024-11-03T05:00:00Z"), "2024-11-03 00:00:00");
  EXPECT_EQ(day_of("America/Havana", "2024-11-03T05:00:00Z"), "2024-11-03");
}

TEST(Zone, BeirutsDayBeginsAtOneInSpringAndAfterTheRepeatedHourInAutumn) {
  EXPECT_EQ(start_of("Asia/Beirut", "2024-03-31"), at("2024-03-30T22:00:00Z"));
  EXPECT_EQ(civil_at("Asia/Beirut", "2024-03-30T22:00:00Z"), "2024-03-31 01:00:00");
  EXPECT_EQ(start_of("Asia/Beirut", "2024-10-27"), at("2024-10-26T22:00:00Z"));
  EXPECT_EQ(day_of("Asia/Beirut", "2024-10-26T21:30:00Z"), "2024-10-26");
}

TEST(Zone, ADayThatHasBegunStaysBegunThoughTheClockFallsBackBeforeIt) {
  // St. John's set its clocks back at 00:01, to 23:01 of the day before.
  EXPECT_EQ(start_of("America/St_Johns", "2010-11-07"), at("2010-11-07T02:30:00Z"));
  EXPECT_EQ(civil_at("America/St_Johns", "2010-11-07T02:45:00Z"), "2010-11-06 23:15:00");
  EXPECT_EQ(day_of("America/St_Johns", "2010-11-07T02:45:00Z"), "2010-11-07");
}

// ---- The ends of what is known ---------------------------------------------------------------

TEST(Zone, BeforeTheFirstPeriodTheFirstOneHolds) {
  EXPECT_EQ(zone("Asia/Seoul")->offset_at(at("1900-01-01T00:00:00Z")), 8h + 27min + 52s);
  EXPECT_EQ(zone("Asia/Seoul")->offset_at(at("0001-01-02T00:00:00Z")), 8h + 27min + 52s);
  EXPECT_EQ(zone("Asia/Seoul")->offset_at(kBeginningOfTime), 8h + 27min + 52s);
}

TEST(Zone, NoSummerTimeIsKnownAfter2037) {
  const auto winter = zone("America/New_York")->offset_at(at("2038-01-01T12:00:00Z"));
  EXPECT_EQ(zone("America/New_York")->offset_at(at("2040-07-01T00:00:00Z")), winter);
  EXPECT_EQ(zone("America/New_York")->offset_at(kEndOfTime), winter);
}

TEST(Zone, PeriodsMadeByHandHoldFromTheirBegin) {
  const Instant jump = at("2027-01-01T00:00:00Z");
  const Zone made("made", {{kBeginningOfTime, 0s}, {jump, 2h}, {jump + 24h, 1h}});
  EXPECT_EQ(made.offset_at(jump - 1ms), 0s);
  EXPECT_EQ(made.offset_at(jump), 2h);
  EXPECT_EQ(made.offset_at(jump + 24h), 1h);
}

TEST(Zone, TheNextStepIsTheFirstAfterAnInstantAndNothingPastTheLast) {
  const Instant jump = at("2027-01-01T00:00:00Z");
  const Zone made("made", {{jump - 24h, 0s}, {jump, 2h}, {jump + 24h, 1h}});
  EXPECT_EQ(made.next_step(kBeginningOfTime), jump);  // the first offset holds ever since
  EXPECT_EQ(made.next_step(jump - 1ms), jump);
  EXPECT_EQ(made.next_step(jump), jump + 24h);
  EXPECT_EQ(made.next_step(jump + 24h), std::nullopt);
  EXPECT_EQ(Zone::utc().next_step(at("2027-01-01T00:00:00Z")), std::nullopt);
}

// ---- The next minute -------------------------------------------------------------------------

TEST(NextMinute, IsTheFirstInstantOfTheMinuteToCome) {
  const ZonePtr seoul = zone("Asia/Seoul");
  const Instant five = at("2027-02-25T14:05:00+09:00");
  EXPECT_EQ(next_minute(*seoul, five - 1ms), five);
  EXPECT_EQ(next_minute(*seoul, five), five + 1min);
  EXPECT_EQ(next_minute(*seoul, five + 59'999ms), five + 1min);
}

TEST(NextMinute, OfAnOffsetWithSecondsIsTheClocksOwn) {
  // Seoul was 8 h 27 min 52 s ahead until 1908.
  const ZonePtr seoul = zone("Asia/Seoul");
  EXPECT_EQ(civil_at("Asia/Seoul", "1900-01-01T00:00:07.999Z"), "1900-01-01 08:27:59.999");
  EXPECT_EQ(next_minute(*seoul, at("1900-01-01T00:00:07.999Z")), at("1900-01-01T00:00:08Z"));
  EXPECT_EQ(next_minute(*seoul, at("1900-01-01T00:00:08Z")), at("1900-01-01T00:01:08Z"));
}

TEST(NextMinute, IsTheOneThatTheClocksAreSetTo) {
  const ZonePtr new_york = zone("America/New_York");
  const Instant spring = at("2024-03-10T07:00:00Z");
  EXPECT_EQ(next_minute(*new_york, spring - 1ms), spring);
  EXPECT_EQ(next_minute(*new_york, spring), spring + 1min);
  const Instant autumn = at("2024-11-03T06:00:00Z");
  EXPECT_EQ(next_minute(*new_york, autumn - 1ms), autumn);
}

TEST(NextMinute, ComesEarlyWhereClocksAreSetWithinAMinute) {
  const Instant noon = at("2027-01-01T12:00:00Z");
  const Zone made("made", {{kBeginningOfTime, 0s}, {noon + 20s, 1h}});
  EXPECT_EQ(next_minute(made, noon), noon + 20s);
}

TEST(NextMinute, GoesOnPastAStepThatStaysInTheMinute) {
  const Instant noon = at("2027-01-01T12:00:00Z");
  const Zone ahead("ahead", {{kBeginningOfTime, 0s}, {noon + 20s, 10s}});
  EXPECT_EQ(next_minute(ahead, noon), noon + 50s);
  const Zone back("back", {{kBeginningOfTime, 0s}, {noon + 20s, -10s}, {noon + 30s, 5s}});
  EXPECT_EQ(next_minute(back, noon), noon + 55s);
}

TEST(NextMinute, IsNotWhereClocksAreSetBackAtItsVeryBegin) {
  const Instant noon = at("2027-01-01T12:00:00Z");
  const Zone made("made", {{kBeginningOfTime, 0s}, {noon, -8s}});
  EXPECT_EQ(next_minute(made, noon - 1ms), noon + 8s);
}

TEST(NextMinute, NeverEnds) {
  EXPECT_EQ(next_minute(Zone::utc(), kEndOfTime), kEndOfTime + 1min);
}

// A clock that is looked at every second, in zones whose clocks are set by odd seconds all the
// time.
TEST(NextMinute, IsWhereAClockThatIsWatchedChanges) {
  const Instant noon = at("2027-01-01T12:00:00Z");
  const auto minute = [](const Zone& of, Instant t) {
    return std::chrono::floor<std::chrono::minutes>(of.civil_at(t));
  };
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937_64 engine(seed);
    const auto upto = [&](std::uint64_t most) {
      return static_cast<std::int64_t>(engine() % most);
    };
    std::vector<Zone::Period> periods{{kBeginningOfTime, std::chrono::seconds{upto(7200) - 3600}}};
    for (Instant begin = noon; periods.size() < 8;) {
      begin += std::chrono::seconds{1 + upto(50)};
      const std::int64_t most = upto(3) == 0 ? 7200 : 40;
      const std::chrono::seconds step{upto(static_cast<std::uint64_t>(most)) - most / 2};
      periods.push_back({begin, periods.back().offset + step});
    }
    const Zone made("made", periods);
    const Instant from = noon - 60s + Millis{upto(360'000)};
    Instant watched = std::chrono::floor<std::chrono::seconds>(from) + 1s;
    while (minute(made, watched) == minute(made, from)) watched += 1s;
    ASSERT_EQ(next_minute(made, from), watched) << to_rfc3339(from, 0s);
  }
}

// ---- Finding zones ---------------------------------------------------------------------------

TEST(SystemZones, KnowsAZoneByItsNameAndByItsOldOne) {
  SystemZones zones;
  EXPECT_EQ(zones.find("Asia/Seoul").value()->name(), "Asia/Seoul");
  EXPECT_TRUE(zones.find("UTC"));
  EXPECT_TRUE(zones.find("Asia/Saigon"));
}

TEST(SystemZones, ReadsEachZoneOnce) {
  SystemZones zones;
  EXPECT_EQ(zones.find("Asia/Seoul").value(), zones.find("Asia/Seoul").value());
}

TEST(SystemZones, SaysWhichNameIsUnknown) {
  SystemZones zones;
  for (const char* name : {"Asia/Soul", "", "../../etc/passwd", "/etc/localtime", "asia/seoul"}) {
    const auto found = zones.find(name);
    ASSERT_FALSE(found) << name;
    EXPECT_EQ(found.error().kind, ErrorKind::not_found) << name;
    EXPECT_THAT(found.error().message, testing::HasSubstr(name));
  }
}

TEST(SystemZones, ListsNamesForASuggestion) {
  EXPECT_THAT(SystemZones().names(), testing::Contains("Asia/Seoul"));
}

}  // namespace
}  // namespace noseon
