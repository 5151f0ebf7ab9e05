#include "player/preview_steps.h"

#include <array>
#include <span>

namespace noseon {
namespace {

constexpr std::array kSpeeds{0.1,  0.25,  0.5,   1.0,    2.0,     5.0,     10.0,    30.0,
                             60.0, 300.0, 900.0, 3600.0, 10800.0, 21600.0, 43200.0, 86400.0};
constexpr std::array kScales{0.125, 0.25, 1.0 / 3, 0.5, 2.0 / 3, 0.75, 1.0, 1.5, 2.0, 3.0};

double beside(std::span<const double> offered, double value, Direction direction) {
  double below = value;
  for (const double step : offered) {
    if (step > value) return direction == Direction::forth ? step : below;
    if (step < value) below = step;
  }
  return direction == Direction::forth ? value : below;
}

std::optional<Instant> if_written(Instant instant) {
  if (instant <= kBeginningOfTime || instant >= kEndOfTime) return std::nullopt;
  return instant;
}

}  // namespace

std::optional<Instant> slot_beside(Schedule& schedule, const Context& context, Instant from,
                                   Direction direction) {
  const Slot slot = schedule.showing_at(context, from).slot;
  if (direction == Direction::forth) return if_written(slot.until);
  if (!if_written(slot.from)) return std::nullopt;
  return if_written(schedule.showing_at(context, slot.from - Millis{1}).slot.from);
}

std::optional<Instant> page_beside(const PageWeights& weights, Span slot, Instant from,
                                   Direction direction) {
  std::optional<Instant> before;
  for (Instant start = slot.from;;) {
    const PageTurn page = page_at(weights, slot, start);
    if (from < page.until || page.until >= slot.until) {
      if (direction == Direction::back) return before;
      return page.until < slot.until ? std::optional(page.until) : std::nullopt;
    }
    before = start;
    start = page.until;
  }
}

std::optional<Instant> edge_beside(Schedule& schedule, const Context& context, Instant from,
                                   Direction direction) {
  return direction == Direction::forth ? schedule.next_edge(context, from)
                                       : schedule.previous_edge(context, from);
}

std::optional<Instant> day_beside(const Zone& zone, Instant from, Direction direction) {
  const std::chrono::days day{direction == Direction::forth ? 1 : -1};
  return if_written(zone.instant_of(zone.civil_at(from) + day));
}

double speed_beside(double speed, Direction direction) {
  return beside(kSpeeds, speed, direction);
}

double scale_beside(double scale, Direction direction) {
  return beside(kScales, scale, direction);
}

double scale_that_fits(Size size, Size room) {
  double fits = kScales.front();
  for (const double scale : kScales)
    if (scale <= 1 && size.width * scale <= room.width && size.height * scale <= room.height)
      fits = scale;
  return fits;
}

}  // namespace noseon
