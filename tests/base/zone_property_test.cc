// Every zone of this machine against Howard Hinnant's own answers, at random instants and around
// every change of clocks.
#include <date/tz.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <vector>

#include "base/zone.h"

namespace noseon {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;

constexpr Instant kFrom = std::chrono::sys_days{std::chrono::year{1901} / 1 / 1};
constexpr Instant kUntil = std::chrono::sys_days{std::chrono::year{2040} / 1 / 1};

std::uint64_t seed() {
  const char* given = std::getenv("NOSEON_SEED");
  return given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device{}();
}

Instant random_instant(std::mt19937_64& engine, Instant from, Instant until) {
  std::uniform_int_distribution<std::int64_t> count(from.time_since_epoch().count(),
                                                    until.time_since_epoch().count() - 1);
  return Instant{Millis{count(engine)}};
}

// An instant anywhere, and one within two days of the change of clocks after it.
std::vector<Instant> instants_of(const date::time_zone& zone, std::mt19937_64& engine) {
  const Instant anywhere = random_instant(engine, kFrom, kUntil);
  const date::sys_info info = zone.get_info(date::sys_time<Millis>{anywhere.time_since_epoch()});
  const Instant change{info.end.time_since_epoch()};
  if (change >= kUntil) return {anywhere};
  return {anywhere, change - 1ms, change, random_instant(engine, change - 48h, change + 48h)};
}

// The rule of Zone::instant_of, told by date/tz.
Instant expected_instant(const date::time_zone& zone, Civil civil) {
  const date::local_time<Millis> local{civil.time_since_epoch()};
  const date::local_info info = zone.get_info(local);
  if (info.result == date::local_info::nonexistent) {
    return Instant{info.first.end.time_since_epoch()};
  }
  return Instant{(local.time_since_epoch() - info.first.offset)};
}

class EveryZone : public testing::Test {
 protected:
  template <class Check>
  void at_many_instants(Check check) {
    const std::uint64_t number = seed();
    RecordProperty("seed", std::to_string(number));
    std::mt19937_64 engine(number);
    constexpr int kRounds = 40;
    for (const date::time_zone& theirs : date::get_tzdb().zones) {
      const ZonePtr ours = zones_.find(theirs.name()).value();
      for (int round = 0; round < kRounds; ++round) {
        for (const Instant t : instants_of(theirs, engine)) {
          SCOPED_TRACE(
              fmt::format("NOSEON_SEED={} {} {}", number, ours->name(), to_rfc3339(t, 0s)));
          check(*ours, theirs, t);
          if (HasFailure()) return;
        }
      }
    }
  }

 private:
  SystemZones zones_;
};

TEST_F(EveryZone, HasTheOffsetsOfTzdata) {
  at_many_instants([](const Zone& ours, const date::time_zone& theirs, Instant t) {
    const auto info = theirs.get_info(date::sys_time<Millis>{t.time_since_epoch()});
    EXPECT_EQ(ours.offset_at(t), info.offset);
  });
}

TEST_F(EveryZone, TurnsCivilTimesIntoInstantsByTheRule) {
  at_many_instants([](const Zone& ours, const date::time_zone& theirs, Instant t) {
    // The clock's reading at t as if there were no change: meets gaps and overlaps alike.
    for (const auto shift : {0ms, Millis{30min}, Millis{-30min}, Millis{1h}, Millis{-1h}}) {
      const Civil civil = ours.civil_at(t) + shift;
      EXPECT_EQ(ours.instant_of(civil), expected_instant(theirs, civil)) << to_string(civil);
    }
  });
}

TEST_F(EveryZone, IsOnTheGreatestDayThatHasBegun) {
  at_many_instants([](const Zone& ours, const date::time_zone&, Instant t) {
    const Day day = ours.day_of(t);
    EXPECT_LE(ours.start_of(day), t);
    for (int later = 1; later <= 3; ++later) EXPECT_GT(ours.start_of(day + days{later}), t);
  });
}

TEST_F(EveryZone, NeverGoesBackADay) {
  at_many_instants([](const Zone& ours, const date::time_zone&, Instant t) {
    EXPECT_LE(ours.day_of(t), ours.day_of(t + 1ms));
    EXPECT_LE(ours.start_of(ours.day_of(t)), ours.start_of(ours.day_of(t) + days{1}));
  });
}

}  // namespace
}  // namespace noseon
