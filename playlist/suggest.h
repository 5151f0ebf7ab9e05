// "Did you mean ...?"
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noseon {

/// The candidate nearest to what was written (optimal string alignment distance, case ignored),
/// or an empty string where none is near enough to be meant: a third of its length, at least one.
[[nodiscard]] std::string nearest(std::string_view written,
                                  const std::vector<std::string>& candidates);

/// "did you mean \"x\"?", else "one of a, b, c" (or `otherwise` where there are too many).
[[nodiscard]] std::string suggestion(std::string_view written,
                                     const std::vector<std::string>& candidates,
                                     std::string_view otherwise);

/// The same for names of zones: abbreviations and cities count too, "KST" and "seoul" for
/// Asia/Seoul.
[[nodiscard]] std::string zone_suggestion(std::string_view written,
                                          const std::vector<std::string>& zones);

}  // namespace noseon
