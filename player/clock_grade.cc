#include "player/clock_grade.h"

#include "base/say.h"

namespace noseon {
namespace {

ClockReason since_confirmed(const ClockFacts& facts) {
  if (!facts.confirmed) return ClockReason::never_confirmed;
  const Confirmation& confirmed = *facts.confirmed;
  const Millis by_itself = facts.machine - confirmed.at;
  if (confirmed.boot == facts.boot && !facts.boot.empty()) {
    const auto passed = std::chrono::floor<Millis>(facts.steady - confirmed.steady);
    if (std::chrono::abs(by_itself - passed) > kSetBy) return ClockReason::was_set;
  } else {
    if (!facts.has_rtc) return ClockReason::power_was_off;
    if (by_itself < Millis{0}) return ClockReason::was_set;
  }
  return by_itself > kConfirmedFor ? ClockReason::confirmed_too_long_ago : ClockReason::confirmed;
}

}  // namespace

ClockJudgement judge(const ClockFacts& facts) {
  if (facts.machine < facts.floor)
    return {ClockGrade::impossible, facts.floor, ClockReason::before_floor};
  if (facts.machine > facts.floor + kFarthestAhead)
    return {ClockGrade::impossible, facts.floor, ClockReason::far_past_floor};
  const ClockReason why = since_confirmed(facts);
  const bool is_trusted = why == ClockReason::confirmed;
  return {is_trusted ? ClockGrade::trusted : ClockGrade::floor_only, facts.machine, why};
}

std::string in_words(ClockReason why) {
  switch (why) {
    case ClockReason::confirmed:
      return say("a time server or a fresh release confirmed it, and it has run on since");
    case ClockReason::never_confirmed:
      return say("neither a time server nor a fresh release has confirmed it yet");
    case ClockReason::confirmed_too_long_ago:
      return say("it was confirmed more than 30 days ago");
    case ClockReason::power_was_off:
      return say("the machine was off since it was confirmed, and display.toml has no rtc = true");
    case ClockReason::was_set:
      return say("somebody set it since it was confirmed");
    case ClockReason::before_floor:
      return say("it is behind what is certainly past, which stands in for it");
    case ClockReason::far_past_floor:
      return say("it is more than two years past what is known, which stands in for it");
  }
  return "";
}

}  // namespace noseon
