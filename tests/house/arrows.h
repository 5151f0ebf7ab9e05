// The rules of the house that a compiler does not know, read off the source text: which folder may
// include which, what pure code may not touch, waits that follow the wall clock, and results that
// could be dropped. Pure: texts in, findings out, so that every rule is tried on planted sins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noseon::house {

struct Source {
  std::string path;  ///< from the top of the repository: "playlist/model.cc"
  std::string text;
};

struct Finding {
  std::string path;
  std::size_t line = 0;  ///< from 1; 0 where the file as a whole is meant
  std::string what;      ///< the rule, and the way out
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// "playlist/model.cc:12: ..."
[[nodiscard]] std::string to_string(const Finding& finding);

/// The text with comments, literals and their quotes blanked out, line for line and column for
/// column. What #include names is kept.
[[nodiscard]] std::string code_of(std::string_view text);

struct Token {
  std::string text;  ///< a name, a number, "::", "->", or one other character
  std::size_t line = 0;
};

/// The tokens of what code_of() left.
[[nodiscard]] std::vector<Token> tokens_of(std::string_view code);

/// What one source says against the rules.
[[nodiscard]] std::vector<Finding> findings_in(const Source& source);

/// A header that another folder sees, even through others, may not bring in a library's.
[[nodiscard]] std::vector<Finding> findings_across(const std::vector<Source>& sources);

/// What the names of all files say: no font is kept here, and every folder has its README.md.
[[nodiscard]] std::vector<Finding> findings_in_names(const std::vector<std::string>& paths);

}  // namespace noseon::house
