#include "playlist/toml_scan.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/say.h"

namespace noseon {
namespace {

// The offset just behind a string that starts at `start` with its quote, or the end of the text.
std::size_t skip_string(std::string_view toml, std::size_t start) {
  const char quote = toml[start];
  const std::string triple(3, quote);
  const bool is_long = toml.substr(start, 3) == triple;
  for (std::size_t at = start + (is_long ? 3 : 1); at < toml.size(); ++at) {
    if (toml[at] == '\\' && quote == '"') {
      ++at;
    } else if (is_long ? toml.substr(at, 3) == triple : toml[at] == quote || toml[at] == '\n') {
      return at + (is_long ? 3 : 1);
    }
  }
  return toml.size();
}

}  // namespace

std::optional<TooDeep> find_too_deep(std::string_view toml, std::size_t key_parts_max,
                                     std::size_t depth_max) {
  std::size_t parts = 1;  // of the key (or value) being read
  std::size_t depth = 0;
  for (std::size_t at = 0; at < toml.size(); ++at) {
    const char c = toml[at];
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
      parts = 1;
    } else if (c == '"' || c == '\'') {
      at = skip_string(toml, at) - 1;
    } else if (c == '.' && ++parts > key_parts_max) {
      return TooDeep{at, say("a key of more than {} parts", key_parts_max)};
    } else if ((c == '[' || c == '{') && ++depth > depth_max) {
      return TooDeep{at, say("nested more than {} deep", depth_max)};
    } else if ((c == ']' || c == '}') && depth > 0) {
      --depth;
    }
    if (c == '\n' || c == '=' || c == ',' || c == '[' || c == '{') parts = 1;
  }
  return std::nullopt;
}

SourcePlace place_of_offset(std::string_view text, std::size_t offset) {
  SourcePlace place{1, 1};
  for (const char c : text.substr(0, offset)) {
    if (c == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) {
      ++place.column;
    }
  }
  return place;
}

}  // namespace noseon
