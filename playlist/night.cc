#include "playlist/night.h"

#include <vector>

#include "playlist/times.h"

namespace noseon {
namespace {

// Every night but one that is all day begins and ends within two days, or three where a zone leaves
// one out.
constexpr std::chrono::days kLook{8};

}  // namespace

Brightness brightness_at(const Display& display, Instant at) {
  constexpr int kFull = Brightness{}.permille;
  if (!display.night || display.night->brightness_permille == kFull) return {};
  const Span look{at, at + kLook};
  std::vector<Span> nights;
  spans_in(*display.zone, display.night->hours, look, nights);
  if (nights.empty()) return {};
  const Span& first = nights.front();
  if (first.from > at) return {kFull, first.from};
  return {display.night->brightness_permille, first.until < look.until ? first.until : kEndOfTime};
}

}  // namespace noseon
