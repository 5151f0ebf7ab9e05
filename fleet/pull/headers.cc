#include "fleet/pull/headers.h"

#include <algorithm>
#include <charconv>

namespace noseon {
namespace {

constexpr std::size_t kEtagBytesMax = 256;

template <class Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number{};
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (text.empty() || error != std::errc() || rest != end) return std::nullopt;
  return number;
}

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(), [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
  });
}

}  // namespace

std::optional<ContentRange> parse_content_range(std::string_view value) {
  constexpr std::string_view kUnit = "bytes ";
  const std::size_t dash = value.find('-');
  const std::size_t slash = value.find('/');
  if (!value.starts_with(kUnit) || dash == value.npos || slash == value.npos || slash < dash) {
    return std::nullopt;
  }
  const auto first = whole_number<std::uint64_t>(value.substr(kUnit.size(), dash - kUnit.size()));
  const auto last = whole_number<std::uint64_t>(value.substr(dash + 1, slash - dash - 1));
  const std::string_view written = value.substr(slash + 1);
  const auto length = whole_number<std::uint64_t>(written);
  if (!first || !last || *last < *first) return std::nullopt;
  if (written == "*") return ContentRange{*first, *last, std::nullopt};
  if (!length || *length <= *last) return std::nullopt;
  return ContentRange{*first, *last, length};
}

void Headers::add(std::string_view line) {
  if (line.starts_with("HTTP/")) {
    *this = {};
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == line.npos) return;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (is_name(name, "etag") && value.size() <= kEtagBytesMax) etag = value;
  if (is_name(name, "content-range")) content_range = value;
  if (is_name(name, "retry-after")) {
    if (const auto seconds = whole_number<std::uint32_t>(value)) {
      retry_after = std::chrono::seconds{*seconds};
    } else if (!value.empty() && std::all_of(value.begin(), value.end(),
                                             [](char c) { return c >= '0' && c <= '9'; })) {
      retry_after = std::chrono::seconds{UINT32_MAX};  // more digits than a number has
    }
  }
}

}  // namespace noseon
