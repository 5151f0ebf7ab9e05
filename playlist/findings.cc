#include "playlist/findings.h"
#include "base/say.h"

#include <fmt/format.h>

#include <algorithm>

namespace noseon {

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::error; });
}

std::string to_string(const Finding& finding) {
  std::string text = finding.file;
  if (finding.place.line > 0) {
    text += fmt::format(":{}:{}", finding.place.line, finding.place.column);
  }
  text +=
      fmt::format(": {}: {}", finding.severity == Severity::error ? say("error") : say("warning"),
                  finding.message);
  if (!finding.remedy.empty()) text += fmt::format("; {}", finding.remedy);
  return text + fmt::format(" [{}]", finding.code);
}

}  // namespace noseon
