// CSV for spreadsheets: RFC 4180, UTF-8 without a byte order mark.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace noseon {

/// One record with its CR LF; fields with a comma, a quote or a line's end are quoted.
[[nodiscard]] std::string csv_record(const std::vector<std::string>& fields);

/// Seconds as a decimal number, exact to the millisecond: "8", "0.5".
[[nodiscard]] std::string csv_seconds(Millis length);

}  // namespace noseon
