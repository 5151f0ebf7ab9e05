#include "playlist/toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "base/check.h"
#include "base/say.h"
#include "base/unicode.h"
#include "playlist/toml_scan.h"

namespace noseon {
namespace {

SourcePlace place_of(const toml::source_position& position) {
  return {static_cast<std::uint32_t>(position.line), static_cast<std::uint32_t>(position.column)};
}

Day day_of(const toml::date& date) {
  return Day{std::chrono::local_days{std::chrono::year{date.year} / date.month / date.day}};
}

Millis millis_of(const toml::time& time) {
  return std::chrono::hours{time.hour} + std::chrono::minutes{time.minute} +
         std::chrono::seconds{time.second} + Millis{time.nanosecond / 1'000'000};
}

TomlTable convert_table(toml::table& table);
TomlArray convert_array(toml::array& array);

decltype(TomlValue::value) convert_date_time(const toml::date_time& at) {
  const Civil civil = Civil{day_of(at.date)} + millis_of(at.time);
  if (!at.offset) return civil;
  return Instant{civil.time_since_epoch()} - std::chrono::minutes{at.offset->minutes};
}

decltype(TomlValue::value) convert_value(toml::node& node) {
  switch (node.type()) {
    case toml::node_type::string:
      return std::move(node.as_string()->get());
    case toml::node_type::integer:
      return node.as_integer()->get();
    case toml::node_type::floating_point:
      return node.as_floating_point()->get();
    case toml::node_type::boolean:
      return node.as_boolean()->get();
    case toml::node_type::date:
      return day_of(node.as_date()->get());
    case toml::node_type::time:
      return TomlTime{millis_of(node.as_time()->get())};
    case toml::node_type::date_time:
      return convert_date_time(node.as_date_time()->get());
    case toml::node_type::array:
      return convert_array(*node.as_array());
    case toml::node_type::table:
      return convert_table(*node.as_table());
    case toml::node_type::none:
      break;
  }
  CHECK(false);  // a node that was parsed has a type
  return {};
}

// Recursion is bounded: parse_toml() refuses what is nested deeper before toml++ sees it. The texts
// are taken out of toml++'s tree.
TomlValue convert(toml::node& node) {
  return {convert_value(node), place_of(node.source().begin)};
}

TomlArray convert_array(toml::array& array) {
  TomlArray converted;
  converted.reserve(array.size());
  for (toml::node& node : array) converted.push_back(convert(node));
  return converted;
}

TomlTable convert_table(toml::table& table) {
  TomlTable converted;
  converted.reserve(table.size());
  for (auto&& [key, node] : table)
    converted.push_back({std::string(key.str()), place_of(key.source().begin), convert(node)});
  std::sort(converted.begin(), converted.end(), [](const TomlMember& a, const TomlMember& b) {
    return std::tie(a.key_place.line, a.key_place.column, a.key) <
           std::tie(b.key_place.line, b.key_place.column, b.key);
  });
  return converted;
}

Finding error_at(std::string_view file, SourcePlace place, std::string code, std::string message,
                 std::string remedy) {
  return {Severity::error, std::string(file),  place,
          std::move(code), std::move(message), std::move(remedy)};
}

std::optional<Finding> refuse(std::string_view text, std::string_view file, std::size_t bytes_max) {
  if (text.size() > bytes_max) {
    return error_at(file, {1, 1}, "too-large",
                    say("the file has {} bytes; at most {} are read", text.size(), bytes_max),
                    say("split it into several campaigns"));
  }
  if (const auto bad = first_bad_utf8(text)) {
    return error_at(
        file, place_of_offset(text, *bad), "bad-utf8",
        say("the byte 0x{:02x} here is not UTF-8", static_cast<unsigned char>(text[*bad])),
        say("save the file with the encoding UTF-8"));
  }
  if (const auto deep = find_too_deep(text, kTomlKeyPartsMax, kTomlDepthMax)) {
    return error_at(file, place_of_offset(text, deep->offset), "too-deep", deep->what,
                    say("a campaign needs far less: see playlist/reference.md"));
  }
  return std::nullopt;
}

}  // namespace

std::string kind_of(const TomlValue& value) {
  switch (value.value.index()) {
    case 0:
      return say("a string");
    case 1:
      return say("a whole number");
    case 2:
      return say("a decimal number");
    case 3:
      return say("true or false");
    case 4:
      return say("a day");
    case 5:
      return say("a time without day");
    case 6:
      return say("a day and time");
    case 7:
      return say("a day and time with offset");
    case 8:
      return say("a list");
    default:
      return say("a table");
  }
}

ParsedToml parse_toml(std::string_view text, std::string_view file, std::size_t bytes_max) {
  ParsedToml parsed;
  if (auto refusal = refuse(text, file, bytes_max)) {
    parsed.findings.push_back(*std::move(refusal));
    return parsed;
  }
  try {
    toml::table tree = toml::parse(text);
    parsed.table = convert_table(tree);
    parsed.is_good = true;
  } catch (const toml::parse_error& error) {
    parsed.findings.push_back(error_at(file, place_of(error.source().begin), "syntax",
                                       std::string(error.description()),
                                       say("correct the line; TOML is explained at toml.io")));
  }
  return parsed;
}

}  // namespace noseon
