#include <cctype>

#include "tests/house/arrows.h"

namespace noseon::house {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Reads C++ far enough to tell code from comments and literals.
class Blanker {
 public:
  explicit Blanker(std::string_view text) : text_(text), code_(text) {}

  std::string run() && {
    while (at_ < text_.size()) step();
    return std::move(code_);
  }

 private:
  void step() {
    const char c = text_[at_];
    if (starts_with("//")) {
      blank_until(end_of_line());
    } else if (starts_with("/*")) {
      blank_until(after("*/", at_ + 2));
    } else if (c == '"' && is_raw()) {
      blank_until(end_of_raw());
    } else if (c == '"' && !on_include()) {
      blank_until(end_of_literal('"'));
    } else if (c == '\'' && !is_digit_separator()) {
      blank_until(end_of_literal('\''));
    } else {
      ++at_;
    }
  }

  [[nodiscard]] bool starts_with(std::string_view word) const {
    return text_.substr(at_).starts_with(word);
  }
  [[nodiscard]] std::size_t end_of_line() const {
    return std::min(text_.find('\n', at_), text_.size());
  }
  [[nodiscard]] std::size_t after(std::string_view word, std::size_t from) const {
    const std::size_t found = text_.find(word, from);
    return found == std::string_view::npos ? text_.size() : found + word.size();
  }
  // R"tag(...)tag": the R must end a prefix, not a name.
  [[nodiscard]] bool is_raw() const {
    if (at_ == 0 || text_[at_ - 1] != 'R') return false;
    std::size_t start = at_ - 1;
    while (start > 0 && is_word(text_[start - 1])) --start;
    const std::string_view prefix = text_.substr(start, at_ - start);
    return prefix == "R" || prefix == "LR" || prefix == "uR" || prefix == "UR" || prefix == "u8R";
  }
  [[nodiscard]] std::size_t end_of_raw() const {
    const std::size_t open = std::min(text_.find('(', at_), text_.size());
    const std::string tag(text_.substr(at_ + 1, open - at_ - 1));
    return after(")" + tag + "\"", open);
  }
  [[nodiscard]] std::size_t end_of_literal(char quote) const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2 : 1;
    }
    return std::min(end + 1, text_.size());
  }
  [[nodiscard]] bool on_include() const {
    const std::size_t begin = at_ == 0 ? 0 : text_.rfind('\n', at_ - 1) + 1;
    std::string_view line = text_.substr(begin, at_ - begin);
    for (const std::string_view token : {"#", "include"}) {
      line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
      if (!line.starts_with(token)) return false;
      line.remove_prefix(token.size());
    }
    return true;
  }
  // 1'000'000, not the u in u'x'.
  [[nodiscard]] bool is_digit_separator() const {
    return at_ > 0 && std::isxdigit(static_cast<unsigned char>(text_[at_ - 1])) != 0;
  }
  void blank_until(std::size_t end) {
    for (; at_ < end; ++at_) {
      if (text_[at_] != '\n') code_[at_] = ' ';
    }
  }

  std::string_view text_;
  std::string code_;
  std::size_t at_ = 0;
};

}  // namespace

std::string code_of(std::string_view text) {
  return Blanker(text).run();
}

std::vector<Token> tokens_of(std::string_view code) {
  std::vector<Token> tokens;
  std::size_t line = 1;
  for (std::size_t at = 0; at < code.size();) {
    std::size_t end = at + 1;
    if (is_word(code[at])) {
      while (end < code.size() && is_word(code[end])) ++end;
    } else if (code.substr(at, 2) == "::" || code.substr(at, 2) == "->") {
      end = at + 2;
    }
    if (std::isspace(static_cast<unsigned char>(code[at])) == 0) {
      tokens.push_back({std::string(code.substr(at, end - at)), line});
    }
    if (code[at] == '\n') ++line;
    at = end;
  }
  return tokens;
}

}  // namespace noseon::house
