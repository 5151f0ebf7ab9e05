#include "player/civil_clock.h"

#include <algorithm>
#include <utility>

#include "base/say.h"

namespace noseon {

CivilClock::CivilClock(CivilClockParts parts)
    : parts_(std::move(parts)), time_(parts_.built, parts_.machine.steady_now()) {}

ClockJudgement CivilClock::judged() const {
  const Steady steady = steady_now();
  return judge({.machine = parts_.machine.now(),
                .steady = steady,
                .boot = parts_.boot,
                .floor = time_.floor_at(steady),
                .confirmed = confirmed_,
                .has_rtc = has_rtc_});
}

std::optional<Steady> CivilClock::steady_at(Instant at) const {
  // Centuries do not fit a steady clock, and need not: the timer is set anew long before.
  constexpr Millis kFarthest = std::chrono::hours{24 * 365 * 50};
  return steady_now() + std::clamp(at - now(), -kFarthest, kFarthest);
}

ClockReport CivilClock::report() const {
  const ClockJudgement judgement = judged();
  return {.grade = judgement.grade,
          .now = judgement.now,
          .floor = floor(),
          .confirmed = confirmed_ ? std::optional(confirmed_->at) : std::nullopt,
          .why = in_words(judgement.why)};
}

void CivilClock::learn(const TimeRecord& record) {
  time_.learn(record, parts_.boot, steady_now());
  if (!confirmed_) confirmed_ = record.confirmed;
}

void CivilClock::learn(const Issued& issued) {
  const Steady steady = steady_now();
  const Instant machine = parts_.machine.now();
  const bool is_news = issued.is_fresh && issued.at > time_.floor_at(steady);
  if (is_news && machine >= issued.at && machine - issued.at <= kAgreesWithin)
    confirmed_ = Confirmation{machine, parts_.boot, steady};
  time_.learn(issued.at, steady);
}

// A touch that is new to us was made a moment ago, or in this boot before we started: how long ago,
// the machine's clock says, which was right then. Later looks at the same touch change nothing, so
// that a clock that is set afterwards stands out against steady time; and of a touch that was there
// when we started, what is known of this boot already says more.
void CivilClock::look() {
  const auto touched = last_synchronised(parts_.time_servers);
  const Instant machine = parts_.machine.now();
  const bool is_first = !touched_;
  if (!touched || touched == touched_ || *touched > machine) return;
  // Before this boot began, says the clock: it was set since, and this says nothing of it.
  if (machine - *touched > steady_now().time_since_epoch()) return;
  touched_ = touched;
  const bool is_known_already =
      is_first && confirmed_ && confirmed_->boot == parts_.boot && confirmed_->at >= *touched;
  if (is_known_already) return;
  confirmed_ = Confirmation{*touched, parts_.boot, steady_now() - (machine - *touched)};
}

TimeRecord CivilClock::record() const {
  const Steady steady = steady_now();
  return {time_.floor_at(steady), parts_.boot, steady, confirmed_};
}

}  // namespace noseon
