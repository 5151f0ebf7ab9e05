// How bright a display is, against every night around the day, looked at one by one: 3,000 nights
// in zones whose clocks are set; NOSEON_LONG=1 tries 200,000.
#include <algorithm>
#include <vector>

#include "playlist/night.h"
#include "playlist/patterns.h"
#include "tests/playlist/bus.h"
#include "tests/support/long_run.h"
#include "tests/support/random_playlist.h"

namespace noseon::testing {
namespace {

using std::chrono::days;
using std::chrono::minutes;

constexpr int kDimmed = 600;

struct SlowNights {
  SlowNights(const Zone& zone, const Hours& hours, Day around) {
    for (Day day = around - days{20}; day <= around + days{20}; day += days{1}) {
      if (zone.start_of(day) >= zone.start_of(day + days{1})) continue;  // a day that was left out
      nights.push_back(
          {zone.instant_of(Civil{day} + hours.start), zone.instant_of(Civil{day} + hours.end)});
    }
  }
  [[nodiscard]] bool is_night(Instant t) const {
    return std::any_of(nights.begin(), nights.end(),
                       [&](const Span& night) { return night.contains(t); });
  }
  // The first end of any night, after `t`, at which it is no longer as it was.
  [[nodiscard]] Instant change_after(Instant t) const {
    Instant first = kEndOfTime;
    for (const Span& night : nights) {
      for (const Instant edge : {night.from, night.until})
        if (edge > t && edge < first && is_night(edge) != is_night(t)) first = edge;
    }
    return first;
  }
  std::vector<Span> nights;
};

// A day on which the zone's clocks are set, or any.
Day random_day(Dice& dice, const Zone& zone) {
  const Instant any = dice.in({Instant{std::chrono::sys_days{std::chrono::year{1990} / 1 / 1}},
                               Instant{std::chrono::sys_days{std::chrono::year{2037} / 1 / 1}}});
  const auto step = dice.one_in(4) ? std::nullopt : zone.next_step(any);
  return zone.day_of(step.value_or(any)) + days{dice.between(-1, 1)};
}

Hours random_night(Dice& dice) {
  if (dice.one_in(8)) return {};
  const bool is_small = dice.one_in(2);  // near the hours at which clocks are set
  const Millis start = minutes{dice.between(0, is_small ? 240 : 24 * 60 - 1)};
  const Millis length = minutes{dice.one_in(3) ? 24 * 60 - dice.between(1, 60)
                                               : dice.between(1, is_small ? 120 : 24 * 60 - 1)};
  return {start, start + length};
}

TEST(Night, IsThatOfTheSlowFormInAnyZone) {
  const std::vector<std::string> zone_names = {
      "Asia/Seoul",          "UTC",           "America/New_York", "America/Havana",
      "Australia/Lord_Howe", "Pacific/Apia",  "America/St_Johns", "Asia/Beirut",
      "Africa/Casablanca",   "Europe/Dublin", "Antarctica/Troll", "Pacific/Kwajalein"};
  const std::uint64_t count = is_long_run() ? 200'000 : 3'000;
  for (std::uint64_t seed = 0; seed < count; ++seed) {
    Dice dice{seed};
    const ZonePtr in = zone(dice.pick(zone_names));
    const Day day = random_day(dice, *in);
    const Hours hours = random_night(dice);
    Display display;
    display.zone = in;
    display.night = Night{hours, kDimmed};
    const SlowNights slow(*in, hours, day);
    const bool is_whole = hours.end - hours.start == days{1};
    const Span around{in->start_of(day), in->start_of(day + days{2})};
    Instant at = dice.in(around);
    if (dice.one_in(2)) at = slow.change_after(at) - Millis{dice.between(0, 1)};
    if (is_whole) at = dice.in(around);
    const Brightness expected{slow.is_night(at) ? kDimmed : 1000,
                              is_whole ? kEndOfTime : slow.change_after(at)};
    ASSERT_EQ(brightness_at(display, at), expected)
        << "seed " << seed << " " << in->name() << " " << to_string(hours) << " "
        << to_rfc3339(at, in->offset_at(at));
  }
}

}  // namespace
}  // namespace noseon::testing
