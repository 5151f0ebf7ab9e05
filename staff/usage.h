// What the command line itself says, in the reader's language: CLI11's own words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noseon {

/// What is wrong with a command line, with the remedy, from CLI11's message of it: "--from is
/// missing;
/// ...". One that is not known here is passed on as it is.
[[nodiscard]] std::string usage_message(std::string_view theirs);

/// That there is no such command, with the one that was meant or all there are.
[[nodiscard]] std::string unknown_command(std::string_view written,
                                          const std::vector<std::string>& commands);

}  // namespace noseon
