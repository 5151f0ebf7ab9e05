// The clock of an unattended display: the machine's, as far as it is worth anything, with a floor
// that only what was signed moves.
//
// It is judged anew with each question, from what is known: a clock that is set behind the floor is
// never gone by, not even until somebody notices. What is known changes by look(), learn() and
// set_rtc(); player/clock_keeper.h calls them when there is something to know.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/boot.h"
#include "player/authenticated_time.h"
#include "player/clock_grade.h"
#include "player/paced_clock.h"
#include "player/time_servers.h"

namespace noseon {

/// What a person may want to know of it, for the status of a display.
struct ClockReport {
  ClockGrade grade = ClockGrade::floor_only;
  Instant now;
  Instant floor;
  std::optional<Instant> confirmed;  ///< what the clock said when it was confirmed last
  std::string why;                   ///< the grade's reason, a sentence
};

struct CivilClockParts {
  const Clock& machine;  ///< its clocks, as they are
  std::string boot = boot_id();
  Instant built = build_time();
  std::vector<std::filesystem::path> time_servers{kTimesyncdFile, kOtherDaemonFile};
};

/// One thread. The machine's clocks must outlive it.
class CivilClock final : public PacedClock {
 public:
  explicit CivilClock(CivilClockParts parts);

  [[nodiscard]] Steady steady_now() const override { return parts_.machine.steady_now(); }
  [[nodiscard]] Instant now() const override { return judged().now; }
  [[nodiscard]] ClockGrade grade() const override { return judged().grade; }
  [[nodiscard]] Instant floor() const override { return time_.floor_at(steady_now()); }
  [[nodiscard]] std::optional<Steady> steady_at(Instant at) const override;

  [[nodiscard]] ClockJudgement judged() const;
  [[nodiscard]] ClockReport report() const;

  /// What was kept from the last start.
  void learn(const TimeRecord& record);
  /// The repository signed a timestamp. A fresh one that is later than all that was known, and at
  /// most kAgreesWithin old by the machine's clock, confirms that.
  void learn(const Issued& issued);
  /// Whether the display has a battery for its clock.
  void set_rtc(bool has_rtc) { has_rtc_ = has_rtc; }
  /// At the files of time servers' daemons.
  void look();

  /// To be kept for the next start.
  [[nodiscard]] TimeRecord record() const;

  static constexpr Millis kAgreesWithin = std::chrono::minutes{10};

 private:
  CivilClockParts parts_;
  AuthenticatedTime time_;
  std::optional<Confirmation> confirmed_;
  std::optional<Instant> touched_;  // by a time server's daemon, as seen last
  bool has_rtc_ = false;
};

}  // namespace noseon
