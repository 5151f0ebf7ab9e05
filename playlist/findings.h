// What a reader of campaign files has to say: errors and warnings for people, each with its place
// and the remedy.
#pragma once

#include <string>
#include <vector>

#include "playlist/model.h"

namespace noseon {

enum class Severity { error, warning };

struct Finding {
  Severity severity = Severity::error;
  std::string file;
  SourcePlace place;
  std::string code;     ///< stable, kebab-case: "unknown-key"
  std::string message;  ///< what is wrong
  std::string remedy;   ///< what to do about it
};

using Findings = std::vector<Finding>;

[[nodiscard]] bool has_errors(const Findings& findings);

/// "file:line:col: error: message (remedy) [code]"
[[nodiscard]] std::string to_string(const Finding& finding);

}  // namespace noseon
