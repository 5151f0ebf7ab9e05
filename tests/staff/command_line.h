// Runs the real `noseon`, as its user does.
#pragma once

#include <string>
#include <vector>

namespace noseon::testing {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// The words after "noseon". Nothing is interpreted by a shell.
[[nodiscard]] Ran run_noseon(const std::vector<std::string>& arguments);

/// The demonstration campaigns.
[[nodiscard]] std::string demo();

}  // namespace noseon::testing
