// The headers of a server that may be anybody's, line by line.
#include <fmt/format.h>

#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "fleet/pull/headers.h"

namespace {

std::string text_of(const noseon::ContentRange& range) {
  return fmt::format("bytes {}-{}/{}", range.first, range.last,
                     range.length ? std::to_string(*range.length) : "*");
}

void check_range(std::string_view text) {
  const auto range = noseon::parse_content_range(text);
  if (!range) return;
  CHECK(range->first <= range->last);
  CHECK(!range->length || range->last < *range->length);
  CHECK(noseon::parse_content_range(text_of(*range)) == range);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  noseon::Headers headers;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    headers.add(text.substr(0, end));
    text.remove_prefix(end);
    CHECK(headers.etag.size() <= 256);
    CHECK(!headers.retry_after || headers.retry_after->count() >= 0);
    check_range(headers.content_range);
  }
  return 0;
}
