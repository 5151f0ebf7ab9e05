// The headers of an answer, line by line, as far as we need them. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noseon {

/// RFC 9110, 14.4, of one range: "bytes 200-999/1000".
struct ContentRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  std::optional<std::uint64_t> length;  ///< nothing for "*"
  friend bool operator==(const ContentRange&, const ContentRange&) = default;
};
[[nodiscard]] std::optional<ContentRange> parse_content_range(std::string_view value);

struct Headers {
  std::string etag;
  std::string content_range;
  /// RFC 9110, 10.2.3, given in seconds; as a date it is not used: our clock may be wrong.
  std::optional<std::chrono::seconds> retry_after;

  /// A line with or without its end. A status line begins anew, as after a redirect.
  void add(std::string_view line);
};

}  // namespace noseon
