// The lines by which a test says what became of its faults, and how near it came to the figures
// that are asked of it. tests/faults/report gathers them.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <iostream>
#include <string_view>

namespace noseon::faults {

/// `name` begins with the row of the report that it belongs to: "power cut of a pull".
inline void say_survived(std::string_view name, std::size_t injected, std::size_t proven,
                         std::size_t survived) {
  std::cout << fmt::format("faults: {}: injected {}, proven {}, survived {}\n", name, injected,
                           proven, survived);
}
/// Of bugs that were put in to see whether the test finds them.
inline void say_planted(std::string_view name, std::size_t planted, std::size_t found) {
  std::cout << fmt::format("faults: {}: planted {}, found {}\n", name, planted, found);
}

enum class Bound { at_most, at_least };

/// A figure and what is asked of it, both in `unit`: "ms". `what` has no digits in it. The report
/// keeps the worst of those alike and fails where one is not kept; the test fails by itself.
inline void say_measured(std::string_view name, std::string_view what, std::int64_t value,
                         std::string_view unit, Bound bound, std::int64_t limit) {
  std::cout << fmt::format("faults: {}: measured {} {} {}, {} {}\n", name, what, value, unit,
                           bound == Bound::at_most ? "at most" : "at least", limit);
}

/// Of those injected how many must be seen to have happened, in percent.
inline void say_proven(std::string_view name, std::size_t injected, std::size_t proven,
                       std::size_t percent_least) {
  const std::size_t percent = injected == 0 ? 0 : proven * 100 / injected;
  say_measured(name, fmt::format("proven {}", name), static_cast<std::int64_t>(percent), "%",
               Bound::at_least, static_cast<std::int64_t>(percent_least));
}

}  // namespace noseon::faults
