// A property is tried on random playlists: 300 of them (75 under sanitizers); NOSEON_LONG=1 tries
// 20,000; NOSEON_SEED=n repeats one.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "playlist/schedule.h"
#include "tests/support/long_run.h"
#include "tests/support/random_playlist.h"

namespace noseon {

std::string text_of(const Slot& slot);
// For GoogleTest's messages.
void PrintTo(const Slot& slot, std::ostream* out);
void PrintTo(const Span& span, std::ostream* out);

/// Runs a property on every case, up to the first that fails.
void for_random_cases(const std::function<void(const RandomCase&, Dice&)>& property);

[[nodiscard]] std::vector<Slot> plan(const RandomCase& random, Span range);
/// By the second implementation.
[[nodiscard]] std::vector<Slot> slow_plan(const RandomCase& random, Span range);

/// Whole civil days of the display, so that only the fallback card is clipped by them.
[[nodiscard]] Span whole_days(const Display& display, Span range);
[[nodiscard]] Slot clipped(Slot slot, Span range);
/// The slot of a plan that contains `t`.
[[nodiscard]] const Slot& slot_at(const std::vector<Slot>& slots, Instant t);

/// Fails with both plans in words from where they part.
void expect_same_plan(const std::vector<Slot>& actual, const std::vector<Slot>& expected);
/// Against the second implementation: the whole answer; a stretch of the fallback card is compared
/// within one civil day.
void expect_same_showing(const RandomCase& random, const Showing& actual, Instant t);

}  // namespace noseon
