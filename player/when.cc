#include "player/when.h"

#include <fmt/format.h>

#include "base/say.h"

namespace noseon {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

Result<Instant> parse_when(std::string_view written, const Zone& zone, std::optional<Day> today) {
  const std::string_view text = trimmed(written);
  if (const auto instant = parse_rfc3339(text)) return *instant;
  if (const auto civil = parse_civil(text)) return zone.instant_of(*civil);
  if (const auto day = parse_day(text)) return zone.start_of(*day);
  if (today)
    if (const auto civil = parse_civil(to_string(*today) + " " + std::string(text)))
      return zone.instant_of(*civil);
  return fail(ErrorKind::bad_format, say("'{}' is no time; write 2027-02-25, 2027-02-25 08:00 or "
                                         "2027-02-25T08:00:00+09:00",
                                         text));
}

Result<Context> in_doubt(Context context, std::string_view clock, Instant at, const Zone& zone) {
  constexpr std::chrono::days kLongAgo{365 * 50};
  if (clock.empty()) return context;
  Instant floor = at;
  if (clock != "unknown") {
    ASSIGN_OR_RETURN(floor, parse_when(clock, zone));
    if (floor > at)
      return fail(ErrorKind::bad_format,
                  say("the clock's floor, {}, is what is certainly past; it cannot be later than "
                      "the time that is asked about",
                      clock));
  }
  context.since = at;
  context.clock_floor = floor;
  context.move_to(at - kLongAgo);
  return context;
}

}  // namespace noseon
