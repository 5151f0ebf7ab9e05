#include "base/json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

namespace noseon {
namespace {

using nlohmann::json;

struct LineColumn {
  std::size_t line = 1;
  std::size_t column = 1;
};

LineColumn place_of(std::string_view text, std::size_t offset) {
  LineColumn place;
  for (const char c : text.substr(0, offset)) {
    place.column = c == '\n' ? 1 : place.column + 1;
    place.line += c == '\n' ? 1U : 0U;
  }
  return place;
}

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
  bool parse_error(std::size_t position, const std::string&, const json::exception& why) override {
    error_ = Error{ErrorKind::bad_format, why.what()};
    position_ = position;
    return false;
  }

  [[nodiscard]] const Error& error() const { return error_; }
  [[nodiscard]] std::size_t position() const { return position_; }

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
  std::size_t position_ = 0;
};

}  // namespace

Result<json> parse_json(std::string_view text, JsonLimits limits) {
  if (text.size() > limits.bytes_max) {
    return fail(ErrorKind::too_large, fmt::format("JSON of {} bytes, at most {} are read",
                                                  text.size(), limits.bytes_max));
  }
  json root;
  CappedReader reader(root, limits.depth_max);
  if (json::sax_parse(text, &reader)) return root;
  if (reader.position() == 0) return fail(reader.error());
  const LineColumn place = place_of(text, reader.position() - 1);
  return fail(
      reader.error().with_context(fmt::format("line {}, column {}", place.line, place.column)));
}

}  // namespace noseon
