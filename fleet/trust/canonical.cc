#include "fleet/trust/canonical.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>

#include "base/say.h"

namespace noseon {
namespace {

using nlohmann::json;

void append_string(const std::string& text, std::string& out) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

Status append(const json& value, std::string& out);

// nlohmann keeps an object's names sorted by bytes, which for UTF-8 is by code point.
Status append_object(const json& object, std::string& out) {
  out += '{';
  bool is_first = true;
  for (const auto& [name, value] : object.items()) {
    if (!is_first) out += ',';
    is_first = false;
    append_string(name, out);
    out += ':';
    TRY(append(value, out));
  }
  out += '}';
  return {};
}

Status append_array(const json& array, std::string& out) {
  out += '[';
  bool is_first = true;
  for (const json& value : array) {
    if (!is_first) out += ',';
    is_first = false;
    TRY(append(value, out));
  }
  out += ']';
  return {};
}

// As deep as the tree, whose depth its reader has capped.
Status append(const json& value, std::string& out) {
  switch (value.type()) {
    case json::value_t::null:
      out += "null";
      return {};
    case json::value_t::boolean:
      out += value.get<bool>() ? "true" : "false";
      return {};
    case json::value_t::number_integer:
      out += fmt::format_int(value.get<std::int64_t>()).c_str();
      return {};
    case json::value_t::number_unsigned:
      out += fmt::format_int(value.get<std::uint64_t>()).c_str();
      return {};
    case json::value_t::string:
      append_string(value.get_ref<const std::string&>(), out);
      return {};
    case json::value_t::object:
      return append_object(value, out);
    case json::value_t::array:
      return append_array(value, out);
    default:
      return fail(ErrorKind::bad_format,
                  say("a number that is no whole one, or too long, in signed metadata"));
  }
}

}  // namespace

Result<std::string> canonical_json(const json& value) {
  std::string out;
  TRY(append(value, out));
  return out;
}

}  // namespace noseon
