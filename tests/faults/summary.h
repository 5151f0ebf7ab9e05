// The line by which a test says what became of its faults. tests/faults/report gathers them.
#pragma once

#include <fmt/format.h>

#include <cstddef>
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

}  // namespace noseon::faults
