// The caged programs, as the parent names them in what it says. Private to media/.
#pragma once

#include <filesystem>

namespace noseon {

struct CagedProgram {
  std::filesystem::path path;
  const char* name;      ///< said with said(), as in "the picture decoder: it was killed"
  const char* variable;  ///< of the environment, which may point to it
};

/// Where the environment's `variable` points, else the program of that name beside the running one.
[[nodiscard]] std::filesystem::path find_caged_program(const char* name, const char* variable);

}  // namespace noseon
