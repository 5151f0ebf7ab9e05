#include "tests/playlist/properties.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>

#include "playlist/rotation.h"
#include "tests/support/slow_schedule.h"

namespace noseon {

using std::chrono::days;

std::string text_of(const Slot& slot) {
  const std::string entry = slot.entry ? std::to_string(*slot.entry) : "fallback";
  return fmt::format("[{}] {} .. {}", entry, to_rfc3339(slot.from, std::chrono::seconds{0}),
                     to_rfc3339(slot.until, std::chrono::seconds{0}));
}
void PrintTo(const Slot& slot, std::ostream* out) {
  *out << text_of(slot);
}
void PrintTo(const Span& span, std::ostream* out) {
  *out << to_rfc3339(span.from, std::chrono::seconds{0}) << " .. "
       << to_rfc3339(span.until, std::chrono::seconds{0});
}

void for_random_cases(const std::function<void(const RandomCase&, Dice&)>& property) {
  std::uint64_t first = 1;
  std::uint64_t last = is_long_run() ? 20'000 : quick_cases(300);
  if (const char* seed = std::getenv("NOSEON_SEED"))
    first = last = std::strtoull(seed, nullptr, 10);
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    const RandomCase random = random_case(seed);
    SCOPED_TRACE(describe(random));
    Dice dice{~seed};
    property(random, dice);
    if (testing::Test::HasFailure()) return;
  }
}

std::vector<Slot> plan(const RandomCase& random, Span range) {
  return noseon::plan(random.playlist, random.display, random.context, range);
}

std::vector<Slot> slow_plan(const RandomCase& random, Span range) {
  return slow::plan(random.playlist, random.display, random.context, range);
}

Span whole_days(const Display& display, Span range) {
  const Zone& zone = *display.zone;
  const Day last = slow::day_of(zone, range.until);
  return {slow::instant_of(zone, Civil{slow::day_of(zone, range.from)}),
          slow::instant_of(zone, Civil{last + days{1}})};
}

Slot clipped(Slot slot, Span range) {
  return {slot.entry, std::max(slot.from, range.from), std::min(slot.until, range.until)};
}

const Slot& slot_at(const std::vector<Slot>& slots, Instant t) {
  const auto after = std::upper_bound(slots.begin(), slots.end(), t,
                                      [](Instant at, const Slot& slot) { return at < slot.from; });
  return *std::prev(after);
}

void expect_same_plan(const std::vector<Slot>& actual, const std::vector<Slot>& expected) {
  if (actual == expected) return;
  std::size_t k = 0;
  while (k < std::min(actual.size(), expected.size()) && actual[k] == expected[k]) ++k;
  std::string text;
  for (std::size_t i = k > 2 ? k - 2 : 0; i < k + 4; ++i) {
    text += fmt::format("  plan {}, by the specification {}\n",
                        i < actual.size() ? text_of(actual[i]) : "ended",
                        i < expected.size() ? text_of(expected[i]) : "ended");
  }
  ADD_FAILURE() << "the plans part at slot " << k << ":\n" << text;
}

void expect_same_showing(const RandomCase& random, const Showing& actual, Instant t) {
  SCOPED_TRACE("at " + to_rfc3339(t, std::chrono::seconds{0}));
  const slow::Shown expected = slow::showing_at(random.playlist, random.display, random.context, t);
  if (!expected.slot.entry) {
    EXPECT_EQ(clipped(actual.slot, expected.segment.span), expected.slot);
    EXPECT_EQ(actual.loop, nullptr);
    return;
  }
  EXPECT_EQ(actual.slot, expected.slot);
  EXPECT_EQ(actual.segment, expected.segment.span);
  EXPECT_EQ(actual.role, random.playlist.entries[*expected.slot.entry].role);
  ASSERT_NE(actual.loop, nullptr);
  EXPECT_EQ(actual.loop->items, expected.segment.entries);
  EXPECT_EQ(actual.loop->turns, expected.turns);
  EXPECT_EQ(actual.loop->length, expected.loop_length);
}

}  // namespace noseon
