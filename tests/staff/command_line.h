// Runs the real `noseon`, as its user does.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace noseon::testing {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// What the environment says of the language: LC_ALL, LC_MESSAGES, LANG, LANGUAGE; what is not
/// named here is not set, whoever runs the tests.
using Locale = std::map<std::string, std::string>;

inline const Locale kKorean = {{"LANG", "ko_KR.UTF-8"}};

/// The words after "noseon". Nothing is interpreted by a shell. In English, unless told otherwise.
[[nodiscard]] Ran run_noseon(const std::vector<std::string>& arguments, const Locale& locale = {});

/// The demonstration campaigns.
[[nodiscard]] std::string demo();

}  // namespace noseon::testing
