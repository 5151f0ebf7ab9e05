#include "player/authenticated_time.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using namespace std::chrono_literals;

constexpr Instant kBuilt = std::chrono::sys_days{2027y / 1 / 1};
constexpr Steady kStart{60s};

TimeRecord record_of(Instant floor) {
  return {floor, "boot-a", kStart, Confirmation{floor - 1h, "boot-a", kStart - 10s}};
}

TEST(AuthenticatedTime, PassesAsSteadyTimeDoes) {
  const AuthenticatedTime time(kBuilt, kStart);
  EXPECT_EQ(time.floor_at(kStart), kBuilt);
  EXPECT_EQ(time.floor_at(kStart + 90s), kBuilt + 90s);
}

TEST(AuthenticatedTime, TheLaterOfWhatItLearnsCounts) {
  AuthenticatedTime time(kBuilt, kStart);
  time.learn(kBuilt + 24h, kStart + 10s);
  EXPECT_EQ(time.floor_at(kStart + 20s), kBuilt + 24h + 10s);
  time.learn(kBuilt + 1h, kStart + 20s);
  EXPECT_EQ(time.floor_at(kStart + 20s), kBuilt + 24h + 10s) << "it never goes back";
}

TEST(AuthenticatedTime, InTheSameBootTheTimeSinceTheRecordCountsToo) {
  AuthenticatedTime time(kBuilt, kStart + 30s);
  time.learn(record_of(kBuilt + 24h), "boot-a", kStart + 30s);
  EXPECT_EQ(time.floor_at(kStart + 30s), kBuilt + 24h + 30s);
}

TEST(AuthenticatedTime, InAnotherBootOnlyWhatWasWrittenDownCounts) {
  for (const char* boot : {"boot-b", ""}) {
    AuthenticatedTime time(kBuilt, kStart + 30s);
    time.learn(record_of(kBuilt + 24h), boot, kStart + 30s);
    EXPECT_EQ(time.floor_at(kStart + 30s), kBuilt + 24h);
  }
}

TEST(AuthenticatedTime, ARecordOlderThanTheBuildChangesNothing) {
  AuthenticatedTime time(kBuilt, kStart);
  time.learn(record_of(kBuilt - 24h), "boot-b", kStart);
  EXPECT_EQ(time.floor_at(kStart), kBuilt);
}

TEST(TimeRecord, ComesBackAsItWasWritten) {
  TimeRecord record = record_of(kBuilt + 5ms);
  EXPECT_EQ(read_time_record(write_time_record(record)).value(), record);
  record.confirmed.reset();
  EXPECT_EQ(read_time_record(write_time_record(record)).value(), record);
}

TEST(TimeRecord, OneThatIsNotWholeOrOfAnotherFormSaysNothing) {
  const std::string good = write_time_record(record_of(kBuilt));
  for (std::size_t size = 0; size + 1 < good.size(); ++size)
    EXPECT_FALSE(read_time_record(std::string_view(good).substr(0, size))) << size;
  EXPECT_FALSE(read_time_record(good + good));
  EXPECT_FALSE(read_time_record(std::string(good.size(), '\0')));
  EXPECT_FALSE(read_time_record(std::string(kTimeRecordBytesMax + 1, ' ')));
  for (const char* other : {"[]", "null", "{}", R"({"format":"noseon.time/2"})",
                            R"({"format":"noseon.time/1","floor":"9999-12-31T00:00:00.000Z"})"})
    EXPECT_FALSE(read_time_record(other)) << other;
}

TEST(TimeRecord, ABitThatRotsNeverSetsTheFloorAhead) {
  const std::string good = write_time_record(record_of(kBuilt));
  const TimeRecord whole = read_time_record(good).value();
  int refused = 0;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string bad = good;
      bad[at] = static_cast<char>(bad[at] ^ (1 << bit));
      const auto read = read_time_record(bad);
      // What is no part of the value, such as a space at the end, may change.
      if (read) {
        EXPECT_EQ(*read, whole) << at << " " << bit;
      } else {
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, static_cast<int>(good.size()) * 8 - 32);
}

}  // namespace
}  // namespace noseon
