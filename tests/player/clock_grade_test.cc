// What the machine's clock is worth, by a table, on each exact boundary.
#include "player/clock_grade.h"

#include <gtest/gtest.h>

namespace noseon {
namespace {

using namespace std::chrono_literals;

constexpr Instant kFloor = std::chrono::sys_days{2027y / 2 / 1};
constexpr Instant kConfirmed = std::chrono::sys_days{2027y / 2 / 10} + 12h;
constexpr Steady kThen{100s};
constexpr Millis kMs{1};
constexpr auto kTrusted = ClockGrade::trusted;
constexpr auto kFloorOnly = ClockGrade::floor_only;
constexpr auto kImpossible = ClockGrade::impossible;

// A clock that nothing ever confirmed.
ClockFacts unknown(Instant machine) {
  return {.machine = machine, .steady = kThen, .boot = "a", .floor = kFloor, .confirmed = {}};
}

// One that was confirmed, `civil` and `steady` ago.
ClockFacts confirmed(Millis civil, Millis steady, const std::string& boot = "a") {
  return {.machine = kConfirmed + civil,
          .steady = kThen + steady,
          .boot = boot,
          .floor = kFloor,
          .confirmed = Confirmation{kConfirmed, "a", kThen}};
}

ClockFacts with_rtc(ClockFacts facts) {
  facts.has_rtc = true;
  return facts;
}

TEST(ClockGrade, IsAsTheTableSays) {
  const struct {
    const char* what;
    ClockFacts facts;
    ClockGrade grade;
    ClockReason why;
  } kTable[] = {
      {"1970", unknown({}), kImpossible, ClockReason::before_floor},
      {"1 ms before the floor", unknown(kFloor - kMs), kImpossible, ClockReason::before_floor},
      {"at the floor", unknown(kFloor), kFloorOnly, ClockReason::never_confirmed},
      {"two years past it", unknown(kFloor + 24h * 731), kFloorOnly, ClockReason::never_confirmed},
      {"1 ms more", unknown(kFloor + 24h * 731 + kMs), kImpossible, ClockReason::far_past_floor},
      {"ten years more", unknown(kFloor + 24h * 3653), kImpossible, ClockReason::far_past_floor},
      {"just confirmed", confirmed(0ms, 0ms), kTrusted, ClockReason::confirmed},
      {"30 days ago", confirmed(720h, 720h), kTrusted, ClockReason::confirmed},
      {"1 ms more", confirmed(720h + kMs, 720h + kMs), kFloorOnly,
       ClockReason::confirmed_too_long_ago},
      {"2 s apart from steady time", confirmed(1h + 2s, 1h), kTrusted, ClockReason::confirmed},
      {"1 ms more ahead", confirmed(1h + 2s + kMs, 1h), kFloorOnly, ClockReason::was_set},
      {"1 ms more behind", confirmed(1h - 2s - kMs, 1h), kFloorOnly, ClockReason::was_set},
      {"a step of 8 s", confirmed(1h + 8s, 1h), kFloorOnly, ClockReason::was_set},
      {"back over the confirmation", confirmed(-1h, 1h), kFloorOnly, ClockReason::was_set},
      {"another boot", confirmed(1h, -90s, "b"), kFloorOnly, ClockReason::power_was_off},
      {"another boot with a battery", with_rtc(confirmed(1h, -90s, "b")), kTrusted,
       ClockReason::confirmed},
      {"the same after 30 days", with_rtc(confirmed(720h, 0s, "b")), kTrusted,
       ClockReason::confirmed},
      {"and 1 ms", with_rtc(confirmed(720h + kMs, 0s, "b")), kFloorOnly,
       ClockReason::confirmed_too_long_ago},
      {"a battery's clock behind it", with_rtc(confirmed(-kMs, 0s, "b")), kFloorOnly,
       ClockReason::was_set},
      {"a battery excuses no step", with_rtc(confirmed(1h + 8s, 1h)), kFloorOnly,
       ClockReason::was_set},
  };
  for (const auto& row : kTable) {
    const ClockJudgement judgement = judge(row.facts);
    EXPECT_EQ(judgement.grade, row.grade) << row.what;
    EXPECT_EQ(judgement.why, row.why) << row.what;
    EXPECT_EQ(judgement.now, row.grade == kImpossible ? kFloor : row.facts.machine) << row.what;
  }
}

TEST(ClockGrade, AConfirmedClockThatContradictsTheFloorIsImpossible) {
  ClockFacts facts = confirmed(1h, 1h);
  facts.floor = facts.machine;
  EXPECT_EQ(judge(facts).grade, kTrusted);
  facts.floor += kMs;
  EXPECT_EQ(judge(facts), (ClockJudgement{kImpossible, facts.floor, ClockReason::before_floor}));
}

TEST(ClockGrade, ABootThatTheKernelDoesNotNameIsNeverTheSame) {
  ClockFacts facts = confirmed(1h, 1h, "");
  facts.confirmed->boot = "";
  EXPECT_EQ(judge(facts).why, ClockReason::power_was_off);
}

}  // namespace
}  // namespace noseon
