// TOML 1.0 as a plain tree with the place of everything, by toml++, which stays out of sight.
//
// What comes from outside is scanned first: toml++ overflows its stack on a key of 500,000 parts.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "playlist/findings.h"
#include "playlist/model.h"

namespace noseon {

struct TomlMember;
using TomlTable = std::vector<TomlMember>;  ///< in the order of the file
struct TomlValue;
using TomlArray = std::vector<TomlValue>;
/// A time without a day.
struct TomlTime {
  Millis since_midnight{0};
};

struct TomlValue {
  std::variant<std::string, std::int64_t, double, bool, Day, TomlTime, Civil, Instant, TomlArray,
               TomlTable>
      value;
  SourcePlace place;

  [[nodiscard]] const std::string* string() const { return std::get_if<std::string>(&value); }
  [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value); }
  [[nodiscard]] const TomlArray* array() const { return std::get_if<TomlArray>(&value); }
  [[nodiscard]] const TomlTable* table() const { return std::get_if<TomlTable>(&value); }
};

struct TomlMember {
  std::string key;
  SourcePlace key_place;
  TomlValue value;
};

/// For messages: "a string", "a whole number" ...
[[nodiscard]] std::string kind_of(const TomlValue& value);

inline constexpr std::size_t kTomlKeyPartsMax = 32;
inline constexpr std::size_t kTomlDepthMax = 16;

struct ParsedToml {
  TomlTable table;
  bool is_good = false;  ///< false: the one finding says why
  Findings findings;
};

/// Codes: too-large, bad-utf8, syntax, too-deep.
[[nodiscard]] ParsedToml parse_toml(std::string_view text, std::string_view file,
                                    std::size_t bytes_max);

}  // namespace noseon
