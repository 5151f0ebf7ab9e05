// Roles, lengths of time and windows for people.
#pragma once

#include <string>

#include "playlist/model.h"

namespace noseon {

/// "normal", as a person reads it; to_string() is for machines.
[[nodiscard]] std::string in_words(Role role);

/// "8 s", "1 min 20 s", "2 h 5 min", "0.5 s"
[[nodiscard]] std::string in_words(Millis length);

/// "02-01/03-31 every year", "from 2027-02-01 until 2027-03-31"; empty where nothing bounds it.
[[nodiscard]] std::string in_words(const DayWindow& window);

}  // namespace noseon
