#include "base/time.h"

#include <gtest/gtest.h>

#include <vector>

namespace noseon {
namespace {

using namespace std::chrono_literals;
using std::chrono::local_days;
using std::chrono::sys_days;

Instant utc(std::chrono::year_month_day day, Millis time = 0ms) {
  return sys_days{day} + time;
}
Civil civil(std::chrono::year_month_day day, Millis time = 0ms) {
  return Civil{local_days{day}} + time;
}

// ---- Days ------------------------------------------------------------------------------------

TEST(Day, IsReadAndWrittenAlike) {
  for (const char* text : {"2027-02-25", "2028-02-29", "2000-02-29", "2400-02-29", "0001-01-01",
                           "9999-12-31", "1970-01-01", "1969-12-31"}) {
    const auto day = parse_day(text);
    ASSERT_TRUE(day) << text;
    EXPECT_EQ(to_string(*day), text);
  }
}

TEST(Day, ThatDoesNotExistIsRefused) {
  for (const char* text : {"2027-02-30", "2027-02-29", "1900-02-29", "2100-02-29", "2027-04-31",
                           "2027-13-01", "2027-00-10", "2027-01-00", "2027-01-32", "0000-01-01"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Day, WrittenOtherwiseIsRefused) {
  for (const char* text : {"", "2027", "2027-02", "2027-2-25", "27-02-25", "2027/02/25", "20270225",
                           " 2027-02-25", "2027-02-25 ", "2027-02-25T", "+027-02-25", "-027-02-25",
                           "10000-01-01", "2027-02-2x", "2027-02-25 08:00"}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(Day, HoldsItsFirstMomentAndNotTheNextDays) {
  EXPECT_EQ(to_day(civil(2027y / 2 / 25)), Day{local_days{2027y / 2 / 25}});
  EXPECT_EQ(to_day(civil(2027y / 2 / 25, 24h - 1ms)), Day{local_days{2027y / 2 / 25}});
  EXPECT_EQ(to_day(civil(1969y / 12 / 31, 24h - 1ms)), Day{local_days{1969y / 12 / 31}});
}

// ---- Civil times -----------------------------------------------------------------------------

struct CivilCase {
  const char* text;
  Millis time;
};

TEST(CivilTime, IsReadWithAsMuchAsIsWritten) {
  for (const CivilCase& c : std::vector<CivilCase>{
           {"2027-02-25", 0ms},
           {"2027-02-25 00:00", 0ms},
           {"2027-02-25 08:00", 8h},
           {"2027-02-25T08:00", 8h},
           {"2027-02-25t08:00", 8h},
           {"2027-02-25 08:00:07", 8h + 7s},
           {"2027-02-25 08:00:07.5", 8h + 7s + 500ms},
           {"2027-02-25 08:00:07.05", 8h + 7s + 50ms},
           {"2027-02-25 08:00:07.005", 8h + 7s + 5ms},
           {"2027-02-25 23:59:59.999", 24h - 1ms},
       }) {
    EXPECT_EQ(parse_civil(c.text), civil(2027y / 2 / 25, c.time)) << c.text;
  }
}

TEST(CivilTime, ThatNoClockShowsIsRefused) {
  for (const char* text : {"2027-02-25 24:00", "2027-02-25 08:60", "2027-02-25 23:59:60",
                           "2027-02-30 08:00", "2027-02-25 -1:00"}) {
    EXPECT_FALSE(parse_civil(text)) << text;
  }
}

TEST(CivilTime, WrittenOtherwiseIsRefused) {
  for (const char* text :
       {"", "08:00", "2027-02-25 ", "2027-02-25T", "2027-02-25 8:00", "2027-02-25 08",
        "2027-02-25 08:0", "2027-02-25 08:00:", "2027-02-25 08:00:7", "2027-02-25 08:00:07.",
        "2027-02-25 08:00:07.1234", "2027-02-25 08:00:07,5", "2027-02-25_08:00",
        "2027-02-25 08:00Z", "2027-02-25  08:00", "2027-02-25 08:00 "}) {
    EXPECT_FALSE(parse_civil(text)) << text;
  }
}

TEST(CivilTime, ShowsMillisecondsOnlyWhereThereAreAny) {
  EXPECT_EQ(to_string(civil(2027y / 2 / 25, 8h)), "2027-02-25 08:00:00");
  EXPECT_EQ(to_string(civil(2027y / 2 / 25, 8h + 7ms)), "2027-02-25 08:00:00.007");
  EXPECT_EQ(to_string(civil(1969y / 12 / 31, 24h - 1ms)), "1969-12-31 23:59:59.999");
  EXPECT_EQ(to_string(civil(1y / 1 / 1)), "0001-01-01 00:00:00");
}

// ---- RFC 3339 --------------------------------------------------------------------------------

struct InstantCase {
  const char* text;
  Instant instant;
};

TEST(Rfc3339, IsReadWithEveryOffset) {
  const Instant t = utc(2027y / 2 / 24, 23h);
  for (const InstantCase& c : std::vector<InstantCase>{
           {"2027-02-25T08:00:00.000+09:00", t},
           {"2027-02-25T08:00:00+09:00", t},
           {"2027-02-24T23:00:00Z", t},
           {"2027-02-24t23:00:00z", t},
           {"2027-02-24 23:00:00Z", t},
           {"2027-02-24T23:00:00-00:00", t},
           {"2027-02-24T19:30:00-03:30", t},
           {"2027-02-25T04:45:00+05:45", t},
           {"2027-02-25T13:00:00+14:00", t},
           {"2027-02-24T11:00:00-12:00", t},
           {"2027-02-25T22:59:00+23:59", t},
           {"2027-02-24T23:00:00.25Z", t + 250ms},
           {"1969-12-31T23:59:59.999Z", Instant{-1ms}},
       }) {
    EXPECT_EQ(parse_rfc3339(c.text), c.instant) << c.text;
  }
}

TEST(Rfc3339, WithoutOffsetOrOtherwiseIsRefused) {
  for (const char* text :
       {"", "2027-02-25", "2027-02-25Z", "2027-02-25+09:00", "2027-02-25T08:00:00",
        "2027-02-25T08:00:00+9:00", "2027-02-25T08:00:00+0900", "2027-02-25T08:00:00+09",
        "2027-02-25T08:00:00+24:00", "2027-02-25T08:00:00+09:60", "2027-02-25T08:00:00 +09:00",
        "2027-02-25T08:00:00Z ", "2027-02-25T08:00:00ZZ", "2027-02-30T08:00:00Z",
        "2027-02-25T24:00:00Z", "2027-02-25T08:00:60Z", "2027-02-25T08:00:00.1234Z"}) {
    EXPECT_FALSE(parse_rfc3339(text)) << text;
  }
}

struct PrintCase {
  std::chrono::seconds offset;
  const char* text;
};

TEST(Rfc3339, IsWrittenInTheOffsetAskedFor) {
  for (const PrintCase& c : std::vector<PrintCase>{
           {9h, "2027-02-25T08:00:00.000+09:00"},
           {0s, "2027-02-24T23:00:00.000+00:00"},
           {-5h, "2027-02-24T18:00:00.000-05:00"},
           {-(3h + 30min), "2027-02-24T19:30:00.000-03:30"},
           {5h + 45min, "2027-02-25T04:45:00.000+05:45"},
           {-30min, "2027-02-24T22:30:00.000-00:30"},
       }) {
    EXPECT_EQ(to_rfc3339(utc(2027y / 2 / 24, 23h), c.offset), c.text);
  }
}

TEST(Rfc3339, OffsetsWithSecondsAreCutAndTheInstantKept) {
  const Instant t = utc(1900y / 1 / 1);
  EXPECT_EQ(to_rfc3339(t, 8h + 27min + 52s), "1900-01-01T08:27:00.000+08:27");  // Seoul's sun
  EXPECT_EQ(to_rfc3339(t, -(25min + 21s)), "1899-12-31T23:35:00.000-00:25");    // Dublin's
  EXPECT_EQ(to_rfc3339(t, -59s), "1900-01-01T00:00:00.000+00:00");
}

TEST(Rfc3339, ComesBackAsTheSameInstant) {
  for (const Instant t : {utc(2027y / 2 / 24, 23h + 1ms), utc(1969y / 12 / 31, 999ms),
                          utc(1y / 1 / 2), utc(9999y / 12 / 30, 24h - 1ms)}) {
    for (std::chrono::minutes offset = -14h; offset <= 14h; offset += 15min) {
      EXPECT_EQ(parse_rfc3339(to_rfc3339(t, offset)), t) << to_rfc3339(t, offset);
    }
  }
}

// ---- Spans -----------------------------------------------------------------------------------

TEST(Span, HoldsItsBeginningAndNotItsEnd) {
  const Span span{utc(2027y / 2 / 1), utc(2027y / 4 / 1)};
  EXPECT_FALSE(span.contains(span.from - 1ms));
  EXPECT_TRUE(span.contains(span.from));
  EXPECT_TRUE(span.contains(span.until - 1ms));
  EXPECT_FALSE(span.contains(span.until));
}

TEST(Span, OfNoLengthHoldsNothing) {
  const Instant t = utc(2027y / 2 / 1);
  EXPECT_FALSE((Span{t, t}.contains(t)));
}

}  // namespace
}  // namespace noseon
