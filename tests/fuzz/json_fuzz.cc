// parse_json: whatever it accepts holds to every cap, and means the same when written and read
// again.
#include <cstdint>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/json.h"
#include "base/unicode.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  constexpr noseon::JsonLimits kLimits{.bytes_max = 4096, .depth_max = 8};
  const auto tree = noseon::parse_json(text, kLimits);
  if (!tree) {
    CHECK(!tree.error().message.empty());
    return 0;
  }
  CHECK(size <= kLimits.bytes_max);
  const std::string written = tree->dump();
  CHECK(!noseon::first_bad_utf8(written));
  const auto again = noseon::parse_json(written, {.bytes_max = 1U << 20U, .depth_max = 8});
  CHECK(again);
  CHECK(*again == *tree);
  return 0;
}
