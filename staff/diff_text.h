// A difference between two editions as lines for people: what repeats from day to day is said once.
#pragma once

#include <string>
#include <vector>

#include "base/zone.h"
#include "playlist/diff.h"

namespace noseon {

/// "each day 2027-02-25 to 02-26, 22:00-23:00: + spring/evening, - spring/day", in the order in
/// which they begin. Together they name exactly the time that the stretches hold.
[[nodiscard]] std::vector<std::string> diff_lines(const std::vector<DiffStretch>& stretches,
                                                  const Zone& zone);

/// "+ spring/evening, - spring/day, ~ spring/names (text, seconds)"
[[nodiscard]] std::string in_words(const Difference& difference);

}  // namespace noseon
