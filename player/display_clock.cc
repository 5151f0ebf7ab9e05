#include "player/display_clock.h"

#include <utility>

#include "player/when.h"

namespace noseon {

// ---- What was kept ----------------------------------------------------------------------------

void KeptTime::put(Result<std::string> text) {
  const std::lock_guard lock(mutex_);
  text_ = std::move(text);
}

std::optional<Result<std::string>> KeptTime::take() {
  const std::lock_guard lock(mutex_);
  return std::exchange(text_, std::nullopt);
}

// ---- The clock --------------------------------------------------------------------------------

Result<DisplayClock> DisplayClock::make(DisplayClockParts parts) {
  DisplayClock clock;
  if (parts.at) {
    ASSIGN_OR_RETURN(const Instant start, parse_when(*parts.at, *parts.display.zone));
    clock.simple_ = std::make_unique<PreviewClock>(parts.machine, start);
  } else if (!parts.is_store) {
    clock.simple_ = std::make_unique<RealTime>();
  } else {
    clock.civil_ = std::make_unique<CivilClock>(CivilClockParts{.machine = parts.machine});
    clock.civil_->set_rtc(parts.display.has_rtc);
    clock.keeper_ =
        std::make_unique<ClockKeeper>(ClockKeeperParts{.clock = *clock.civil_,
                                                       .loop = parts.loop,
                                                       .record = std::move(parts.record),
                                                       .issued = std::move(parts.issued)});
  }
  return clock;
}

const PacedClock& DisplayClock::clock() const {
  return civil_ ? static_cast<const PacedClock&>(*civil_) : *simple_;
}

void DisplayClock::learn(const LoadedFolder& folder, KeptTime& kept) {
  if (!civil_) return;
  civil_->set_rtc(folder.display->has_rtc);
  if (const auto text = kept.take()) keeper_->learn_kept(*text);
  keeper_->look();
}

void DisplayClock::on_change(std::function<void()> changed) {
  if (keeper_) keeper_->on_change(std::move(changed));
}

}  // namespace noseon
