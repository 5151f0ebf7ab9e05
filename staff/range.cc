#include "staff/range.h"

#include "base/say.h"
#include "player/when.h"
#include "playlist/words.h"

namespace noseon {
namespace {

using std::chrono::days;

constexpr days kRangeMax{400};

// Without the seconds where they are zero.
std::string short_text(const std::string& civil) {
  return civil.ends_with(":00") ? civil.substr(0, civil.size() - 3) : civil;
}

bool is_midnight(Instant at, const Zone& zone) {
  return zone.start_of(zone.day_of(at)) == at;
}

std::string length_text(Span range, const Zone& zone) {
  if (!is_midnight(range.from, zone) || !is_midnight(range.until, zone)) {
    return in_words(range.until - range.from);
  }
  const std::size_t count = days_touched(range, zone);
  return count == 1 ? say("1 day") : say("{} days", count);
}

}  // namespace

Result<Span> parse_range(const std::string& from, const std::string& until, const Zone& zone) {
  ASSIGN_OR_RETURN(const Instant first, parse_when(from, zone));
  ASSIGN_OR_RETURN(const Instant end, parse_when(until, zone));
  if (end <= first) {
    return fail(ErrorKind::bad_format,
                say("--until does not come after --from; the range is half-open, so the day after "
                    "the last one is written"));
  }
  if (end - first > kRangeMax) {
    return fail(ErrorKind::too_large,
                say("the range is longer than {} days; ask for less", kRangeMax.count()));
  }
  return Span{first, end};
}

std::string moment_text(Instant at, const Zone& zone) {
  return short_text(to_string(zone.civil_at(at)));
}

std::string span_text(Span span, const Zone& zone) {
  const Day day = zone.day_of(span.from);
  const std::string from = moment_text(span.from, zone);
  if (span.until == zone.start_of(day + days{1})) return say("{} to {}", from, "24:00");
  const std::string until = moment_text(span.until, zone);
  const bool is_one_day = zone.day_of(span.until) == day;
  return say("{} to {}", from, is_one_day ? until.substr(until.find(' ') + 1) : until);
}

std::string range_in_words(Span range, const Zone& zone) {
  return say("{} to {} ({}), {}", moment_text(range.from, zone), moment_text(range.until, zone),
             length_text(range, zone), zone.name());
}

std::size_t days_touched(Span range, const Zone& zone) {
  const Day last = zone.day_of(range.until - Millis{1});
  return static_cast<std::size_t>((last - zone.day_of(range.from)).count()) + 1;
}

}  // namespace noseon
