#include "base/json.h"

#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace noseon {
namespace {

using nlohmann::json;

// "line 3, column 7", in bytes, of the byte before `offset`: where reading stopped.
std::string place_before(std::string_view text, std::size_t offset) {
  std::size_t line = 1;
  std::size_t column = 1;
  for (const char c : text.substr(0, offset == 0 ? 0 : offset - 1)) {
    column = c == '\n' ? 1 : column + 1;
    line += c == '\n' ? 1U : 0U;
  }
  return fmt::format("line {}, column {}", line, column);
}

// nlohmann's reason without its own name and place: "syntax error while parsing value - ...".
std::string reason_of(const json::exception& why) {
  const std::string_view text = why.what();
  for (const std::string_view lead : {"syntax error", "number overflow"}) {
    if (const auto at = text.find(lead); at != text.npos) return std::string(text.substr(at));
  }
  return std::string(text);
}

// A character of the text that keeps how far anybody has read.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, std::size_t* read) : at_(at), read_(read) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    ++at_;
    ++*read_;
    return *this;
  }
  Cursor operator++(int) {
    const Cursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  std::size_t* read_;
};

// Builds the tree as nlohmann's own reader does, and refuses depth and duplicate names on the way.
class CappedReader final : public json::json_sax_t {
 public:
  CappedReader(json& root, std::size_t depth_max) : builder_(root, false), depth_max_(depth_max) {}

  bool null() override { return builder_.null(); }
  bool boolean(bool value) override { return builder_.boolean(value); }
  bool number_integer(number_integer_t value) override { return builder_.number_integer(value); }
  bool number_unsigned(number_unsigned_t value) override { return builder_.number_unsigned(value); }
  bool number_float(number_float_t value, const string_t& text) override {
    return builder_.number_float(value, text);
  }
  bool string(string_t& value) override { return builder_.string(value); }
  bool binary(binary_t& value) override { return builder_.binary(value); }

  bool start_object(std::size_t size) override {
    names_.emplace_back();
    return enter() && builder_.start_object(size);
  }
  bool end_object() override {
    names_.pop_back();
    --depth_;
    return builder_.end_object();
  }
  bool start_array(std::size_t size) override { return enter() && builder_.start_array(size); }
  bool end_array() override {
    --depth_;
    return builder_.end_array();
  }
  bool key(string_t& name) override {
    if (!names_.back().insert(name).second) {
      error_ =
          Error{ErrorKind::bad_format,
                fmt::format("the name \"{}\" stands twice in one object; keep one of them", name)};
      return false;
    }
    return builder_.key(name);
  }
  bool parse_error(std::size_t, const std::string&, const json::exception& why) override {
    error_ = Error{ErrorKind::bad_format, reason_of(why)};
    return false;
  }

  [[nodiscard]] const Error& error() const { return error_; }

 private:
  bool enter() {
    if (++depth_ <= depth_max_) return true;
    error_ = Error{ErrorKind::too_large, fmt::format("nested more than {} deep", depth_max_)};
    return false;
  }

  nlohmann::detail::json_sax_dom_parser<json> builder_;
  std::size_t depth_max_;
  std::size_t depth_ = 0;
  std::vector<std::set<std::string>> names_;
  Error error_{ErrorKind::bad_format, "not JSON"};
};

}  // namespace

Result<json> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.bytes_max) {
    return fail(ErrorKind::too_large, fmt::format("JSON of {} bytes, at most {} are read",
                                                  text.size(), limits.bytes_max));
  }
  // nlohmann takes a NUL for the end and would not look at what follows; JSON has none.
  if (const auto nul = text.find('\0'); nul != text.npos) {
    return fail(ErrorKind::bad_format,
                fmt::format("{}: a NUL, which JSON never has", place_before(text, nul + 1)));
  }
  json root;
  CappedReader reader(root, limits.depth_max);
  std::size_t read = 0;
  const char* const begin = text.data();
  if (json::sax_parse(Cursor(begin, &read), Cursor(begin + text.size(), &read), &reader)) {
    return root;
  }
  return fail(reader.error().with_context(place_before(text, read)));
}

}  // namespace noseon
