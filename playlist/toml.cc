#include "playlist/toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <optional>

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

TomlTable convert_table(const toml::table& table);

TomlArray convert_array(const toml::array& array);

decltype(TomlValue::value) convert_date_time(const toml::date_time& at) {
  const Civil civil = Civil{day_of(at.date)} + millis_of(at.time);
  if (!at.offset) return civil;
  return Instant{civil.time_since_epoch()} - std::chrono::minutes{at.offset->minutes};
}

// Recursion is bounded: parse_toml() refuses what is nested deeper before toml++ sees it.
TomlValue convert(const toml::node& node) {
  TomlValue converted;
  converted.place = place_of(node.source().begin);
  if (const auto* text = node.as_string()) converted.value = text->get();
  if (const auto* number = node.as_integer()) converted.value = number->get();
  if (const auto* number = node.as_floating_point()) converted.value = number->get();
  if (const auto* truth = node.as_boolean()) converted.value = truth->get();
  if (const auto* date = node.as_date()) converted.value = day_of(date->get());
  if (const auto* time = node.as_time()) converted.value = TomlTime{millis_of(time->get())};
  if (const auto* at = node.as_date_time()) converted.value = convert_date_time(at->get());
  if (const auto* array = node.as_array()) converted.value = convert_array(*array);
  if (const auto* table = node.as_table()) converted.value = convert_table(*table);
  return converted;
}

TomlArray convert_array(const toml::array& array) {
  TomlArray converted;
  converted.reserve(array.size());
  for (const toml::node& node : array) converted.push_back(convert(node));
  return converted;
}

TomlTable convert_table(const toml::table& table) {
  TomlTable converted;
  converted.reserve(table.size());
  for (const auto& [key, node] : table) {
    converted.push_back({std::string(key.str()), place_of(key.source().begin), convert(node)});
  }
  std::stable_sort(converted.begin(), converted.end(),
                   [](const TomlMember& a, const TomlMember& b) {
                     return std::pair{a.key_place.line, a.key_place.column} <
                            std::pair{b.key_place.line, b.key_place.column};
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
    return error_at(
        file, {1, 1}, "too-large",
        fmt::format("the file has {} bytes; at most {} are read", text.size(), bytes_max),
        "split it into several campaigns");
  }
  if (const auto bad = first_bad_utf8(text)) {
    return error_at(
        file, place_of_offset(text, *bad), "bad-utf8",
        fmt::format("the byte 0x{:02x} here is not UTF-8", static_cast<unsigned char>(text[*bad])),
        "save the file with the encoding UTF-8");
  }
  if (const auto deep = find_too_deep(text, kTomlKeyPartsMax, kTomlDepthMax)) {
    return error_at(file, place_of_offset(text, deep->offset), "too-deep", deep->what,
                    "a campaign needs far less: see the reference of keys");
  }
  return std::nullopt;
}

}  // namespace

std::string_view kind_of(const TomlValue& value) {
  constexpr std::string_view kKinds[] = {"a string",
                                         "a whole number",
                                         "a decimal number",
                                         "true or false",
                                         "a day",
                                         "a time without day",
                                         "a day and time",
                                         "a day and time with offset",
                                         "a list",
                                         "a table"};
  return kKinds[value.value.index()];
}

ParsedToml parse_toml(std::string_view text, std::string_view file, std::size_t bytes_max) {
  ParsedToml parsed;
  if (auto refusal = refuse(text, file, bytes_max)) {
    parsed.findings.push_back(*std::move(refusal));
    return parsed;
  }
  try {
    parsed.table = convert_table(toml::parse(text));
    parsed.is_good = true;
  } catch (const toml::parse_error& error) {
    parsed.findings.push_back(error_at(file, place_of(error.source().begin), "syntax",
                                       std::string(error.description()),
                                       "correct the line; TOML is explained at toml.io"));
  }
  return parsed;
}

}  // namespace noseon
